"""The program: its commands in the order of its help, and how every error ends.

Commands import the rooms they need when they run, so that `--help` and a wrong option answer at
once instead of after loading a model.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from chancery.cli.actors import list_actors
from chancery.cli.backup import back_up
from chancery.cli.beside import list_differences, reconcile_reports
from chancery.cli.brief import show_brief
from chancery.cli.code import code_archive
from chancery.cli.codebook import show_codebook
from chancery.cli.deals import list_deals, show_deal
from chancery.cli.demo import run_demo
from chancery.cli.evaluate import evaluate_file
from chancery.cli.events import list_events
from chancery.cli.exchange import show_exchange
from chancery.cli.export import export_events
from chancery.cli.gold import import_gold
from chancery.cli.judge import judge_line
from chancery.cli.judgements import list_judgements, show_agreement
from chancery.cli.knowledge import manage_knowledge
from chancery.cli.load import load_dataset
from chancery.cli.log import show_log
from chancery.cli.promises import list_promises
from chancery.cli.read import read_files
from chancery.cli.reports import list_reports
from chancery.cli.review import review_lines
from chancery.cli.screen import complain
from chancery.cli.serve import serve_desk
from chancery.cli.show import show_event
from chancery.cli.timeline import show_timeline
from chancery.cli.user import manage_users
from chancery.cli.watch import watch_feeds
from chancery.errors import ChanceryError

INTERRUPTED = 130  # what a shell reports for a program ended by Ctrl-C, ...
PIPE_CLOSED = 141  # ... and for one whose reader (`| head`) went away


class Program(TyperGroup):
    """Runs a command; each error we raise on purpose ends as one line and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises `typer.Exit` with the code of what went wrong."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # here, where a closed pipe can still be met quietly
        except ChanceryError as error:
            complain(str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _stop_writing()
            raise typer.Exit(PIPE_CLOSED) from None


def _stop_writing() -> None:
    """Let Python's own last flush go nowhere."""
    with suppress(io.UnsupportedOperation, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    name="chancery",
    cls=Program,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chancery demo",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chancery {_number()}")
        raise typer.Exit


def _number() -> str:
    try:
        return metadata.version("chancery")
    except metadata.PackageNotFoundError:
        return "(run from its source, not installed)"


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Reads news reports on dealings between states and keeps a ledger of them."""


app.command("read", epilog="Example: chancery read report.txt --published 2009-10-26")(read_files)
app.command("watch", epilog="Example: chancery watch feeds.toml --once")(watch_feeds)
app.command("brief", epilog="Example: chancery brief --ledger chancery.db")(show_brief)
app.command("events", epilog="Example: chancery events --between RUS VEN --instrument loan")(list_events)
app.command("show", epilog="Example: chancery show e76511ad")(show_event)
app.command("timeline", epilog="Example: chancery timeline --actor ECU --with RUS")(show_timeline)
app.command("differences", epilog="Example: chancery differences --actor ECU --with RUS")(list_differences)
app.command("reports", epilog="Example: chancery reports --format csv")(list_reports)
app.command("actors", epilog="Example: chancery actors --actor ECU")(list_actors)
app.command("promises", epilog="Example: chancery promises --overdue --actor RUS")(list_promises)
app.command("deals", epilog="Example: chancery deals --instrument arms --with-amount")(list_deals)
app.command("deal", epilog="Example: chancery deal d16484745a7")(show_deal)
app.command("exchange", epilog="Example: chancery exchange --give loan,grant,arms,energy --take recognition")(
    show_exchange
)
app.command("log", epilog="Example: chancery log --limit 20")(show_log)
app.command("review", epilog="Example: chancery review --reviewer Ann")(review_lines)
app.command("judge", epilog="Example: chancery judge correct e76511ad --set status=promised --why 'will'")(
    judge_line
)
app.command("judgements", epilog="Example: chancery judgements --export judged.jsonl")(list_judgements)
app.command("agreement", epilog="Example: chancery agreement Ann Bob")(show_agreement)
app.command("codebook", epilog="Example: chancery codebook --pdf codebook.pdf")(show_codebook)
app.command("export", epilog="Example: chancery export --layout polecat out.txt --since 2009-01-01")(
    export_events
)
app.command("reconcile", epilog="Example: chancery reconcile --again")(reconcile_reports)
app.command("serve", epilog="Example: chancery serve --ledger chancery.db")(serve_desk)
app.command("user", epilog="Example: chancery user add Ann --role reviewer")(manage_users)
app.command("backup", epilog="Example: chancery backup copy.db")(back_up)
app.command(
    "code", epilog="Example: chancery code items.jsonl.gz coded --date-field date --publisher 'The Daily'"
)(code_archive)
ledger = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Work on a whole ledger.",
    epilog="Example: chancery ledger load coded --ledger mine.db",
)
ledger.command("load", epilog="Example: chancery ledger load coded --ledger mine.db")(load_dataset)
app.add_typer(ledger, name="ledger")
app.command("knowledge", epilog="Example: chancery knowledge check our-actors")(manage_knowledge)
app.command("gold", epilog="Example: chancery gold tasks.json --out gold.jsonl")(import_gold)
app.command("evaluate", epilog="Example: chancery evaluate gum_dates dates.jsonl --misses 20")(evaluate_file)
app.command("demo", epilog="Example: chancery demo --ledger demo.db")(run_demo)


def main() -> None:
    """The entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter
    app()
