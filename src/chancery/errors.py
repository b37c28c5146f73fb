"""Every error chancery raises on purpose. A class owns its words; callers pass facts.

ChanceryError                     exit 1
├── UsageError                    exit 2   a wrong option or argument
├── ExtraMissing                  exit 2   an optional library is not installed
├── InputError                    exit 3   one input could not be read; the others still are
│   ├── MissingInput
│   ├── UnreadableInput
│   ├── EmptyInput
│   ├── DirectoryInput
│   ├── BinaryInput
│   ├── TooLargeInput
│   ├── TooManyBytes
│   ├── BrokenInput
│   ├── LockedInput
│   ├── TextlessInput
│   ├── FetchRefused
│   ├── FetchFailed
│   ├── MalformedLine
│   ├── WrongDate
│   ├── WrongLine
│   └── WrongForm
├── KnowledgeError                exit 4   a data file of ours or the user's is wrong
├── OutputError                   exit 7   a file could not be written
│   ├── OutputExists
│   └── OutputUnwritable
├── ModelError                    exit 4   the embedded model is missing or damaged
├── ContractError                 exit 4   JSON that is not a reading in the contract's shape
├── ArchiveError                  exit 6   an archive cannot be coded or its dataset not be used
│   ├── ArchiveUnusable
│   ├── ArchiveInUse
│   ├── ArchiveOther
│   ├── WorkersFail
│   └── RayMissing
├── DeskError                     exit 8   the desk cannot be opened, or an account not be changed
└── LedgerError                   exit 5
    ├── LedgerMissing
    ├── LedgerUnusable
    ├── LedgerLocked
    ├── LedgerCorrupt
    ├── LedgerTooNew
    ├── LedgerFull
    ├── LedgerRefused
    ├── OriginalsUnusable
    ├── OriginalDamaged
    ├── JudgementRefused
    ├── EventUnknown
    ├── DealUnknown
    ├── ReportUnknown
    └── CursorUnknown
"""

from __future__ import annotations


class ChanceryError(Exception):
    """The root: its text is one line that says what was found, where, and what to do."""

    exit_code = 1


class UsageError(ChanceryError):
    """A wrong option or argument."""

    exit_code = 2


class ExtraMissing(ChanceryError):
    """What was asked needs a library that comes with an extra of ours."""

    exit_code = 2

    def __init__(self, extra: str, library: str | None = None) -> None:
        needed = library or extra
        super().__init__(f"this needs {needed}, which is not installed; pip install 'chancery[{extra}]'")


class InputError(ChanceryError):
    """One input could not be read. `where` names the file and, if known, the line."""

    exit_code = 3

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        self.problem = problem
        super().__init__(f"{where}: {problem}")


class MissingInput(InputError):
    """The file is not there."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "no such file; check the path")


class UnreadableInput(InputError):
    """The system refuses to open the file."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"cannot be opened ({why}); check its permissions")


class EmptyInput(InputError):
    """Nothing but blanks."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "is empty; a report needs text")


class DirectoryInput(InputError):
    """A folder without anything that can be read."""

    def __init__(self, where: str, endings: str) -> None:
        super().__init__(where, f"is a folder without files to read; these are looked for: {endings}")


class BinaryInput(InputError):
    """Not text in any character set we accept."""

    def __init__(self, where: str, offset: int) -> None:
        super().__init__(
            where,
            f"is not text in a known character set (not UTF-8 from byte {offset}); "
            "save it as plain text in UTF-8",
        )


class TooLargeInput(InputError):
    """Larger than one report may be."""

    def __init__(self, where: str, size: int, limit: int) -> None:
        super().__init__(
            where,
            f"has {size:,} characters, more than the {limit:,} allowed for one report; "
            "split it into its reports, for instance as JSONL with one report a line",
        )


class TooManyBytes(InputError):
    """More bytes than one input may have, as it is or unpacked."""

    def __init__(self, where: str, limit: int) -> None:
        super().__init__(where, f"has more than the {limit:,} bytes allowed for one input; split it")


class BrokenInput(InputError):
    """A file of a kind we read that cannot be taken apart."""

    def __init__(self, where: str, kind: str, why: str) -> None:
        super().__init__(where, f"cannot be read as {kind} ({why}); save it anew, or as plain text")


class LockedInput(InputError):
    """A file that asks for a password."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "asks for a password; save it without one")


class TextlessInput(InputError):
    """A page, paper or mail in which no text of a report was found."""

    def __init__(self, where: str, kind: str, hint: str) -> None:
        super().__init__(where, f"is {kind} in which no text was found; {hint}")


class FetchRefused(InputError):
    """An address from which nothing may be fetched."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"was not fetched ({why})")


class FetchFailed(InputError):
    """A server that does not answer, or not as it should."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"could not be fetched ({why})")


