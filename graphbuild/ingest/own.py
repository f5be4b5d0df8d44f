"""Files that graphbuild itself wrote: a graph that lies among the articles is none of them."""

from __future__ import annotations

import re

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
