"""INCEpTION's exports: a UIMA CAS as XMI with its type system (one zip a document) or as JSON.

Any span layer with a feature `label` (or `value`, where that is one of our labels) is read, its other
features are attributes; any relation layer between such spans with a feature `label` is a relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from chancery.errors import TooManyBytes, WrongForm
from chancery.ingest.gold.marks import Mark, Marked, Relation
from chancery.ingest.gold.rows import LABELS, checked_mark
from chancery.records import LINK_KINDS, Span

_WANTED: Final = "a zip of INCEpTION's with one .xmi and TypeSystem.xml, or a CAS as JSON"
_LARGEST: Final = 50_000_000  # bytes of a file in the zip, unpacked
_OWN: Final = ("begin", "end", "sofa", "Governor", "Dependent", "label", "type", "xmiID", "self")


def cas_in(content: bytes, where: str, name: str) -> Marked:
    """The marks of a CAS. Raises `WrongForm`, `TooManyBytes`."""
    import cassis

    try:
        if content.startswith(b"PK"):
            system, document = _unzipped(content, where)
            cas = cassis.load_cas_from_xmi(
                BytesIO(document), typesystem=cassis.load_typesystem(BytesIO(system))
            )
        else:
            cas = cassis.load_cas_from_json(BytesIO(content))
        text = cas.sofa_string
        found = list(cas.select_all_annotations())
    except (TooManyBytes, WrongForm):
        raise
    except Exception as odd:  # cassis has no root of its errors, lxml and json have others
        raise WrongForm(where, f"no CAS ({type(odd).__name__})", _WANTED) from odd
    if not isinstance(text, str) or not text.strip():
        raise WrongForm(where, "a CAS without text", _WANTED)
    marks = {str(id(each)): mark for each in found if (mark := _mark(each, text, where)) is not None}
    return Marked(where, name, text, "INCEpTION", marks, tuple(_relations(found, marks)))


def _unzipped(content: bytes, where: str) -> tuple[bytes, bytes]:
    """The type system and the one document of a zip."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            systems = [i for i in packed.infolist() if PurePath(i.filename).name.lower() == "typesystem.xml"]
            documents = [i for i in packed.infolist() if i.filename.endswith(".xmi")]
            if len(systems) != 1 or len(documents) != 1:
                raise WrongForm(
                    where, f"a zip with {len(documents)} .xmi and {len(systems)} TypeSystem.xml", _WANTED
                )
            if any(i.file_size > _LARGEST for i in (*systems, *documents)):
                raise TooManyBytes(where, _LARGEST)
            return packed.read(systems[0]), packed.read(documents[0])
    except (BadZipFile, NotImplementedError, RuntimeError) as broken:
        raise WrongForm(where, "a broken zip", _WANTED) from broken


def _features(each: Any) -> Mapping[str, str]:
    names = (feature.name for feature in each.type.all_features)
    told = ((name, getattr(each, name, None)) for name in names if name not in _OWN)
    return {name: str(value) for name, value in told if isinstance(value, str | int | float)}


def _label(each: Any, features: Mapping[str, str]) -> str | None:
    """What a span or relation is called: its label, else its value where that is one of ours."""
    label = getattr(each, "label", None)
    if isinstance(label, str) and label:
        return label
    value = features.get("value")
    return value if value in LABELS else None


def _mark(each: Any, text: str, where: str) -> Mark | None:
    if getattr(each, "Governor", None) is not None:
        return None
    features = _features(each)
    label = _label(each, features)
    begin, end = getattr(each, "begin", None), getattr(each, "end", None)
    if label not in LABELS or begin is None:
        return None
    start, stop = checked_mark(text, begin, end, f"{where}, {each.type.name}", None)
    return Mark(Span(start, stop), label, features)


def _relations(found: list[Any], marks: Mapping[str, Mark]) -> Iterator[Relation]:
    for each in found:
        one, other = str(id(getattr(each, "Governor", None))), str(id(getattr(each, "Dependent", None)))
        label = getattr(each, "label", None)
        if one in marks and other in marks and label in (*LABELS, *LINK_KINDS):
            yield Relation(one, other, str(label))
