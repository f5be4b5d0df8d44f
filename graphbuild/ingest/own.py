"""Files that graphbuild itself wrote: a graph that lies among the articles is none of them."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from graphbuild.errors import InputError
from graphbuild.ingest.sources import Source

HEAD = 4096  # characters that tell
_OWN = re.compile(
    r"""\A(?:
        (?:@prefix|@base|PREFIX)\s | <https?://[^<>]*>\s+<http://www\.w3\.org/1999/02/22-rdf-syntax-ns\#type>
        | \{"@context":\{"entity": | \{"directed":true,"multigraph":true
        | <\?xml[^<]*<(?:rdf:RDF|graphml|gexf)\b | <svg[^<]*<title>Knowledge\ graph</title>
        | CREATE\ CONSTRAINT\ entity_key | //\ In\ the\ folder\ of\ the\ Neo4j\ server
        | Id,Label,entity_type, | Id,Source,Target, | id,subject,relation, | key:ID,label, | :START_ID,:END_ID,
        | decision,one,other
        | <!DOCTYPE\ html>.*Content-Security-Policy.*<title>Knowledge\ graph</title>
        | <!doctype\ html>.*<title>graphbuild\ explain</title>
    )""",
    re.VERBOSE | re.DOTALL,
)


def is_own(text: str) -> bool:
    """Whether a file begins as the formats of graphbuild do."""
    return bool(_OWN.match(text[:HEAD].lstrip("\ufeff")))


def is_own_file(path: Path) -> bool:
    """The same of a file that nobody has opened yet; False if it cannot be read."""
    try:
        with Source(str(path), path).open() as stream:
            return is_own(stream.read(HEAD).decode("utf-8", "replace"))
    except (OSError, EOFError, zlib.error, InputError):
        return False
