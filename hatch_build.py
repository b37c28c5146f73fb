"""The wheel's build: the desk's scripts and styles are built into the package first."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = (
    "CHANCERY_WITHOUT_DESK"  # set to build a wheel without scripts and styles, where npm is out of reach
)


def _builder(root: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", Path(root, "frontend", "build.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the frontend. An installation in place goes on without it, and the desk then says so."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, where it is needed and none is installed."""
        builder = _builder(self.root)
        wanted = not (os.environ.get(WITHOUT) or builder.is_built() or builder.node_on_path())
        return [builder.NODE_FROM_PYPI] if wanted else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build, if something has changed."""
        if os.environ.get(WITHOUT):
            return
        builder = _builder(self.root)
        try:
            builder.build()
        except builder.BuildFailed as failed:
            words = f"the desk's scripts and styles could not be built: {failed}"
            if version != "editable":
                raise SystemExit(f"{words}\nset {WITHOUT}=1 to build without them") from failed
            print(words, file=sys.stderr)
