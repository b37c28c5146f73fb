"""The desk: the ledger in a browser, and its REST API."""

from chancery.web.accounts import Account, Accounts, Role, open_accounts
from chancery.web.app import make_app
from chancery.web.desk import DeskOptions, assets_are_built

__all__ = [
    "Account",
    "Accounts",
    "DeskOptions",
    "Role",
    "assets_are_built",
    "make_app",
    "open_accounts",
]
