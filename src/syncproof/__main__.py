"""``python -m syncproof`` is the command line."""

from syncproof.cli import main

if __name__ == "__main__":
    main()
