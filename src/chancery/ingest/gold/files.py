"""Files of annotation tools, told apart by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from chancery.errors import InputError, MissingInput, WrongForm
from chancery.ingest.charsets import decode
from chancery.ingest.files import checked_file, content
from chancery.ingest.gold.brat import standoff
from chancery.ingest.gold.cas import cas_in
from chancery.ingest.gold.label_studio import tasks_in
from chancery.ingest.gold.marks import Marked
from chancery.ingest.gold.rows import Gold, gold_row

_WANTED: Final = "a folder or .ann of brat, a .json of Label Studio, a .zip of INCEpTION, or its CAS as .json"
_LARGEST: Final = 200_000_000  # bytes of one file
_CAS: Final = (b'"%FEATURE_STRUCTURES"', b'"_views"', b'"%TYPES"')


def gold_in(names: Iterable[str]) -> Iterator[Gold | InputError]:
    """The annotated reports of files in order, and the errors of what is wrong in them."""
    for name in names:
        try:
            for marked in _marked(checked_file(name), name):
                yield marked if isinstance(marked, InputError) else _row(marked)
        except InputError as error:
            yield error


def _row(marked: Marked) -> Gold | InputError:
    try:
        return gold_row(marked)
    except InputError as error:
        return error


def _marked(path: Path, where: str) -> Iterator[Marked | InputError]:
    if path.is_dir():
        files = sorted(path.rglob("*.ann"))
        if not files:
            raise WrongForm(where, "a folder without .ann", _WANTED)
        for file in files:
            try:
                yield _brat(file, str(file))
            except InputError as error:
                yield error
    elif path.suffix == ".ann":
        yield _brat(path, where)
    elif path.suffix == ".zip":
        yield cas_in(content(path, _LARGEST), where, path.stem)
    elif path.suffix in (".json", ".xmi"):
        yield from _json(path, where)
    else:
        raise WrongForm(where, f"the ending {path.suffix!r}", _WANTED)


def _json(path: Path, where: str) -> Iterator[Marked | InputError]:
    raw = content(path, _LARGEST)
    if any(key in raw for key in _CAS):
        yield cas_in(raw, where, path.stem)
    elif path.suffix == ".xmi":
        raise WrongForm(where, "XMI without its type system", _WANTED)
    else:
        yield from tasks_in(decode(raw, where).text, where)


def _brat(path: Path, where: str) -> Marked:
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise MissingInput(str(text))
    # brat counts characters of the file as it is: line ends are not touched
    return standoff(
        decode(content(path, _LARGEST), where).text,
        decode(content(text, _LARGEST), str(text)).text,
        where,
        text.name,
    )
