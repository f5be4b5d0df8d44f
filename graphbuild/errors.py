"""What can go wrong, as one small tree.

GraphbuildError
├── InputError       an article or folder cannot be read
├── OntologyError    an ontology or actor file is faulty
├── ModelError       a language pipeline cannot be loaded
├── QueryError       a SPARQL query or a graph to be queried is faulty
└── OutputError      a file cannot be written

Each message is one line that names the file or subject and the cure.
"""


class GraphbuildError(Exception):
    """Any error that a user can mend."""


class InputError(GraphbuildError):
    """An article or folder cannot be read."""


class OntologyError(GraphbuildError):
    """An ontology or actor file is faulty."""


class ModelError(GraphbuildError):
    """A language pipeline cannot be loaded."""


class QueryError(GraphbuildError):
    """A query, or the graph that it asks, is faulty."""


class OutputError(GraphbuildError):
    """A file cannot be written."""
