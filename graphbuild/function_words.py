"""The closed classes of English: prepositions, determiners, pronouns, auxiliaries, conjunctions and their like.

The only words that code knows by itself, each set listed here once; all others are lists in ``ontologies/``.
"""

from __future__ import annotations

# Prepositions

PREPOSITIONS = frozenset({
    "about", "above", "across", "after", "against", "along", "alongside", "among", "amid", "around", "as", "at",
    "before", "behind", "below", "beneath", "beside", "between", "beyond", "by", "concerning", "despite", "down",
    "during", "following", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto", "out",
    "outside", "over", "past", "regarding", "through", "throughout", "to", "toward", "towards", "under", "until", "up",
    "upon", "via", "with", "within", "without",
})  # that the notation of frames knows  # fmt: skip
DIRECTIONS = frozenset({"aside", "away", "back", "down", "forward", "home", "in", "off", "on", "out", "over", "up"})
PARTICLES = frozenset({"off", "out", "up", "down"})  # that parsers often take for prepositions
BEFORE_PLACES = frozenset({"in", "at", "near", "from", "into", "outside", "around", "of"})
BEFORE_DATES = frozenset({"", "on", "in", "at", "during", "early", "late"})
CIRCUMSTANCE = frozenset({
    "in", "at", "on", "by", "during", "after", "before", "since", "until", "amid", "without", "despite", "like", "as",
    "than",
})  # of when, where and how: their noun takes no part in an open relation  # fmt: skip
OF_GOVERNMENTS = frozenset({
    "with", "against", "between", "toward", "towards", "by", "for", "according to", "among", "without",
})  # behind which a capital is its government  # fmt: skip
OF_PLACES = frozenset({
    "in", "at", "near", "around", "outside", "into", "through", "across", "over", "inside", "off", "within",
    "throughout", "via",
})  # behind which it is the city  # fmt: skip

# Prepositions of clauses

OBJECT_CONTROL = frozenset({"of", "from", "for", "into", "against", "as"})  # accuse, stop, thank somebody
REPLACED = frozenset({"instead of", "rather than", "in lieu of"})
PRESUPPOSED = frozenset({"after", "since", "despite", "because of", "for", "while"})  # their gerund has happened
PARTICIPIAL = frozenset({"considering", "following", "including", "regarding", "concerning", "involving"})
CHARGES = frozenset({"of", "with", "for", "over", "on", "to"})
TOWARDS = frozenset({"of", "for", "to", "on", "upon", "in", "at", "about", "over", "against", "toward", "towards"})
FACTUAL = frozenset({"despite", "after", "since", "while", "as", "because", "before", "although", "though"})
COMPARING = frozenset({"than", "like", "unlike"})

# Conjunctions and adverbs that join

WHENEVER = frozenset({"when", "once", "whenever", "until", "till", "after", "before", "as", "where", "wherever"})
HABITUAL = frozenset({"when", "whenever", "once"})
AS_SOON = frozenset({"soon", "long"})  # between "as" and "as"
CONDITIONS = frozenset({"if", "unless"})
LEFT_OPEN = frozenset({"if", "unless", "whether", "lest"})
PROVIDED = frozenset({"provided", "providing", "assuming", "supposing"})
WHATEVER = frozenset({"whatever", "whoever", "whomever", "whichever", "wherever", "whenever"})
EXCLUDING = frozenset({"not", "n't", "rather", "instead", "never"})  # between conjuncts of which the second is none
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
NOT = frozenset({"not", "n't", "n’t"})
MERELY = frozenset({"only", "just", "merely", "simply"})  # behind "not"

# Determiners, numerals, indefinite pronouns

ARTICLES = frozenset({"the", "a", "an"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
SPECIFIC = DEFINITE | {"both", "such"}
VAGUE = frozenset({"other", "such"})
TWO = frozenset({"both", "two"})
RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
ALL = frozenset({"all", "every", "everyone", "everybody"})
ANY = frozenset({"any", "anyone", "anybody", "anything", "anywhere", "anyplace", "whoever", "whatever"})
UNKNOWN = frozenset({"a", "an", "no", "every", "each", "someone", "somebody", "something", "nobody", "nothing"})
NOBODY = frozenset({"nobody", "noone", "none", "neither", "nothing"})
ARABIC_ARTICLES = ("al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az")
OUTSIDE_ACRONYMS = frozenset({"of", "the", "and", "for", "on", "in", "to", "&", "de"})

# Personal pronouns

MASCULINE = ("he", "him", "his", "himself")
FEMININE = ("she", "her", "hers", "herself")
NEUTER = ("it", "its", "itself")
PLURAL = ("they", "them", "their", "theirs", "themselves")
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
ADDRESSED = frozenset({"you", "your", "yours", "yourself", "yourselves"})
ANYBODY = frozenset({"you", "one"})
EMPTY = frozenset({"it", "there"})  # subjects that are nobody

# Auxiliaries

BE = frozenset({"is", "are", "was", "were", "am", "be", "been", "'s", "'re", "'m"})
PAST = frozenset({"has", "have", "had", "having", "'ve", "been", "was", "were", "did"})
PRESENT = frozenset({"is", "are", "am", "'s", "'re", "'m", "does", "do", "being"})
PERFECT = frozenset({"have", "'ve"})
OBLIGED = frozenset({"has", "have", "'s", "'ve"})  # before "got to"
INVERTED = frozenset({"had", "were", "should"})  # first word of a conditional without "if"
HYPOTHETICAL = frozenset({"would", "'d"})
OBLIGATION = frozenset({"must", "should", "ought"})
OWING = frozenset({"have", "need", "ought"})  # "has to go"
CLITICS = {
    "'s": "be", "'re": "be", "'m": "be", "'ve": "have", "'ll": "will", "'d": "would", "n't": "not",
    "wo": "will", "ca": "can",
}  # fmt: skip
