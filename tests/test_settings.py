"""Settings: the portal's address may change or have a path, the names of what it published may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ecoteca.building import NotDone
from ecoteca.pages.index_pages import index_pages
from ecoteca.pages.rendering import Renderer
from portals import Html, new_project, publish
from support import ROOT, SETTINGS, TODAY, Project


@pytest.mark.parametrize(
    ("site_url", "complete"),
    [
        ("https://ecoteca.example/", "https://ecoteca.example/feed/novita.xml"),
        ("https://example.org/ecoteca/", "https://example.org/ecoteca/feed/novita.xml"),
    ],
)
def test_an_address_is_completed_at_the_root_and_under_a_path(site_url: str, complete: str) -> None:
    assert replace(SETTINGS, site_url=site_url).absolute("feed/novita.xml") == complete


def test_a_permanent_name_does_not_depend_on_where_the_portal_stands() -> None:
    moved = replace(SETTINGS, site_url="https://altrove.example/nuovo/")
    assert moved.tag("mud") == SETTINGS.tag("mud") == "tag:ecoteca.example,2026:mud"


@pytest.mark.parametrize("form", ["", "https://moduli.example/iscrizione?lista=1&da=portale"])
def test_the_newsletter_offers_its_feed_and_the_form_where_there_is_one(project: Project, form: str) -> None:
    renderer = Renderer(ROOT, project.catalogue(), replace(SETTINGS, mail_form=form), TODAY)
    html = Html(next(page.html for page in index_pages(renderer) if page.url == "newsletter/"))
    links = {link["href"] for link in html.having("href", "a")}
    assert {"../feed/newsletter.xml", "../feed/#come"} <= links
    assert ("Iscriviti" in html.text) is bool(form)
    assert not form or form in links


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/iscrizione", "[1]"])
def test_a_form_that_no_reader_could_follow_stops_the_build(tmp_path: Path, address: str) -> None:
    project = new_project(tmp_path / "project")
    file = project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert 'subscribe: ""' in text
    file.write_text(text.replace('subscribe: ""', f"subscribe: {address}"), encoding="utf-8")
    with pytest.raises(NotDone, match=r"newsletter\.subscribe deve essere un indirizzo completo"):
        publish(project, tmp_path / "site", "https://example.org/")
