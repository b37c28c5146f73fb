"""Fits, measures and exports the embedded model. Needs the `train` extra; nothing here ships."""
