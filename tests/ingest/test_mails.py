"""E-mail: the message, what is attached to it, and mailboxes."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from chancery.errors import InputError
from chancery.ingest import load
from chancery.ingest.opening import reports_in
from chancery.ingest.raw import Raw
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.papers import paper

BODY = (
    "The envoy of Ruritania left Strelsau on Monday.\n\nHe will be back in May for another round of talks.\n"
)
LIMITS = Settings(max_report_characters=10_000)


def mail(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    told = {
        "Subject": "Envoy leaves",
        "From": "Zenda Post <desk@zenda.example>",
        "Date": "Mon, 26 Oct 2009 08:00:00 +0200",
    }
    for name, value in (told | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def read(content: bytes, name: str = "a.eml") -> list[Report | InputError]:
    return list(reports_in(Raw(content, name, name), LIMITS))


def only(content: bytes) -> Report:
    (report,) = read(content)
    assert isinstance(report, Report)
    return report


def test_a_mail_is_a_report() -> None:
    report = only(mail().as_bytes())
    assert (report.title, report.publisher, report.published) == (
        "Envoy leaves",
        "Zenda Post",
        date(2009, 10, 26),
    )
    assert report.text == BODY.strip("\n")
    assert report.file == "a.eml"


def test_plain_text_goes_before_html_and_html_is_read_where_it_is_alone() -> None:
    message = mail()
    message.add_alternative(f"<html><body><p>{BODY} In HTML.</p></body></html>", subtype="html")
    assert "HTML" not in only(message.as_bytes()).text
    alone = mail()
    alone.set_content(f"<html><body><p>{BODY}</p><p>In HTML.</p></body></html>", subtype="html")
    assert only(alone.as_bytes()).text.endswith("In HTML.")


def test_what_is_attached_is_a_report_of_its_own() -> None:
    message = mail()
    message.add_attachment(
        paper("Loan agreed", ["Two billion crowns for Graustark."]), "application", "pdf", filename="l.pdf"
    )
    message.add_attachment(b"\x89PNG", "image", "png", filename="p.png")
    message.add_attachment(mail("A mail in the mail.\n", Subject="Inner"))
    files = [(r.file, r.title) for r in read(message.as_bytes()) if isinstance(r, Report)]
    assert files == [("a.eml", "Envoy leaves"), ("a.eml#l.pdf", "Loan agreed"), ("a.eml#mail 2", "Inner")]


def test_mails_in_mails_end_somewhere() -> None:
    message = mail("The innermost.\n")
    for _ in range(40):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    assert 1 < len(read(message.as_bytes())) < 10


def test_a_wrong_date_is_a_doubt() -> None:
    content = mail().as_bytes().replace(b"Mon, 26 Oct 2009 08:00:00 +0200", b"Mon, 99 Oct 20xx")
    report = only(content)
    assert report.published is None
    assert [f.kind for f in report.doubts] == ["unknown_date"]


def test_a_mailbox_is_its_mails(tmp_path: Path) -> None:
    box = b"".join(
        b"From desk Mon Oct 26 08:00:00 2009\n" + mail(f"Mail {n} tells of talks.\n").as_bytes() + b"\n"
        for n in (1, 2)
    )
    (tmp_path / "a.mbox").write_bytes(box)
    items = list(load([str(tmp_path / "a.mbox")], published=None, settings=LIMITS))
    assert [i.file for i in items if isinstance(i, Report)] == ["a.mbox#1", "a.mbox#2"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"no header at all, only words in a line\n", "cannot be read as an e-mail (no header)"),
        (b"Subject: x\n\n", "is an e-mail in which no text was found"),
        (b"Subject: x\nContent-Transfer-Encoding: base64\n\n!!!\n", "no text"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhello\n" * 300, "200 are allowed"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, told: str) -> None:
    (error,) = read(content)
    assert isinstance(error, InputError)
    assert told in str(error)
