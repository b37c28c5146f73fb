"""Codes of the field, derived from act, instrument and status by the codebooks' tables."""

from __future__ import annotations

from chancery.knowledge.code_data import CodeTables
from chancery.records import Act, Codes, Instrument, Status


def derive(act: Act, instrument: Instrument | None, status: Status, tables: CodeTables) -> Codes:
    """PLOVER event, mode and contexts, CAMEO code, quad class and intensity.

    Quad and intensity are those of the PLOVER event: what was only promised is verbal.
    """
    row = tables.acts[act]
    by_status = tables.statuses[status]
    told = by_status.hostile if row.hostile else by_status.friendly
    kept = told == "act" or (act in tables.verbal and told not in ("REQUEST", "REJECT"))
    event: str = act if kept else told
    extra = tables.instruments[instrument] if instrument else None
    final = tables.acts[event]
    sharper = extra.cameo.get(event) if extra else None  # type: ignore[call-overload]
    return Codes(
        event, by_status.mode, extra.contexts if extra else (), sharper or final.cameo,
        final.quad, final.intensity,
    )  # fmt: skip
