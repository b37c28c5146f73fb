"""Keeps what was reached: `python -m evaluation.floors [--update] [SET ...]`.

Measures the sets at hand, prints each figure with its floor, and ends with 1 where one has fallen.
`--update` raises floors to what was measured and never lowers one. A change that must lower a
floor is argued in its commit and made by hand in floors.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from evaluation.sets import SETS, Figures, Measured

FLOORS = Path(__file__).parent / "floors.json"
PINNED = (
    "found F1", "strict F1", "found precision", "links", "speakers", "mentions", "accuracy", "class",
    "triple", "F1", "precision", "news accuracy",
)  # fmt: skip
MARGIN = 0.005  # int8 kernels differ between processors; a figure may move by half a point


def fallen(name: str, measured: Figures, floors: dict[str, Figures]) -> list[str]:
    """The figures of a set that lie under their floors."""
    return [
        f"{name}: {figure} is {measured.get(figure, 0.0):.3f}, its floor {floor:.3f}"
        for figure, floor in floors.get(name, {}).items()
        if measured.get(figure, 0.0) < floor - MARGIN
    ]


def raised(name: str, measured: Figures, floors: dict[str, Figures]) -> Figures:
    """The floors of a set after a measuring: the higher of what was and what is."""
    kept = floors.get(name, {})
    pinned = {figure: value for figure, value in measured.items() if figure.startswith(PINNED)}
    return {figure: max(value, kept.get(figure, 0.0)) for figure, value in {**kept, **pinned}.items()}


def at_hand(wanted: list[str]) -> list[Measured]:
    """The sets asked for (all without a name) whose files are on this machine."""
    chosen = [s for s in SETS if not wanted or s.name in wanted]
    for s in chosen:
        if not all(path.exists() for path in s.needs):
            print(f"{s.name}: not on this machine, left out")
    return [s for s in chosen if all(path.exists() for path in s.needs)]


def main(arguments: list[str]) -> int:
    """The command line; see the module's words."""
    floors: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf8")) if FLOORS.exists() else {}
    update = "--update" in arguments
    faults: list[str] = []
    for s in at_hand([a for a in arguments if a != "--update"]):
        measured = s.measure()
        print(s.name, " ".join(f"{figure} {value:.3f}" for figure, value in measured.items()), flush=True)
        faults += fallen(s.name, measured, floors)
        floors[s.name] = raised(s.name, measured, floors)
    if update:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf8")
    print("\n".join(faults) or "no figure is under its floor")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
