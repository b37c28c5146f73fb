"""Saved pages of varied make, written by us: our example reports in many layouts, and malformed ones.

Each layout is a function from articles to a page, in the manner of some kind of site (no site's own
markup). `pages()` gives them all with what must be found in them; `broken()` mutations of them. Both are
the same in every run.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PUBLISHERS = ("The Strelsau Gazette", "Syldavian Courier", "Zenda Post", "Borduria Today")


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds."""

    title: str
    publisher: str
    day: date
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page, and the articles that must be found in it; `tells` is what it says of itself."""

    layout: str
    content: bytes
    articles: tuple[Article, ...]
    tells: frozenset[str]


def articles() -> list[Article]:
    """The example reports, each as an article of an invented paper."""
    found = []
    for number, line in enumerate((EXAMPLES / "manifest.jsonl").read_text(encoding="utf8").splitlines()):
        entry = json.loads(line)
        title, *paragraphs = (EXAMPLES / entry["name"]).read_text(encoding="utf8").strip().split("\n\n")
        body = tuple(" ".join(p.split()) for p in paragraphs)
        publisher = PUBLISHERS[number % len(PUBLISHERS)]
        found.append(Article(title, publisher, date.fromisoformat(entry["published"]), body))
    return found


Layout = Callable[[Article], str]
TELLING = frozenset(("title", "publisher", "published"))

NAV = (
    "<nav><ul>"
    + "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("World", "Economy", "Sport", "Opinion"))
    + "</ul></nav>"
)
FOOT = '<footer><p>All rights reserved. <a href="/terms">Terms of use</a> <a href="/privacy">Privacy</a></p></footer>'
RELATED = (
    "<aside><h3>Read more</h3><ul>"
    + "".join(
        f'<li><a href="/s/{i}">{t}</a></li>'
        for i, t in enumerate(
            ("Ferry runs aground off Zenda", "Cup final moved to Friday", "Ten walks for the spring")
        )
    )
    + "</ul></aside>"
)
COOKIES = '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site work. <button>Accept all</button> <button>Settings</button></p></div>'
SHARE = '<div class="share-buttons"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">E-mail</a></div>'
LETTER = '<div class="newsletter-signup"><form><label>Get our morning letter</label><input name="mail"><button>Sign up</button></form></div>'
COMMENTS = '<section id="comments" class="comments"><h2>3 comments</h2><div class="comment"><p>First! What did they expect?</p></div><div class="comment"><p>This paper was better when my father read it.</p></div></section>'


def paragraphs(article: Article) -> str:
    """As <p> elements."""
    return "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in article.paragraphs)


def head(article: Article) -> str:
    """A head with Open Graph metadata."""
    return (
        f'<head><meta charset="utf-8"><title>{escape(article.title)} | {article.publisher}</title>'
        f'<meta property="og:title" content="{escape(article.title)}">'
        f'<meta property="og:site_name" content="{article.publisher}">'
        f'<meta property="article:published_time" content="{article.day}T06:30:00+00:00"></head>'
    )


def plain(a: Article) -> str:
    """A heading and paragraphs."""
    return f"<html><head><title>{escape(a.title)}</title></head><body><h1>{escape(a.title)}</h1>{paragraphs(a)}</body></html>"


def modern(a: Article) -> str:
    """An <article> between navigation and footer."""
    return f"<!doctype html><html>{head(a)}<body>{COOKIES}{NAV}<main><article><h1>{escape(a.title)}</h1>{SHARE}{paragraphs(a)}</article>{RELATED}</main>{FOOT}</body></html>"


def json_ld(a: Article) -> str:
    """All metadata in JSON-LD, text in a div with a class."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": f"{a.day}T06:30:00Z",
        "publisher": {"@type": "Organization", "name": a.publisher},
    }
    return f'<!DOCTYPE html><html><head><title>{escape(a.title)}</title><script type="application/ld+json">{json.dumps(told)}</script></head><body>{NAV}<div class="story"><h1>{escape(a.title)}</h1><div class="story-body">{paragraphs(a)}</div></div>{RELATED}{FOOT}</body></html>'


def tables_of_old(a: Article) -> str:
    """Laid out in tables, as about 1999."""
    rows = "".join(
        f'<font face="Arial" size="2">{escape(p, quote=False)}</font><br><br>' for p in a.paragraphs
    )
    return f'<HTML><HEAD><TITLE>{escape(a.title)}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="640"><TR><TD WIDTH="120"><A HREF="w.htm">World</A><BR><A HREF="s.htm">Sport</A></TD><TD><H1>{escape(a.title)}</H1>{rows}</TD></TR></TABLE></BODY></HTML>'


