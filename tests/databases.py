"""Places for ledgers of tests on a PostgreSQL server: each a schema of its own, gone afterwards."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url

SERVER = os.environ.get("CHANCERY_TEST_POSTGRES") or None
WITHOUT_SERVER = "CHANCERY_TEST_POSTGRES names no server; `.ci/postgres make test` starts one"


@contextmanager
def server_place(server: str) -> Iterator[str]:
    """The URL of an empty schema of the server's database."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        url = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
        yield url.render_as_string(hide_password=False)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    finally:
        engine.dispose()
