"""The newsletter's issues as mails; their pages are made like those of any entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address

from markupsafe import Markup

from ecoteca.catalogue import Record
from ecoteca.cleaning import travelling
from ecoteca.entries import Issue
from ecoteca.news import MORNING, ROME
from ecoteca.outputs.mails import BY_HAND, MOST_BYTES, SERVICES, Service, inert, inlined, message
from ecoteca.pages.rendering import Renderer
from ecoteca.plain_text import plain_text
from ecoteca.problems import Problem

MAIL_HTML, MAIL_TEXT, MAIL_FILE = "mail.html", "mail.txt", "newsletter.eml"
"""The names of an issue's mails, below its page."""


def mail_body(record: Record, renderer: Renderer) -> str:
    """What an issue says, introduction first, as HTML that can be read anywhere."""
    context = {"record": record, "entry": record.entry, "by_id": renderer.catalogue.by_id}
    html = str(renderer.body(record)) + renderer.render("newsletter/content.html", record.url, context)
    return travelling(html, renderer.settings.absolute(record.url))


def mail_files(renderer: Renderer) -> dict[str, bytes]:
    """The mails of every issue by address: for the service in the settings, and as a message to be sent by hand.

    The plain text begins with a byte order mark, without which browsers that are told no encoding take it for Latin-1.
    """
    files: dict[str, bytes] = {}
    settings = renderer.settings
    for record in renderer.catalogue.of(Issue):
        issue = record.entry
        assert isinstance(issue, Issue)
        content = Markup(inert(mail_body(record, renderer)))
        html, text = _mail(record, content, renderer, SERVICES[settings.mail_service])
        files[record.url + MAIL_HTML], files[record.url + MAIL_TEXT] = html.encode(), text.encode("utf-8-sig")
        html, text = _mail(record, content, renderer, BY_HAND)
        when = datetime.combine(issue.date, MORNING, ROME)
        name = f"{issue.id}@{settings.authority.partition(',')[0]}"
        sender = Address(settings.office, addr_spec=settings.mail_from)
        files[record.url + MAIL_FILE] = message(issue.title, sender, when, name, text, html)
    return files


def too_heavy(files: Mapping[str, bytes], renderer: Renderer) -> tuple[Problem, ...]:
    """The issues whose mail would be cut off by who receives it."""
    fix = "Togli qualche notizia o accorcia i testi."
    return tuple(
        Problem(record.path, 1, "sections", f"la mail supera {MOST_BYTES // 1000} kB", f"{size // 1000} kB", fix)
        for record in renderer.catalogue.of(Issue)
        if (size := len(files.get(record.url + MAIL_HTML, b""))) > MOST_BYTES
    )


def _mail(record: Record, content: Markup, renderer: Renderer, service: Service) -> tuple[str, str]:
    """One issue for one way of sending: HTML, and plain text."""
    entry, page = record.entry, renderer.settings.absolute(record.url)
    context = {
        "entry": entry,
        "page": page,
        "title": inert(entry.title),
        "preheader": inert(entry.summary),
        "content": content,
        "service": service,
    }
    html = inlined(renderer.render("newsletter/mail.html", record.url, context))
    return html, plain_text(renderer.render("newsletter/letter.html", record.url, context))
