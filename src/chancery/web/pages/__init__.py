"""The desk's pages, one module for what belongs together."""
