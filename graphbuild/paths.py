"""Where the program finds its own data: ontologies inside an installed package or beside a checkout."""

from pathlib import Path

from graphbuild.errors import OntologyError

PACKAGE = Path(__file__).resolve().parent


def ontologies() -> Path:
    """The folder of ``core.ttl``, ``relations.ttl`` and ``actors/``.

    Raises OntologyError if it is neither inside the package (wheel) nor beside it (checkout, editable install).
    """
    for folder in (PACKAGE / "ontologies", PACKAGE.parent / "ontologies"):
        if (folder / "core.ttl").is_file():
            return folder
    raise OntologyError(f"no ontologies beside {PACKAGE}: install graphbuild again")
