"""A report: its text on the left, its lines on the right, each judged where it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from chancery.records import ACTS, INSTRUMENTS, STAGE_OF, STATUSES, Stage
from chancery.review import Sheet, SheetLine, sheet
from chancery.web.desk import Desk, TheDesk
from chancery.web.rendering import page
from chancery.web.segments import segments

router = APIRouter()
Only = Literal["all", "doubtful", "unjudged", "judged"]
STAGES: tuple[Stage, ...] = ("done", "ahead", "sought", "refused")
CHOICES = {"acts": ACTS, "instruments": INSTRUMENTS, "statuses": STATUSES}


@router.get("/reports/{report}")
def report_page(
    request: Request,
    desk: TheDesk,
    report: str,
    only: Only = "all",
    stage: Annotated[list[Stage], Query(max_length=4)] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """The whole report."""
    found = sheet(desk.ledger, report)
    shown = tuple(line for line in found.lines if _wanted(line, only, stage))
    values = {
        "sheet": found,
        "lines": shown,
        "segments": list(segments(found.text, (line.event for line in found.lines))),
        "names": desk.names(),
        "only": only,
        "stages": stage,
        "all_stages": STAGES,
        "left": sum(line.doubtful for line in found.lines),
        **CHOICES,
    }
    return page(request, "report.html", values)


def _wanted(line: SheetLine, only: Only, stages: list[Stage]) -> bool:
    fits = {
        "all": True,
        "doubtful": line.doubtful,
        "unjudged": line.state == "read",
        "judged": line.state != "read",
    }
    return fits[only] and (not stages or STAGE_OF[line.event.status] in stages)


def card_values(desk: Desk, found: Sheet, line: SheetLine) -> dict[str, object]:
    """What the card of one line shows."""
    return {"line": line, "sheet": found, "names": desk.names(), **CHOICES}
