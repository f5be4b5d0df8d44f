"""What parsers get wrong, mended: one rule, kept because it mends trees that nobody has looked at and breaks none."""

from __future__ import annotations

from dataclasses import replace

from graphbuild.syntax.columns import Columns


def mend(columns: Columns) -> Columns:
    """Mend "ruled out [hosting the talks]": a gerund right behind the particle of its verb is its object."""
    labels = tuple(
        "xcomp" if _follows_particle(columns, token) else label for token, label in enumerate(columns.labels)
    )
    return columns if labels == columns.labels else replace(columns, labels=labels)


def _follows_particle(columns: Columns, token: int) -> bool:
    gerund = columns.labels[token] == "advcl" and columns.tags[token] == "VBG" and token > 0
    before = token - 1
    return gerund and columns.labels[before] == "compound:prt" and columns.heads[before] == columns.heads[token]
