"""Imported before what would try out the network when it is imported; nothing here ever asks a server.

urllib3, which comes along with spaCy and trafilatura, opens a socket on import to see whether there is IPv6; told that
there is none, it does not.
"""

from __future__ import annotations

import contextlib
import socket

_known, socket.has_ipv6 = socket.has_ipv6, False
try:
    with contextlib.suppress(ImportError):
        import urllib3.util.connection  # noqa: F401
finally:
    socket.has_ipv6 = _known