class MalformedLine(InputError):
    """A JSONL line that is not a report."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(
            where, f'{problem}; a line is {{"name", "published", "publisher", "title", "url", "text"}}'
        )


class WrongDate(InputError):
    """A date that is not ISO 8601."""

    def __init__(self, where: str, value: str) -> None:
        super().__init__(where, f"date {value!r} is not a day as YYYY-MM-DD")


class WrongLine(InputError):
    """A line of a dictionary or table that is not in its form."""

    def __init__(self, where: str, problem: str, wanted: str) -> None:
        super().__init__(where, f"{problem}; wanted is {wanted}")


class WrongForm(InputError):
    """A file of a corpus in another form than the measure reads."""

    def __init__(self, where: str, found: str, wanted: str) -> None:
        super().__init__(where, f"found {found}; wanted is {wanted}")


class KnowledgeError(ChanceryError):
    """A lexicon or codebook entry is wrong."""

    exit_code = 4

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {problem}")


class OutputError(ChanceryError):
    """A file could not be written; nothing was."""

    exit_code = 7


class OutputExists(OutputError):
    """Something of that name is there already."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is there already; name another, or add --replace")


class OutputUnwritable(OutputError):
    """The system refuses to write there."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where} could not be written ({why}); nothing was left there")


class ModelError(ChanceryError):
    """The embedded model cannot be used."""

    exit_code = 4


class ContractError(ChanceryError):
    """JSON that should be a reading and is not; `where` is the path to the value."""

    exit_code = 4

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where or 'reading'}: {problem}; the design's contract gives the shape")


class ArchiveError(ChanceryError):
    """An archive cannot be coded, or its dataset cannot be used."""

    exit_code = 6


class ArchiveUnusable(ArchiveError):
    """No dataset can be kept or is found there."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"cannot use {place} as a dataset ({why}); name a folder that can be written")


class ArchiveInUse(ArchiveError):
    """Another run writes to it."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is being written by another run; wait for it, or name another folder")


class ArchiveOther(ArchiveError):
    """The dataset was begun by another version or with other options."""

    def __init__(self, place: str, key: str, kept: str, now: str) -> None:
        super().__init__(
            f"{place} was begun with {key} {kept!r}, and this run has {now!r}; a dataset is read in one way: "
            "run it as it was begun, or name another folder"
        )


class WorkersFail(ArchiveError):
    """No worker comes up, or none stays."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the workers do not start ({why}); what is done is kept")


class RayMissing(ArchiveError):
    """Ray was asked for and cannot be had."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Ray {why}; without --ray this machine's own processes read")


class DeskError(ChanceryError):
    """The desk cannot be opened as asked, or an account not be changed: what is wrong and what to do."""

    exit_code = 8


class LedgerError(ChanceryError):
    """The ledger cannot do what was asked."""

    exit_code = 5


class LedgerMissing(LedgerError):
    """No ledger at that place."""

    def __init__(self, place: str) -> None:
        super().__init__(f"no ledger at {place}; `chancery read FILE --ledger {place}` makes one")


class LedgerUnusable(LedgerError):
    """No ledger can be kept there: a directory, no permission, a full disk, no such driver."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"cannot use {place} as a ledger ({why}); name a file that can be written")


class LedgerLocked(LedgerError):
    """Somebody else is writing."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is locked by another program; nothing was stored, try again")


class LedgerCorrupt(LedgerError):
    """The file is not a ledger of ours, or is damaged."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} is not a chancery ledger or is damaged ({why})")


class LedgerTooNew(LedgerError):
    """Written by a newer chancery."""

    def __init__(self, place: str, found: int, known: int) -> None:
        super().__init__(
            f"{place} was written by a newer chancery (schema {found}, this one knows {known}); "
            "update chancery"
        )


class LedgerFull(LedgerError):
    """No room is left where it is kept."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"no room is left for {place}; what was confirmed is kept, this was not stored; "
            "make room and do it again"
        )


class OriginalsUnusable(LedgerError):
    """The bytes of pages cannot be kept there."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            f"cannot keep originals in {place} ({why}); --no-originals reads without keeping them, "
            "CHANCERY_ORIGINALS names another folder"
        )


class OriginalDamaged(LedgerError):
    """What a report was taken from is not there any more as it was."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: this original is damaged or gone ({why}); the report's text is not")


class LedgerRefused(LedgerError):
    """A reading that contradicts itself or the ledger; nothing of it was stored."""

    def __init__(self, report: str, why: str) -> None:
        super().__init__(f"report {report} was not stored ({why}); the rest of the ledger is untouched")


class JudgementRefused(LedgerError):
    """A judgement that says nothing, or nothing that can be; it was not put on record."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"the judgement was not put on record ({problem}); {remedy}")


class EventUnknown(LedgerError):
    """No such line, or the beginning of an id fits several."""

    def __init__(self, wanted: str, candidates: tuple[str, ...] = ()) -> None:
        fits = f"; it fits {', '.join(candidates)}" if candidates else ""
        super().__init__(f"no single event {wanted!r} in the ledger{fits}; `chancery events` lists them")


class DealUnknown(LedgerError):
    """No deal of the ledger, or several, begin so."""

    def __init__(self, wanted: str, candidates: tuple[str, ...] = ()) -> None:
        self.wanted = wanted
        self.candidates = candidates
        found = f"fits several: {', '.join(candidates)}" if candidates else "is no deal of this ledger"
        super().__init__(f"deal {wanted!r} {found}; `chancery deals` lists all")


class ReportUnknown(LedgerError):
    """No report with that id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"no report {wanted!r} in the ledger; `chancery brief` says what it holds")


class CursorUnknown(LedgerError):
    """A page asked for from a place that no earlier page told."""

    def __init__(self, given: str) -> None:
        super().__init__(f"{given!r} is no place to go on from; give `after` as the page before told it")
