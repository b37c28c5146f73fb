"""The command line: `chancery COMMAND`. One file a command; `main` is the program's entry point."""

from chancery.cli.program import app, main

__all__ = ["app", "main"]