def breaks(a: Article) -> str:
    """Paragraphs kept apart by <br>."""
    body = "<br><br>\n".join(escape(p, quote=False) for p in a.paragraphs)
    return f'<html><head><title>{escape(a.title)} - {a.publisher}</title></head><body><div id="menu"><a href="/">Home</a> | <a href="/w">World</a></div><h2>{escape(a.title)}</h2><div class="content">{body}</div></body></html>'


def blog(a: Article) -> str:
    """A blog's page with comments and a side bar."""
    return f'<!doctype html><html>{head(a)}<body><div id="page"><header>{NAV}</header><div id="primary"><article class="post"><header class="entry-header"><h1 class="entry-title">{escape(a.title)}</h1><div class="entry-meta"><time class="entry-date" datetime="{a.day}T06:30:00+00:00">{a.day:%d %B %Y}</time></div></header><div class="entry-content">{paragraphs(a)}{SHARE}</div></article>{COMMENTS}</div><div id="secondary" class="sidebar">{RELATED}</div>{FOOT}</div></body></html>'


def pictures(a: Article) -> str:
    """Figures with captions, a letter to sign up for, and adverts between paragraphs."""
    parts = [f"<p>{escape(p, quote=False)}</p>" for p in a.paragraphs]
    parts.insert(1, '<figure><img src="a.jpg" alt=""><figcaption>Photo: a harbour</figcaption></figure>')
    parts.insert(3, f'<div class="ad">Advertisement</div>{LETTER}')
    return f'<!doctype html><html>{head(a)}<body>{NAV}<main class="article"><h1>{escape(a.title)}</h1><div class="article-body">{"".join(parts)}</div></main>{FOOT}</body></html>'


def preformatted(a: Article) -> str:
    """A wire service's text in <pre>, its lines broken."""
    body = "\n\n".join(_wrapped(p) for p in a.paragraphs)
    return f"<html><head><title>{escape(a.title)}</title></head><body><h1>{escape(a.title)}</h1><pre>{escape(body, quote=False)}</pre></body></html>"


def _wrapped(text: str) -> str:
    return re.sub(r"(.{50,70}?) ", r"\1\n", text)


def teasers(a: Article) -> str:
    """One article, and teasers of others that are <article> elements too."""
    cards = "".join(
        f'<article class="card"><h3><a href="/{i}">{t}</a></h3><p>{s}</p></article>'
        for i, (t, s) in enumerate(
            (("Ferry aground", "Nobody was hurt off Zenda."), ("Cup final moved", "It will be on Friday."))
        )
    )
    return f'<!doctype html><html>{head(a)}<body>{NAV}<article class="main"><h1>{escape(a.title)}</h1>{paragraphs(a)}</article><section class="more">{cards}</section>{FOOT}</body></html>'


def amp(a: Article) -> str:
    """An AMP page."""
    return f'<!doctype html><html amp>{head(a)}<body><amp-sidebar>{NAV}</amp-sidebar><article><header><h1>{escape(a.title)}</h1></header><amp-img src="a.jpg" width="4" height="3"></amp-img>{paragraphs(a)}<amp-ad width="300" height="250"></amp-ad></article>{FOOT}</body></html>'


def xhtml(a: Article) -> str:
    """XHTML with an XML declaration."""
    body = paragraphs(a).replace("<p>", '<p class="text">')
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{escape(a.title)}</title><meta name="DC.date.issued" content="{a.day}" /></head><body><div id="wrap"><div id="nav">{NAV}</div><div id="content"><h1>{escape(a.title)}</h1>{body}</div></div></body></html>'


def unclosed(a: Article) -> str:
    """No html element, nothing closed."""
    return f"<title>{escape(a.title)}</title><h1>{escape(a.title)}<p>" + "<p>".join(
        escape(p, quote=False) for p in a.paragraphs
    )


def print_version(a: Article) -> str:
    """A page for printing, its day in words below the heading."""
    return f'<html><head><title>{escape(a.title)} (print version)</title><meta name="date" content="{a.day}"></head><body onload="window.print()"><div class="print"><h1>{escape(a.title)}</h1><p class="dateline">{a.day:%d %B %Y}</p>{paragraphs(a)}<hr><p>Printed from {a.publisher}</p></div></body></html>'


