"""Language: the embedded model behind a spaCy `Doc`.

`load()` gives a pipeline; `proposals_of(doc)` what its heads for dealings propose.
"""

from chancery.language.pipe import load
from chancery.language.proposals import ActProposal, LinkProposal, Proposals, Scored, proposals_of

__all__ = ["ActProposal", "LinkProposal", "Proposals", "Scored", "load", "proposals_of"]
