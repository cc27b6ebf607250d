"""The newsletter as mail: one text in two forms, in the shape that each service takes, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from typing import Any

import pytest

from ecoteca.cleaning import travelling
from ecoteca.outputs.mails import MOST_BYTES, SERVICES, inlined, message
from ecoteca.pages.feed_pages import channels
from ecoteca.pages.newsletter_pages import mail_files, too_heavy
from ecoteca.pages.rendering import Renderer
from ecoteca.settings import Settings
from portals import Html, one_line
from support import ROOT, SETTINGS, TODAY, Project

LONG = "Una frase lunga che racconta con molte parole quello che poche parole direbbero meglio. " * 16


def mails(project: Project, settings: Settings = SETTINGS) -> Mapping[str, str]:
    """The mails of the one issue of a project, by the ends of their names."""
    files = mail_files(Renderer(ROOT, project.catalogue(), settings, TODAY))
    return {name.rpartition(".")[2]: content.decode("utf-8-sig") for name, content in files.items()}


@pytest.fixture
def issue(project: Project) -> Project:
    """An issue with a text of its own, two pieces of news, one of them pinned, a deadline."""
    project.add("adempimenti", "mud")
    pieces = [
        {"about": "mud", "title": "Prima", "text": "Il testo."},
        {"about": "mud", "title": "Seconda & ultima", "pinned": True},
    ]
    due = {"about": "mud", "day": TODAY, "what": "Presentare il MUD", "concerns": "chi ha rifiuti"}
    body = "Care imprese, ecco il [MUD](../adempimenti/mud.md)[^1].\n\n[^1]: Una nota.\n"
    project.add("newsletter", "2026-01", body, sections=[{"title": "Rifiuti", "items": pieces}], deadlines=[due])
    return project


def test_html_and_text_say_the_same(issue: Project) -> None:
    made = mails(issue)
    in_html = [word for word in Html(made["html"].partition("</h1>")[2]).text.split() if word.isalpha()]
    in_text = [word for word in made["txt"].partition("Una scheda di prova")[2].split() if word.isalpha()]
    assert {*in_html} - {*in_text} == set()


def test_what_is_pinned_stands_on_top_and_only_there(issue: Project) -> None:
    text = mails(issue)["txt"]
    order = [
        text.index(words)
        for words in ("Care imprese", "In primo piano", "Seconda & ultima", "Rifiuti", "Prima", "Che cosa scade")
    ]
    assert order == sorted(order)
    assert text.count("Seconda & ultima") == 1


def test_a_browser_that_is_told_no_encoding_reads_the_text(issue: Project) -> None:
    files = mail_files(Renderer(ROOT, issue.catalogue(), SETTINGS, TODAY))
    assert [content[:3] for name, content in files.items() if name.endswith(".txt")] == [b"\xef\xbb\xbf"]


def test_every_link_is_complete(issue: Project) -> None:
    made = mails(issue)
    for tag in Html(made["html"]).having("href", "a"):
        assert tag["href"].startswith("https://ecoteca.example/"), tag
    assert "(https://ecoteca.example/adempimenti/mud/)" in one_line(made["txt"])


def test_styles_are_in_the_tags_and_only_dark_and_narrow_screens_have_rules(issue: Project) -> None:
    html = mails(issue)["html"]
    head, body = html.split("</head>")
    assert "prefers-color-scheme: dark" in head
    assert "max-width: 480px" in head
    titles = [tag["style"] for kind, tag in Html(body).tags if kind in ("h1", "h2", "h3", "p", "li", "a")]
    assert all(titles)
    assert len(titles) > 10


@pytest.mark.parametrize(
    ("service", "way_out", "comment"),
    [
        ("a mano", "rispondi a questo messaggio", "<!--[if mso]>"),
        ("brevo", '<a href="{{ unsubscribe }}"', "<!--[if mso]>"),
        ("listmonk", '<a href="{{ UnsubscribeURL }}"', "{{ Safe `<!--[if mso]>"),
        ("mailchimp", '<a href="*|UNSUB|*"', "<!--[if mso]>"),
    ],
)
def test_each_service_finds_its_own_way_to_unsubscribe(
    issue: Project, service: str, way_out: str, comment: str
) -> None:
    made = mails(issue, replace(SETTINGS, mail_service=service))
    assert way_out in made["html"]
    assert comment in made["html"]
    assert made["html"].count("{{") == {"brevo": 1, "listmonk": 3}.get(service, 0)
    assert SERVICES[service].unsubscribe in made["txt"]
    assert way_out in made["html"] or SERVICES["a mano"].how not in made["html"]


def test_a_message_sent_by_hand_is_never_written_for_a_service(issue: Project) -> None:
    message_file = mails(issue, replace(SETTINGS, mail_service="mailchimp"))["eml"]
    assert "UNSUB" not in message_file
    assert "rispondi a questo messaggio" in message_file.replace("=\r\n", "")


@pytest.mark.parametrize("service", SERVICES)
def test_only_services_get_signs_that_keep_the_text_after_the_preheader_hidden(issue: Project, service: str) -> None:
    made = mails(issue, replace(SETTINGS, mail_service=service))
    assert ("\N{ZERO WIDTH NON-JOINER}" in made["html"]) is bool(SERVICES[service].unsubscribe)
    _, html = opened(made["eml"]).iter_parts()
    assert "\N{ZERO WIDTH NON-JOINER}" not in html.get_content()


def opened(raw: str) -> Any:
    """A message as a mail program reads it."""
    return message_from_bytes(raw.encode(), policy=default)


def test_the_message_opens_with_both_parts(issue: Project) -> None:
    made = mails(issue)
    mail = opened(made["eml"])
    assert mail.defects == []
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == made["txt"]
    assert Html(html.get_content()).text == Html(made["html"]).text
    assert mail["subject"] == "Una scheda di prova"
    assert mail["from"].addresses[0].addr_spec == SETTINGS.mail_from
    assert mail["date"].datetime.isoformat() == "2026-02-01T09:00:00+01:00"
    assert mail["message-id"] == "<2026-01@ecoteca.example>"


@pytest.mark.parametrize("service", SERVICES)
def test_what_an_editor_writes_is_no_command_for_a_service(project: Project, service: str) -> None:
    hostile = '{{ template "x" . }} *|EMAIL|* {{ unsubscribe }} *|UNSUB|*'
    project.add("adempimenti", "mud")
    sections = [{"title": hostile, "items": [{"about": "mud", "title": hostile, "text": hostile}]}]
    project.add("newsletter", "numero", hostile, title=hostile, summary=hostile, sections=sections)
    made = mails(project, replace(SETTINGS, mail_service=service))
    own = {"brevo": {"{{": 1}, "listmonk": {"{{": 3}, "mailchimp": {"*|": 2}}.get(service, {})
    assert {mark: made["html"].count(mark) for mark in ("{{", "*|") if mark in made["html"]} == own
    assert made["txt"].count("EMAIL") == 5


def test_lines_of_a_message_are_as_short_as_mail_servers_want_them(issue: Project) -> None:
    assert max(map(len, mails(issue)["eml"].split("\r\n"))) <= 78


@pytest.mark.parametrize("subject", ["Città & «perché» 🇮🇹", "a\tb", "x" * 140, '"virgolette", <angoli> @ e = ?'])
def test_any_title_is_a_subject(subject: str) -> None:
    sender = Address("Camera di commercio, «Milano» (prova)", addr_spec="a@b.example")
    raw = message(subject, sender, datetime(2026, 1, 1, tzinfo=UTC), "n@b", "Testo\n", "<p>T</p>")
    mail = opened(raw.decode())
    assert one_line(mail["subject"]) == one_line(subject)
    assert mail["from"].addresses == (sender,)


def test_a_title_cannot_bring_a_header(project: Project) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        message(
            "a\r\nBcc: x@y.example",
            Address("a", addr_spec="a@b.example"),
            datetime(2026, 1, 1, tzinfo=UTC),
            "n@b",
            "",
            "",
        )


def test_made_twice_it_is_the_same(issue: Project) -> None:
    assert mails(issue) == mails(issue)


def test_a_mail_that_gmail_would_cut_is_a_problem_of_its_issue(issue: Project) -> None:
    pieces = [{"about": "mud", "title": f"Notizia {number}", "text": LONG[:1400]} for number in range(18)]
    sections = [{"title": f"Parte {number}", "items": deepcopy(pieces)} for number in range(5)]
    path = issue.add("newsletter", "2026-02", sections=sections)
    assert issue.problems() == []
    renderer = Renderer(ROOT, issue.catalogue(), SETTINGS, TODAY)
    files = mail_files(renderer)
    assert len(files["newsletter/2026-02/mail.html"]) > MOST_BYTES
    assert [problem.text().split(" (")[0] for problem in too_heavy(files, renderer)] == [
        f"{path}:1: sections: la mail supera 100 kB"
    ]


def test_the_plainest_rule_goes_into_its_tag() -> None:
    assert '<p style="margin: 0;">a</p>' in inlined("<style>p { margin: 0; }</style><p>a</p>")


def test_the_feed_carries_what_the_mail_says(issue: Project) -> None:
    html = mails(issue)["html"]
    content = travelling(html.partition("<h1")[2].partition("</td>")[0].partition("</h1>")[2], SETTINGS.site_url)
    renderer = Renderer(ROOT, issue.catalogue(), SETTINGS, TODAY)

    feed = next(channel for channel in channels(renderer) if channel.stem == "feed/newsletter")
    assert one_line(feed.items[0].content) == one_line(content)
