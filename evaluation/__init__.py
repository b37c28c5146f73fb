"""Measures the reader against hand-made gold; `python -m evaluation.floors` keeps what was reached."""
