"""The embedded model as a spaCy pipeline: text or split words in, an annotated `Doc` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from chancery.errors import ModelError
from chancery.language.chunks import chunks
from chancery.language.decode import Decoded, decode, sentence_bounds
from chancery.language.foreign import syntax_pipeline
from chancery.language.lemmas import Lexicon
from chancery.language.model import EmbeddedModel, embedded_model
from chancery.language.predicates import Predicate, moved, predicates, set_predicates
from chancery.language.proposals import ActProposal, LinkProposal, Proposals, set_proposals
from chancery.language.words import is_space, make_tokenizer

_IOB = {"I": 1, "O": 2, "B": 3}  # spaCy's codes
_NAMES = [ENT_IOB, ENT_TYPE]
_ATTRS = [TAG, POS, LEMMA, HEAD, DEP, *_NAMES]


class EmbeddedPipe:
    """Sentences, tags, lemmas, Universal Dependencies, names and proposals of acts.

    Words may come from any tokenizer; offsets are the document's own. `arguments` adds PropBank's
    predicates; `names_only` leaves the sentences, tags, lemmas and trees of another pipeline as
    they are.
    """

    def __init__(self, model: EmbeddedModel, *, arguments: bool = False, names_only: bool = False) -> None:
        if arguments and "argument" not in model.labels:
            raise ModelError(f"model {model.version} has no heads for PropBank's arguments")
        self.model = model
        self.arguments = arguments
        self.names_only = names_only

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one document in place."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Annotates documents in order; chunks of several share the model's batches."""
        for batch in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            yield from self._annotate(list(batch))

    def _annotate(self, docs: list[Doc]) -> list[Doc]:
        where: list[tuple[int, list[int]]] = []
        for d, doc in enumerate(docs):
            counts = self.model.piece_counts([t.text for t in doc]) if len(doc) else []
            where.extend((d, chunk) for chunk in chunks(doc, counts))
        words = [[docs[d][i].text for i in chunk] for d, chunk in where]
        scores = self.model.score(self.model.encode(words)) if words else []
        parts: list[list[tuple[list[int], Decoded]]] = [[] for _ in docs]
        framed: list[list[Predicate]] = [[] for _ in docs]
        for (d, chunk), score, text in zip(where, scores, words, strict=True):
            parts[d].append((chunk, decode(score, self.model, text)))
            if self.arguments:
                bounds = sentence_bounds(score.of["start"][1:], text)
                framed[d].extend(moved(p, chunk) for p in predicates(score, self.model, bounds))
        attributes = _NAMES if self.names_only else _ATTRS
        for doc, decoded, found in zip(docs, parts, framed, strict=True):
            _write(doc, decoded, self.model.lexicon, attributes)
            set_predicates(doc, tuple(found))
        return docs


def _write(doc: Doc, parts: list[tuple[list[int], Decoded]], lexicon: Lexicon, attributes: list[int]) -> None:
    """Fills the document's columns of the given attributes; blank tokens hang on the word before them."""
    strings = doc.vocab.strings
    table = np.zeros((len(doc), len(_ATTRS)), dtype="uint64")
    acts: list[ActProposal] = []
    links: list[LinkProposal] = []
    space = [strings.add("_SP"), strings.add("SPACE"), 0, 0, strings.add("dep"), _IOB["O"], 0]
    for token in doc:
        if is_space(token.text):
            offset = np.array([-1 if token.i else (1 if len(doc) > 1 else 0)], np.int64)
            table[token.i] = [*space[:2], strings.add(token.text), 0, *space[4:]]
            table[token.i, 3] = offset.view("uint64")[0]
    for chunk, decoded in parts:
        for n, i in enumerate(chunk):
            offset = np.array([chunk[decoded.heads[n]] - i], np.int64)
            iob, _, kind = decoded.names[n].partition("-")
            if iob == "I" and i and is_space(doc[i - 1].text):
                iob = "B"  # a run of blanks inside a name is a word of its own, outside names
            lemma = lexicon.lemma(doc[i].text, decoded.upos[n], decoded.lemma_scripts[n])
            table[i] = [
                strings.add(decoded.xpos[n]), strings.add(decoded.upos[n]),
                strings.add(lemma), offset.view("uint64")[0],
                strings.add(decoded.relations[n]), _IOB[iob], strings.add(kind) if kind else 0,
            ]  # fmt: skip
        acts.extend(_moved(a, chunk) for a in decoded.acts)
        links.extend(LinkProposal(chunk[k.give], chunk[k.take], k.kind, k.score) for k in decoded.links)
    if len(doc):
        kept = table[:, [_ATTRS.index(a) for a in attributes]]
        doc.from_array(attributes, kept)  # type: ignore[arg-type]
    set_proposals(doc, Proposals(tuple(acts), tuple(links)))


def _moved(act: ActProposal, chunk: list[int]) -> ActProposal:
    """The proposal with token positions of the document."""
    roles = {r: tuple((chunk[i], s) for i, s in found) for r, found in act.roles.items()}
    return ActProposal(
        chunk[act.token], act.score, act.acts, act.instruments, act.statuses, roles
    )  # fmt: skip


@Language.factory(
    "chancery_embedded",
    default_config={"threads": 0, "arguments": False, "names_only": False, "provider": ""},
)
def _make(
    nlp: Language,  # noqa: ARG001 (spaCy names them)
    name: str,  # noqa: ARG001
    threads: int,
    arguments: bool,
    names_only: bool,
    provider: str,
) -> EmbeddedPipe:
    return EmbeddedPipe(embedded_model(threads, provider), arguments=arguments, names_only=names_only)


def load(threads: int = 0, *, syntax: str = "", arguments: bool = False, provider: str = "") -> Language:
    """A spaCy `Language` over the embedded model; `threads` 0 takes all cores.

    `syntax` names another Universal Dependencies pipeline whose words, sentences, tags, lemmas and
    trees are taken instead of ours: an installed spaCy pipeline, or `module:function` that gives a
    `Language`. `arguments` adds PropBank's predicates (`predicates_of`). `provider` is what ONNX
    Runtime runs the model on ("cuda", "openvino"); "" is the processor.

    Raises `ModelError` where the model is missing or damaged or lacks what is asked for, or
    `syntax` cannot be had.
    """
    nlp = English()
    nlp.tokenizer = syntax_pipeline(syntax) if syntax else make_tokenizer()
    nlp.add_pipe(
        "chancery_embedded",
        config={
            "threads": threads, "arguments": arguments, "names_only": bool(syntax), "provider": provider
        },
    )  # fmt: skip
    nlp.max_length = 10_000_000  # the reader bounds its input; the model works by paragraph
    return nlp
