"""A newsroom day to try out: an invented town's paper and the desk that checks it."""
