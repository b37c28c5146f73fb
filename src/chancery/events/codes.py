"""Codes of the field, derived from act, instrument and status by the codebooks' tables."""

from __future__ import annotations

from chancery.knowledge.code_data import CodeTables, Worded
from chancery.records import Act, Codes, Instrument, Status

_DEMAND = "10"  # CAMEO's root of demands; an appeal has the same second part under 02
_APPEAL = "02"
_UNWORDED = Worded()


def derive(
    act: Act,
    instrument: Instrument | None,
    status: Status,
    tables: CodeTables,
    worded: Worded = _UNWORDED,
) -> Codes:
    """PLOVER event, mode and contexts, CAMEO code, quad class and intensity.

    Quad and intensity are those of the PLOVER event: what was only promised is verbal. `worded` are the
    act's words, where they are known. What is asked for, not demanded, is an appeal to CAMEO.
    """
    sharper = next((w for w in tables.words if w.fits(act, instrument, status, worded)), None)
    base: Act = (sharper.event if sharper is not None else None) or act
    by_status = tables.statuses[status]
    told = by_status.hostile if tables.acts[base].hostile else by_status.friendly
    kept = told == "act" or (base in tables.verbal and told not in ("REQUEST", "REJECT"))
    kept = kept or (sharper is not None and bool(sharper.statuses))
    event: Act = base if kept else told  # type: ignore[assignment]  # "act" is kept
    extra = tables.instruments[instrument] if instrument else None
    final = tables.acts[event]
    cameo = (extra.cameo.get(event) if extra else None) or final.cameo
    if event == "REQUEST" and status != "demanded" and cameo.startswith(_DEMAND):
        cameo = _APPEAL + cameo.removeprefix(_DEMAND)
    if sharper is not None and sharper.cameo is not None and event == base:
        cameo = sharper.cameo
    return Codes(
        event, by_status.mode, extra.contexts if extra else (), cameo, final.quad, final.intensity
    )  # fmt: skip
