"""The seven tables: every reading comes back from them, also through a Parquet file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from chancery.errors import ContractError
from chancery.records import Reading
from chancery.tables import TABLES, Rows, TableName, arrow_schema, reading_of, reading_rows, to_arrow
from tests.factories import full_reading, make_event, make_reading
from tests.readings import readings


def _through_arrow(rows: Rows) -> Rows:
    return {name: to_arrow(name, rows[name]).to_pylist() for name in TABLES}


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(readings)
def test_a_reading_comes_back_from_its_tables(reading: Reading) -> None:
    assert reading_of(_through_arrow(reading_rows(reading))) == reading


@pytest.mark.parametrize("name", TABLES)
def test_a_table_goes_through_parquet_with_its_meanings(name: TableName, tmp_path: Path) -> None:
    table = to_arrow(name, reading_rows(full_reading())[name])
    pq.write_table(table, tmp_path / "t.parquet")
    back = pq.read_table(tmp_path / "t.parquet")
    assert back == table
    assert back.num_rows > 0
    assert all(field.metadata[b"meaning"] for field in back.schema)
    assert back.schema.metadata[b"chancery.table"] == name.encode()


def test_rows_have_just_the_columns() -> None:
    for name, rows in reading_rows(full_reading()).items():
        assert all(set(row) == {c.name for c in TABLES[name].columns} for row in rows)


def test_an_empty_table_has_its_schema() -> None:
    assert to_arrow("links", []).schema == arrow_schema("links")


def test_what_is_no_text_becomes_a_replacement_character() -> None:
    rows = reading_rows(make_reading([make_event("a1", trigger_text="re\udc80cognized")]))
    assert to_arrow("events", rows["events"])["trigger"].to_pylist() == [
        "re\N{REPLACEMENT CHARACTER}cognized"
    ]


def test_a_value_that_must_be_there_is_missed(tmp_path: Path) -> None:
    rows = reading_rows(full_reading())
    table = to_arrow("events", [{**rows["events"][0], "act": None}])
    with pytest.raises(pa.ArrowInvalid, match="non-nullable"):
        pq.write_table(table, tmp_path / "t.parquet")


def test_a_word_outside_the_codebook_is_refused() -> None:
    rows = dict(reading_rows(full_reading()))
    rows["events"] = [{**rows["events"][0], "act": "HUG"}]
    with pytest.raises(ContractError, match="'HUG' is not a word of the codebook"):
        reading_of(rows)
