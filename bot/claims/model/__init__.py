"""The check-worthiness network and the weights that read it; `MODEL_CARD.md` says what it is."""