def linked(a: Article) -> str:
    """Links, emphasis and entities within paragraphs, and subheadings between them."""
    parts = []
    for number, paragraph in enumerate(a.paragraphs):
        first, space, rest = escape(paragraph, quote=False).partition(" ")
        parts.append(
            f'<p><a href="/t/{number}">{first}</a>{space}<em>{rest[:12]}</em>{rest[12:].replace("’", "&rsquo;")}</p>'
        )
    return f"<!doctype html><html>{head(a)}<body>{NAV}<article><h1>{escape(a.title)}</h1>{''.join(parts)}</article>{FOOT}</body></html>"


def scripted(a: Article) -> str:
    """A page of a script's making, with its state beside it."""
    state = json.dumps({"page": {"title": a.title, "sections": ["World", "Sport"] * 200}})
    return f'<!doctype html><html>{head(a)}<body><div id="root"><div class="css-1x"><div class="css-2y"><h1 class="css-3z">{escape(a.title)}</h1><div class="css-4w"><div>{paragraphs(a)}</div></div></div></div></div><script>window.__STATE__={state}</script><style>.css-1x{{color:red}}</style></body></html>'


ONE: tuple[tuple[Layout, frozenset[str]], ...] = (
    (plain, frozenset(("title",))),
    (modern, TELLING),
    (json_ld, TELLING),
    (tables_of_old, frozenset(("title",))),
    (breaks, frozenset(("title",))),
    (blog, TELLING),
    (pictures, TELLING),
    (preformatted, frozenset(("title",))),
    (teasers, TELLING),
    (amp, TELLING),
    (xhtml, frozenset(("title", "published"))),
    (unclosed, frozenset(("title",))),
    (print_version, frozenset(("title", "published"))),
    (linked, TELLING),
    (scripted, TELLING),
)


def two_articles(one: Article, other: Article) -> str:
    """A front page with two whole articles, each with its own day."""
    made = "".join(
        f'<article><h2>{escape(a.title)}</h2><time datetime="{a.day}">{a.day:%d %B}</time>{paragraphs(a)}</article>'
        for a in (one, other)
    )
    return f'<!doctype html><html><head><meta charset="utf-8"><title>Today</title><meta property="og:site_name" content="{one.publisher}"></head><body>{NAV}<main>{made}</main>{FOOT}</body></html>'


def pages() -> Iterator[SavedPage]:
    """All of them: each article in each layout, some in older character sets, and pages of two."""
    every = articles()
    for layout, tells in ONE:
        for number, article in enumerate(every):
            text = layout(article)
            charset = ("utf-8", "utf-8", "windows-1252")[number % 3] if layout is not xhtml else "utf-8"
            if charset != "utf-8":
                text = text.replace('<meta charset="utf-8">', f'<meta charset="{charset}">')
            content = text.encode(charset, "xmlcharrefreplace")
            yield SavedPage(layout.__name__, content, (article,), tells)
    for one, other in pairwise(every):
        content = two_articles(one, other).encode()
        yield SavedPage("two_articles", content, (one, other), frozenset(("title", "published")))


def broken(count: int, seed: int = 1) -> Iterator[bytes]:
    """That many pages with bytes lost, doubled, changed or moved."""
    chance = random.Random(seed)  # noqa: S311 (the same pages in each run)
    whole = [page.content for page in pages()]
    for _ in range(count):
        content = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            _mutate(content, chance)
        yield bytes(content)


def _mutate(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    end = min(len(content), at + chance.choice((1, 3, 20, 500)))
    match chance.randrange(6):
        case 0:
            del content[at:end]
        case 1:
            content[at:at] = content[at:end] * chance.choice((1, 2, 50))
        case 2:
            content[at:end] = chance.randbytes(end - at)
        case 3:
            content[at:at] = chance.choice(PIECES)
        case 4:
            del content[at:]
        case 5:
            content[at:at] = chance.choice(PIECES) * 300


PIECES = (
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"<div>",
    b"</div>",
    b"</p>",
    b"<table><tr>",
    b"<script>",
    b"<article>",
    b"<h1>",
    b'<meta charset="utf-16">',
    b'<meta charset="unicode_escape">',
    b"<time datetime=9999-99-99>",
    b"<svg><math>",
    b"<plaintext>",
    b"<textarea>",
    b'<script type="application/ld+json">{"@type":',
    b"\xe2\x80\xae",
    b"<base href=javascript:0>",
    b"<p" + b" a" * 50,
)
