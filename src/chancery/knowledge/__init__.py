"""Knowledge: codebooks and lexicons as data files, checked when they are loaded."""
