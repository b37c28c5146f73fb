"""The application: its parts, in the order a request meets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from threading import Thread

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from chancery.knowledge.actor_data import actor_knowledge
from chancery.ledger import Ledger
from chancery.web import api
from chancery.web.accounts import Accounts
from chancery.web.desk import Desk, DeskOptions, assets_are_built
from chancery.web.failures import add_failures
from chancery.web.guard import Guard
from chancery.web.pages import bargains, entrance, home, judging, lists, reading, report
from chancery.web.queue import Queue
from chancery.web.visitors import visitor_of

_PAGES = (home, report, judging, reading, lists, bargains)


def make_app(ledger: Ledger, options: DeskOptions, accounts: Accounts | None = None) -> FastAPI:
    """A desk on a ledger; it closes both when it ends. Without `accounts` nobody logs in."""
    desk = Desk(ledger, options, accounts, Queue(ledger, options.settings))

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        Thread(target=actor_knowledge, name="chancery knows", daemon=True).start()  # it takes seconds
        yield
        desk.close()

    app = FastAPI(
        title="chancery",
        version=_version(),
        description=api.DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # they load scripts of other sites
        redoc_url=None,
        lifespan=life,
    )
    app.state.desk = desk
    app.add_middleware(Guard, hosts=options.hosts, limit=options.upload_limit)
    add_failures(app)
    if assets_are_built():
        app.mount("/assets", StaticFiles(packages=[("chancery.web", "assets")]), "assets")
    app.include_router(entrance.router, include_in_schema=False)
    for part in _PAGES:
        app.include_router(part.router, include_in_schema=False, dependencies=[Depends(visitor_of)])
    app.include_router(api.router, dependencies=[Depends(visitor_of)])
    return app


def _version() -> str:
    try:
        return metadata.version("chancery")
    except metadata.PackageNotFoundError:
        return "0"
