"""Settings: one frozen value, made once at the edge (cli, tests) and handed down.

Environment variables (`CHANCERY_LEDGER`, `CHANCERY_THREADS`, `CHANCERY_PROVIDER`, `CHANCERY_SYNTAX`,
`CHANCERY_KNOWLEDGE`, `CHANCERY_ORIGINALS`) give defaults; options override them. Proxies are named as
other programs name them: `https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in either case.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from chancery.errors import UsageError

DEFAULT_LEDGER = "chancery.db"
MAX_REPORT_CHARACTERS = 2_000_000  # ten novels; more is an archive, not a report
MAX_INPUT_BYTES = 64_000_000  # of one page, paper, mail; archives and lines are read in pieces


@dataclass(frozen=True, slots=True)
class Settings:
    """`ledger`: path or SQLAlchemy URL; `threads`: of the model, 0 for all cores.

    `provider`: what ONNX Runtime runs the model on (language.load), or "" for the processor;
    `syntax`: another Universal Dependencies pipeline in the place of ours (language.load), or "".
    `knowledge`: a folder of the user's own actors, names and people (knowledge/own.py), or "";
    `originals`: the folder that keeps pages' own bytes, "" for one beside the ledger, "none" for none;
    `allow_private`: fetch also from addresses of this machine and its own network; `http_proxy` and
    `https_proxy`: through what to fetch, or ""; `no_proxy`: hosts, with commas between, to ask directly.
    """

    ledger: str = DEFAULT_LEDGER
    threads: int = 0
    provider: str = ""
    syntax: str = ""
    knowledge: str = ""
    originals: str = ""
    min_confidence: float = 0.0
    max_report_characters: int = MAX_REPORT_CHARACTERS
    max_input_bytes: int = MAX_INPUT_BYTES
    allow_private: bool = False
    http_proxy: str = ""
    https_proxy: str = ""
    no_proxy: str = ""


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `CHANCERY_*` variables. Raises `UsageError` on a value that is no number."""
    env = os.environ if environment is None else environment
    threads = env.get("CHANCERY_THREADS", "0")
    if not threads.isdigit():
        raise UsageError(f"CHANCERY_THREADS must be a whole number, not {threads!r}")
    return Settings(
        ledger=env.get("CHANCERY_LEDGER", DEFAULT_LEDGER),
        threads=int(threads),
        provider=env.get("CHANCERY_PROVIDER", ""),
        syntax=env.get("CHANCERY_SYNTAX", ""),
        knowledge=env.get("CHANCERY_KNOWLEDGE", ""),
        originals=env.get("CHANCERY_ORIGINALS", ""),
        # a server that runs programs for its pages names a visitor's header so
        http_proxy="" if "REQUEST_METHOD" in env else _named(env, "http_proxy", "all_proxy"),
        https_proxy=_named(env, "https_proxy", "all_proxy"),
        no_proxy=_named(env, "no_proxy"),
    )


def _named(env: Mapping[str, str], *names: str) -> str:
    """The first of these variables that is set, in small letters or capitals."""
    return next((found for name in names if (found := env.get(name) or env.get(name.upper()))), "")
