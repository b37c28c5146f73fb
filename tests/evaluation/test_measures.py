"""The measures on tiny files of our own in each corpus's form: figures, and what is said of a wrong form."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from spacy.lang.en import English

from chancery.errors import InputError, MissingInput, WrongForm
from chancery.evaluation import MEASURES, cameo_class, cameo_ner, cqe, evaluate, gum_dates, polnear
from chancery.evaluation.figures import paired
from chancery.pipeline import Draft
from chancery.records import Codes, Event, Party, Span
from tests.factories import make_event, make_report
from tests.trees import tree


class Told:
    """Stands for the reader: gives these drafts whatever the texts."""

    def __init__(self, *drafts: Draft) -> None:
        self.drafts = drafts
        self.texts: list[str] = []

    def __call__(self, texts: Iterable[str], published: date | None = None) -> Iterator[Draft]:
        self.texts = list(texts)
        return iter(self.drafts)


NOBODY = Told()


def draft(*events: Event, text: str = "Borduria fined Syldavia .") -> Draft:
    """A draft of a text without a tree, with these events."""
    doc = English()(text)
    return Draft(make_report(text), doc, events=events)


def written(path: Path, *lines: object) -> str:
    made = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(made + "\n", encoding="utf8")
    return str(path)


def test_gum_dates(tmp_path: Path) -> None:
    dates = [
        {"text": "Monday , October 26 , 2009", "when": "2009-10-26"},
        {"text": "last week", "from": "2009-10-19", "to": "2009-10-25"},
        {"text": "the feast", "when": "2009-05"},
    ]
    voyage = {"genre": "voyage", "dct": "2009-10-26", "dates": [{"text": "2008", "when": "2008"}]}
    file = written(tmp_path / "d.jsonl", {"genre": "news", "dct": "2009-10-26", "dates": dates}, voyage)
    outcome = gum_dates.measure(file, NOBODY)  # type: ignore[arg-type]
    assert outcome["news accuracy"] == pytest.approx(2 / 3)
    assert outcome["accuracy"] == 0.75
    assert outcome.misses == ("news, 2009-10-26: 'the feast' is when 2009-05, read nothing",)


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ({"when": "2009"}, date(2009, 1, 1), date(2009, 12, 31)),
        ({"when": "2008-02"}, date(2008, 2, 1), date(2008, 2, 29)),
        ({"when": "2008-02-03T22:30:00"}, date(2008, 2, 3), date(2008, 2, 3)),
        ({"notBefore": "1994", "notAfter": "2008-03"}, date(1994, 1, 1), date(2008, 3, 31)),
        ({"notAfter": "2008-03-01"}, None, date(2008, 3, 1)),
        ({"when": "--06"}, None, None),
        ({"when": "2019-00-00"}, None, None),
    ],
)
def test_ends_of_annotations(values: dict[str, str], first: date | None, last: date | None) -> None:
    assert gum_dates.ends(values) == (first, last)


def test_cqe(tmp_path: Path) -> None:
    rows = [
        {
            "text": "Borduria lent $3-5 million and 20 planes.",
            "quantities": [
                {"value": "3000000-5000000", "normalized_unit": "dollar"},
                {"value": "20", "normalized_unit": "plane"},
            ],
        },
        {
            "text": "A mask costs 50 cents.",
            "quantities": [{"value": "50", "normalized_unit": "cent per mask"}],
        },
        {"text": "It paid 7 khors.", "quantities": [{"value": "7", "normalized_unit": "syldavian crown"}]},
    ]
    outcome = cqe.measure(written(tmp_path / "q.json", rows), NOBODY)  # type: ignore[arg-type]
    assert (outcome["right"], outcome["found"], outcome["gold"]) == (2, 2, 3)
    assert outcome.misses == ("missed 7 syldavian crown, read none: It paid 7 khors.",)


def test_polnear(tmp_path: Path) -> None:
    doc = tree("""
        Borduria 2 nsubj PROPN Borduria
        said 0 root VERB say
        Syldavia 4 nsubj PROPN Syldavia
        lied 2 ccomp VERB lie
    """)
    marked = {"T1": {"type": "Source", "spans": [[0, 8]]}, "T2": {"type": "Cue", "spans": [[9, 13]]}}
    more = {"T3": {"type": "Source", "spans": [[14, 22]]}}
    file = written(tmp_path / "p.jsonl", {"text": doc.text, "T": marked | more})
    outcome = polnear.measure(file, Told(Draft(make_report(doc.text), doc)))  # type: ignore[arg-type]
    assert (outcome["precision"], outcome["recall"]) == (1, 0.5)
    assert outcome.misses[0].startswith("missed: 'Syldavia'")


def test_cameo_ner(tmp_path: Path) -> None:
    file = written(tmp_path / "n.txt", "Borduria B-S", "fined O", "Syldavia B-T", ". O", "", "Rain O", "")
    actor, recipient = (Party("X", None, None, "", span) for span in (Span(0, 8), Span(0, 3)))
    event = replace(make_event("e1"), trigger=Span(9, 14), actors=(actor,), recipients=(recipient,))
    told = Told(draft(event), draft())
    outcome = cameo_ner.measure(file, told)  # type: ignore[arg-type]
    assert told.texts == ["Borduria fined Syldavia.", "Rain"]
    assert (outcome["S F1"], outcome["T F1"], outcome["F1"]) == (1, 0, 0.5)
    assert outcome.misses == ("T is ['Syldavia'], read ['Bor']: Borduria fined Syldavia.",)


def test_cameo_class(tmp_path: Path) -> None:
    file = written(tmp_path / "c.tsv", "Borduria fined Syldavia.\t4\r", "It rained.\t0", "It snowed.\t2")
    event = make_event("e1", trigger=Span(9, 14), codes=Codes("COERCE", None, (), "17", 4, -7.0))
    outcome = cameo_class.measure(file, Told(draft(event), draft(), draft()))  # type: ignore[arg-type]
    assert (outcome["right"], outcome["gold"]) == (2, 3)
    assert outcome["F1 of class 4"] == 1
    assert outcome.misses == ("is 2, read 0: It snowed.",)


WRONG = [
    ("gum_dates", '{"dct": "2009"}\n', "line 1"),
    ("gum_dates", '{"dates": []}\nno json\n', "line 2"),
    ("gum_dates", '{"dct": "May", "dates": []}\n', "line 1"),
    ("gum_dates", "", "found 'nothing'"),
    ("cqe", "[", "line 1"),
    ("cqe", '{"text": ""}', "line 1"),
    ("cqe", '[{"text": "x", "quantities": [{"value": 3}]}]', "entry 1"),
    ("polnear", '{"text": "x"}\n', "line 1"),
    ("polnear", '{"text": "x", "T": {"T1": {"type": "Source"}}}\n', "line 1"),
    ("cameo_ner", "word B-S\nword\n", "line 2"),
    ("cameo_ner", "word X\n", "line 1"),
    ("cameo_class", "a sentence 3\n", "line 1"),
    ("cameo_class", "a sentence\t1\nanother\t9\n", "line 2"),
]


@pytest.mark.parametrize(("name", "content", "where"), WRONG)
def test_a_wrong_form_is_one_clear_line(tmp_path: Path, name: str, content: str, where: str) -> None:
    file = tmp_path / "wrong"
    file.write_text(content, encoding="utf8")
    with pytest.raises(WrongForm) as raised:
        evaluate(name, str(file))
    words = str(raised.value)
    assert raised.value.exit_code == 3
    assert str(file) in words
    assert where.replace("'nothing'", "nothing") in words
    assert "wanted is" in words
    assert "\n" not in words


def test_gzip_is_read_and_a_damaged_one_told(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps([{"text": "$5", "quantities": []}]).encode())
    good, bad = tmp_path / "q.json.gz", tmp_path / "bad.gz"
    good.write_bytes(whole)
    bad.write_bytes(whole[:-9])
    assert evaluate("cqe", str(good))["found"] == 1
    with pytest.raises(InputError, match="damaged gzip"):
        evaluate("cqe", str(bad))


@pytest.mark.parametrize("name", MEASURES)
def test_a_missing_file(name: str) -> None:
    with pytest.raises(MissingInput):
        evaluate(name, "no-such-file")


def test_overlaps_pair_each_once() -> None:
    assert paired([(0, 5), (2, 6)], [(4, 8)]) == [(0, 0)]
    assert paired([(0, 2)], [(2, 4)]) == []
