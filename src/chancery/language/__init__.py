"""Language: the embedded model behind a spaCy `Doc`.

`load()` gives a pipeline; `proposals_of(doc)` what its heads for dealings propose, and
`predicates_of(doc)` PropBank's predicates where they were asked for.
"""

from chancery.language.pipe import load
from chancery.language.predicates import Argument, Predicate, predicates_of
from chancery.language.proposals import ActProposal, LinkProposal, Proposals, Scored, proposals_of

__all__ = [
    "ActProposal", "Argument", "LinkProposal", "Predicate", "Proposals", "Scored", "load",
    "predicates_of", "proposals_of",
]  # fmt: skip
