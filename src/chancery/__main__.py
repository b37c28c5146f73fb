"""`python -m chancery`: the program without its script on the path."""

from chancery.cli import main

if __name__ == "__main__":
    main()
