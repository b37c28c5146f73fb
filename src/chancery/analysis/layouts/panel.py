"""Dyad-months: counts and intensities, with a row for every month of every pair that deals at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from chancery.analysis.layouts.chosen import Chosen, day_of, dyads
from chancery.analysis.layouts.files import Row
from chancery.analysis.stages import STAGE_OF
from chancery.records import Event, Stage

Month = int  # months since the year 0: comparable, and the next one is one more

_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_STAGES: tuple[Stage, ...] = ("done", "ahead", "sought", "refused")


@dataclass(slots=True)
class _Count:
    events: int = 0
    quads: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    stages: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0))
    intensity: float = 0.0

    def add(self, event: Event) -> None:
        self.events += 1
        self.quads[event.codes.quad - 1] += 1
        self.stages[STAGE_OF[event.status]] += 1
        self.intensity += event.codes.intensity


def panel_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `panel`, by actor, recipient, month."""
    counts: dict[tuple[str, str], dict[Month, _Count]] = defaultdict(lambda: defaultdict(_Count))
    for line in chosen.lines:
        day = day_of(line)
        assert day is not None  # the undated were left out
        for pair in sorted({(a.id, b.id) for a, b in dyads(line.event)}):
            counts[pair][day.year * 12 + day.month - 1].add(line.event)
    months = [month for found in counts.values() for month in found]
    if not months:
        return
    nothing = _Count()
    for (actor, recipient), found in sorted(counts.items()):
        for month in range(min(months), max(months) + 1):
            yield _row(actor, recipient, month, found.get(month, nothing))


def _row(actor: str, recipient: str, month: Month, count: _Count) -> Row:
    return {
        "actor": actor,
        "recipient": recipient,
        "month": f"{month // 12:04}-{month % 12 + 1:02}",
        "events": count.events,
        **dict(zip(_QUADS, count.quads, strict=True)),
        **{stage: count.stages[stage] for stage in _STAGES},
        "intensity_sum": round(count.intensity, 6),
        "intensity_mean": round(count.intensity / count.events, 6) if count.events else None,
    }
