"""Exports in the layouts that others load: each a documented mapping, with its losses stated.

The columns, their meanings and the losses are data (`knowledge/layouts`); here are the mappings.
"""

from chancery.analysis.layouts.cells import unguarded
from chancery.analysis.layouts.export import Exported, export
from chancery.analysis.layouts.files import Style

__all__ = ["Exported", "Style", "export", "unguarded"]
