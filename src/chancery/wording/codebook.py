"""The codebook as a page of Markdown, made of the codebook's data files.

The tables are those of `knowledge/codes`; the words that explain each entry stand here, and the page
cannot be made while an entry lacks them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from chancery.events.codes import derive
from chancery.knowledge.code_data import ActCode, InstrumentCode, StatusCode, code_tables
from chancery.records import Act, Instrument, LinkKind, Status

INTRODUCTION = """\
# The codebook

<!-- Written by docs/make_codebook.py from src/chancery/knowledge/codes; do not edit by hand. -->

An event has a core *act*, often an *instrument* (what the act gives, asks or withholds), and a
*status* (how far it has come). The three are told apart on purpose: "promised to lend" is the act
AID with the instrument loan and the status promised. From them, and from the few words listed below,
the codes of the field are derived: PLOVER event, mode and contexts, CAMEO code, quad class, and intensity.

Acts follow PLOVER. Its own event is sometimes another than our act, because PLOVER codes a promise
of aid as AGREE and a threatened assault as THREATEN; both stand in the output.
"""
ACTS: Mapping[Act, str] = {
    "AGREE": "agreeing to do something, where the deed itself is not named; reaching an agreement",
    "CONSULT": "meeting, visiting, calling, negotiating, mediating",
    "SUPPORT": "praise and backing by word or pen: signing, ratifying, recognizing, restoring relations",
    "COOPERATE": "mutual or commercial dealings: joint projects, sales, exchanges",
    "AID": "giving money, arms, help, access or refuge",
    "CONCEDE": "easing by word: lifting sanctions or restrictions, accepting a demand",
    "RETREAT": "easing by deed: withdrawing, releasing, returning, ceasing fire, resigning",
    "REQUEST": "asking, urging, demanding, ordering",
    "ACCUSE": "criticizing, accusing, investigating, suing, summoning an envoy",
    "REJECT": "refusing, vetoing, cancelling, leaving a treaty",
    "THREATEN": "threatening, where the threatened deed is not named",
    "PROTEST": "demonstrations, strikes, marches",
    "SANCTION": "cutting relations, trade or aid, expelling diplomats, convicting",
    "MOBILIZE": "moves of troops short of force, alerts, exercises of one country, missile tests",
    "COERCE": "arrest, seizure, bans, deportation, cyber attacks",
    "ASSAULT": "violence",
}
INSTRUMENTS: Mapping[Instrument, str] = {
    "recognition": "recognition of a state or government",
    "relations": "diplomatic relations, embassies, envoys",
    "visit": "a visit of a person of rank",
    "talks": "meetings, calls, negotiations",
    "agreement": "a treaty, accord or contract as such",
    "membership": "membership of an organization or alliance",
    "loan": "money lent",
    "grant": "money given",
    "debt_relief": "debt forgiven or put off",
    "investment": "capital put into another's economy",
    "payment": "money paid for something, or compensation",
    "trade": "goods bought and sold, tariffs, market access",
    "arms": "weapons and their delivery",
    "military_access": "bases, overflight, ports",
    "military_cooperation": "training, joint exercises, intelligence",
    "troops": "soldiers sent, kept or withdrawn",
    "energy": "oil, gas, power, nuclear fuel",
    "technology": "know-how, space, reactors",
    "humanitarian": "relief, medicine, food, refuge",
    "territory": "land, sea and borders",
    "prisoners": "people held, released or exchanged",
    "vote": "a vote in a body of states",
    "sanctions": "sanctions as the thing imposed or lifted",
    "force": "violence as the thing used or threatened",
    "statement": "words alone: praise, criticism, congratulation",
}
STATUSES: Mapping[Status, str] = {
    "occurred": "the report tells it as done",
    "ongoing": "it is being done",
    "planned": "somebody has decided on it or set a date",
    "promised": "the doer has given its word to another",
    "offered": "the doer would do it if the other side accepts",
    "requested": "another asks for it",
    "demanded": "another insists on it",
    "expected": "somebody foresees it",
    "possible": "it may happen; somebody considers it",
    "conditional": "it depends on a condition that is named",
    "refused": "the doer will not do it",
    "not_occurred": "the report says that it did not happen",
}
LINKS: Mapping[LinkKind, str] = {
    "in_return_for": "`give` is the price or reward of `take`",
    "condition": "`give` comes only if `take` does",
    "purpose": "`give` is done in order to get `take`",
    "because": "`give` is done because of `take`, with no bargain told",
    "unrequited": "`give` was given, and `take` did not come in return",
}
QUADS: Mapping[int, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
EXAMPLES: Sequence[tuple[str, Act, Instrument | None, Status]] = (
    ("lent a billion", "AID", "loan", "occurred"),
    ("promised to lend a billion", "AID", "loan", "promised"),
    ("was asked for a loan", "AID", "loan", "requested"),
    ("refused to lend", "AID", "loan", "refused"),
    ("recognized Abkhazia", "SUPPORT", "recognition", "occurred"),
    ("might recognize Abkhazia", "SUPPORT", "recognition", "possible"),
    ("plans to visit Moscow", "CONSULT", "visit", "planned"),
    ("broke off relations", "SANCTION", "relations", "occurred"),
    ("would attack if provoked", "ASSAULT", "force", "conditional"),
)


def page() -> str:
    """The whole page."""
    parts = (_acts(), _instruments(), _statuses(), _words(), _examples(), _links())
    return "\n".join([INTRODUCTION, *("\n".join(part) for part in parts)])


def _acts() -> Iterator[str]:
    yield from _section("Acts", "acts.yaml")
    yield from _head("Act", "Covers", "CAMEO root", "Quad class", "Intensity", "Hostile")
    for word, row in code_tables().acts.items():
        yield _act(word, ACTS[word], row)  # type: ignore[index]  # the loader allows no other word
    yield ""


def _act(word: str, covers: str, row: ActCode) -> str:
    quad = f"{row.quad}, {QUADS[row.quad]}"
    return _row(f"`{word}`", covers, row.cameo, quad, f"{row.intensity:+.1f}", "yes" if row.hostile else "no")


def _instruments() -> Iterator[str]:
    yield from _section("Instruments", "instruments.yaml")
    yield from _head("Instrument", "Stands for", "PLOVER contexts", "CAMEO codes it gives")
    for word, row in code_tables().instruments.items():
        yield _instrument(word, INSTRUMENTS[word], row)  # type: ignore[index]
    yield ""


def _instrument(word: str, stands_for: str, row: InstrumentCode) -> str:
    sharper = ", ".join(f"{act} {code}" for act, code in row.cameo.items())
    return _row(f"`{word}`", stands_for, ", ".join(row.contexts), sharper)


def _statuses() -> Iterator[str]:
    yield from _section("Statuses", "statuses.yaml")
    yield from _head("Status", "Means", "Friendly act becomes", "Hostile act becomes", "PLOVER mode")
    for word, row in code_tables().statuses.items():
        yield _status(word, STATUSES[word], row)  # type: ignore[index]
    yield ""
    verbal = ", ".join(sorted(code_tables().verbal))
    yield f"Acts that are words already: {verbal}. Only a request or a refusal changes their PLOVER event."
    yield ""


def _status(word: str, means: str, row: StatusCode) -> str:
    becomes = ("itself" if event == "act" else event for event in (row.friendly, row.hostile))
    return _row(f"`{word}`", means, *becomes, row.mode or "")


def _words() -> Iterator[str]:
    yield from _section("Words", "words.yaml")
    yield from _head("Act", "Word", "Beside it", "Instrument", "Status", "PLOVER event", "CAMEO")
    for row in code_tables().words:
        beside = row.beside | row.anywhere
        listed = (", ".join(sorted(words)) for words in (row.words, beside, row.instruments, row.statuses))
        yield _row(f"`{row.act}`", *listed, row.event or "", row.cameo or "")
    yield ""


def _examples() -> Iterator[str]:
    yield "## How codes are derived"
    yield ""
    yield "The status gives the PLOVER event, the event its quad class and intensity, and the instrument"
    yield "sharpens the CAMEO code where the codebook has a sharper one."
    yield ""
    yield from _head("Words", "Act", "Instrument", "Status", "PLOVER", "CAMEO", "Quad", "Intensity")
    for words, act, instrument, status in EXAMPLES:
        codes = derive(act, instrument, status, code_tables())
        derived = (codes.plover_event, codes.cameo or "", str(codes.quad), f"{codes.intensity:+.1f}")
        yield _row(words, act, instrument or "", status, *derived)
    yield ""


def _links() -> Iterator[str]:
    yield "## Links"
    yield ""
    yield "A link ties two events of one report. `explicit` says whether words of the report state it."
    yield ""
    yield from _head("Kind", "Says")
    for word, says in LINKS.items():
        yield _row(f"`{word}`", says)
    yield ""


def _section(heading: str, file: str) -> Iterator[str]:
    """The heading, and what the data file says of itself and its sources."""
    yield f"## {heading}"
    yield ""
    yield from _notes(file)
    yield ""


def _notes(file: str) -> Iterator[str]:
    text = (resources.files("chancery.knowledge") / "codes" / file).read_text(encoding="utf8")
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
