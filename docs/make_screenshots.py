"""Writes docs/screenshots: each page of the desk on the example reports, light, dark and narrow.

    chancery demo --ledger examples.db
    python docs/make_screenshots.py examples.db

Needs Chromium (CHROMIUM names one, else `chromium` on the path) and the extra `dev`. PNGs have a palette
of few colours, so that they stay small.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from chancery.ledger import open_ledger
from chancery.reconcile import reconcile
from chancery.settings import Settings
from chancery.web import DeskOptions, make_app

FOLDER = Path(__file__).with_name("screenshots")
KINDS = {"light": (1280, 860, "light"), "dark": (1280, 860, "dark"), "narrow": (400, 860, "light")}


@contextmanager
def served(place: str) -> Iterator[str]:
    """A desk on that ledger, in a thread."""
    options = DeskOptions(Settings(ledger=place), "Ann", "secret of a picture")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(open_ledger(place), options), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def pages(address: str) -> dict[str, str]:
    """Names and paths of the pages, on what the ledger holds."""
    ask = httpx.Client(base_url=address, timeout=120)
    report = ask.get("/api/search?q=Sukhumi").json()["reports"][0]["id"]
    line = ask.get("/api/events?actor=NIC&instrument=recognition").json()["events"][0]["id"]
    deals = ask.get("/api/deals?limit=500").json()["rows"]
    deal = next((d for d in deals if d["returns"] and d["amounts"]), deals[0])["deal"]
    promises = ask.get("/api/promises?limit=500").json()["rows"]
    promise = max(promises, key=lambda p: len(p["steps"]))["promise"]
    return {
        "home": "/", "report": f"/reports/{report}", "line": f"/lines/{line}", "lines": "/lines?party=RUS",
        "actor": "/actors/RUS", "pair": "/pairs/RUS/NIC", "deals": "/deals", "deal": f"/deals/{deal}",
        "promises": "/promises", "promise": f"/promises/{promise}", "differences": "/differences",
        "explore": "/explore", "log": "/log",
    }  # fmt: skip


def shoot(browser: Browser, address: str, name: str, path: str) -> None:
    """One page in all its kinds."""
    for kind, (width, height, scheme) in KINDS.items():
        page = browser.new_page(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.goto(path)
        if name == "explore":
            page.wait_for_selector("[data-drawn]")
            page.wait_for_timeout(500)
            page.evaluate("document.querySelector('#timeline').scrollIntoView()")
        if name == "report":
            page.keyboard.press("n")
        target = FOLDER / f"{name}-{kind}.png"
        page.screenshot(path=target, full_page=False)
        small(target)
        page.close()


def small(picture: Path) -> None:
    """With a palette; pictures of text lose nothing one sees."""
    with Image.open(picture) as found:
        made = found.convert("RGB").quantize(48)
    made.save(picture, optimize=True)


def main(source: str) -> None:
    """All pages, on a copy of the ledger."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "chancery.db"))
        shutil.copy(source, place)
        with open_ledger(place) as ledger:
            reconcile(ledger)
        with served(place) as address, sync_playwright() as playwright:
            chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, path in pages(address).items():
                shoot(browser, address, name, path)
            browser.close()
    size = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {size / 1e6:.1f} MB, in {FOLDER}")


if __name__ == "__main__":
    main(sys.argv[1])
