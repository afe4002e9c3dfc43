"""How the shipped network and weights were made, for anyone with the data to make them again."""
