"""``python -m graphbuild``: the command line from a checkout."""

from graphbuild.cli import main

if __name__ == "__main__":
    main(prog_name="graphbuild")
