"""`chancery knowledge`: a folder of one's own actors, names and people, checked and filled."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chancery.cli import values
from chancery.cli.screen import complain, note
from chancery.errors import KnowledgeError, UsageError

if TYPE_CHECKING:
    from chancery.ingest.dictionaries import Imported, LeftOut

Action = Literal["check", "import"]
ACTIONS: tuple[Action, ...] = ("check", "import")
_EXAMPLES = 3  # lines named for each reason that lines were left out

FilesOption = list[str] | None


def manage_knowledge(
    action: Annotated[str, typer.Argument(metavar="check|import", help="What to do with the folder.")],
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder; import makes it.")],
    actors: Annotated[
        FilesOption, typer.Option(metavar="FILE", help="import: a dictionary of actors (TABARI, PETRARCH).")
    ] = None,
    agents: Annotated[
        FilesOption, typer.Option(metavar="FILE", help="import: a dictionary of agents (TABARI, PETRARCH).")
    ] = None,
    holders: Annotated[
        FilesOption, typer.Option(metavar="FILE", help="import: a table of office holders (CSV).")
    ] = None,
) -> None:
    """Checks a folder of your own actors, names and people, or imports dictionaries into one.

    `chancery read --knowledge FOLDER` reads with it, and so does every command where CHANCERY_KNOWLEDGE
    names it. docs/inputs.md has the files' form.

    Every line of what is imported is checked. A line that is not in its form is told with its number, the
    others are taken, and the program ends with exit code 3. Lines of no use here (a code that names no actor
    known here, a noun that is known already) are counted by reason, with the first lines of each.
    """
    chosen = values.one_of("ACTION", action, ACTIONS)
    given = {"actors": actors or [], "agents": agents or [], "holders": holders or []}
    if chosen == "check":
        if any(given.values()):
            raise UsageError("check takes no files; give them to `chancery knowledge import`")
        _check(folder)
    elif not any(given.values()):
        raise UsageError("import needs a file: --actors, --agents or --holders")
    else:
        _import(Path(folder), given)


def _check(folder: str) -> None:
    from chancery.knowledge import own
    from chancery.knowledge.actor_data import actor_knowledge

    theirs, faults = own.read_folder(folder)
    own.use(None)
    faults = (*faults, *own.strays(theirs, actor_knowledge().entries))
    for fault in faults:
        complain(str(fault))
    counts = {kind: len(getattr(theirs, kind)) for kind in dict.fromkeys(c for c, _ in own.CONCEPTS.values())}
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
    note(f"{folder}: {told or 'no entries'}; {len(faults)} faults")
    if faults:
        raise typer.Exit(KnowledgeError.exit_code)


def _import(folder: Path, given: dict[str, list[str]]) -> None:
    from chancery.ingest import dictionaries

    readers: dict[str, Callable[[str, str], Imported]] = {
        "actors": dictionaries.imported_actors,
        "agents": dictionaries.imported_agents,
        "holders": dictionaries.imported_holders,
    }
    made, code = [], 0
    for kind, files in given.items():
        for file in files:
            found, faults = dictionaries.imported_file(file, readers[kind])
            for fault in faults:
                complain(str(fault))
                code = max(code, fault.exit_code)
            if found is not None:
                _tell_left_out(file, found.left_out)
                made.append(found)
    added = dictionaries.write_into(folder, made)
    told = ", ".join(f"{number} into {concept}.jsonl" for concept, number in added.items())
    note(f"{folder}: {told or 'nothing'} imported; `chancery read --knowledge {folder}` reads with it")
    sys.stdout.flush()
    if code:
        raise typer.Exit(code)


def _tell_left_out(file: str, left_out: Iterable[LeftOut]) -> None:
    by_reason: dict[str, list[LeftOut]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(each)
    for why, lines in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        note(f"{file}: left out, for {why}: {_lines(lines)}")


def _lines(lines: Sequence[LeftOut]) -> str:
    numbers = ", ".join(str(each.line) for each in lines[:_EXAMPLES])
    more = f" and {len(lines) - _EXAMPLES:,} more" if len(lines) > _EXAMPLES else ""
    return f"line{'s' if len(lines) > 1 else ''} {numbers}{more}"
