"""The ledger: what was once published answers for ever, or there is no new portal."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecoteca.building import NotDone
from ecoteca.ledger import KEPT, PUBLISHED, keep, settle
from portals import Site, new_project, publish

ADDRESS = "https://ecoteca.example/"


def folder(path: Path, *files: str, ledger: str = "") -> Path:
    """A portal with these files, and what it says of itself."""
    for name in files:
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    path.mkdir(exist_ok=True)
    if ledger:
        (path / PUBLISHED).write_text(ledger)
    return path


def settled(tmp_path: Path, before: Path, after: Path, kept: str = "") -> list[str]:
    """What replacing one portal by another would lose."""
    (tmp_path / KEPT).write_text(kept)
    return settle(tmp_path, after, before)


def test_every_address_is_written_down_but_those_that_nobody_holds(tmp_path: Path) -> None:
    files = ("index.html", "mud/index.html", "feed/novita.xml", "assets/a.css", "pagefind/x_123.pf", ".ecoteca")
    after = folder(tmp_path / "dopo", *files, ledger="id mud\n")
    assert settled(tmp_path, tmp_path / "prima", after) == []
    assert (after / PUBLISHED).read_text() == "id mud\nindirizzo \nindirizzo feed/novita.xml\nindirizzo mud/\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("id mud", "Sparirebbe l'id «mud», già pubblicato. Una scheda pubblicata non si cancella"),
        (
            "indirizzo adempimenti/mud/",
            "l'indirizzo «adempimenti/mud/», già pubblicato. Aggiungi il vecchio indirizzo in aliases",
        ),
        ("indirizzo feed/temi/mud.xml", "«feed/temi/mud.xml», già pubblicato. Chi segue questo feed lo perderebbe"),
        ("indirizzo calendario/temi/mud.ics", "Chi è abbonato a questo calendario lo perderebbe"),
    ],
)
@pytest.mark.parametrize("where", ["published", "kept"])
def test_what_would_be_lost_is_told_with_the_way_to_mend_it(tmp_path: Path, line: str, told: str, where: str) -> None:
    before = folder(tmp_path / "prima", ledger=f"{line}\n" if where == "published" else "")
    after = folder(tmp_path / "dopo", "index.html")
    (said,) = settled(tmp_path, before, after, f"{line}\n" if where == "kept" else "")
    assert told in said
    assert not (after / PUBLISHED).exists()


def test_an_entry_that_waits_for_its_day_is_not_lost(tmp_path: Path) -> None:
    before = folder(tmp_path / "prima", ledger="id n\nindirizzo newsletter/n/\nindirizzo newsletter/n/mail.html\n")
    after = folder(tmp_path / "dopo", "index.html", ledger="in-attesa id n\nin-attesa indirizzo newsletter/n/\n")
    assert settled(tmp_path, before, after) == []
    assert "in-attesa" not in (after / PUBLISHED).read_text()
    assert "indirizzo newsletter/n/mail.html" in (after / PUBLISHED).read_text()


def test_the_project_keeps_what_was_published_and_forgets_nothing(tmp_path: Path) -> None:
    site = folder(tmp_path / "sito", ledger="id b\nid c\n")
    (tmp_path / KEPT).write_text("id a\nid b\n")
    assert keep(tmp_path, site) == 1
    assert (tmp_path / KEPT).read_text() == "id a\nid b\nid c\n"
    assert keep(tmp_path, site) == 0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the miniature."""
    return new_project(tmp_path / "project")


def test_a_page_that_moves_needs_its_alias_and_one_that_is_deleted_is_missed(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    first = publish(project, target, ADDRESS)
    file = project / "content/glossario/ecu.md"
    text = file.read_text()
    file.unlink()
    with pytest.raises(NotDone) as refusal:
        publish(project, target, ADDRESS)
    assert "Sparirebbe l'id «ecu»" in str(refusal.value)
    assert "«glossario/ecu/», già pubblicato" in str(refusal.value)
    assert Site(target, ADDRESS).files == first.files
    moved = text.replace("id: ecu\n", "id: ecu\naliases: [glossario/ecu]\n")
    (project / "content/glossario/copricapo.md").write_text(moved)
    again = publish(project, target, ADDRESS)
    assert {"glossario/ecu/index.html", "glossario/copricapo/index.html"} <= set(again.files)


def test_a_theme_that_disappears_would_take_its_feed_and_calendar_along(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(project, target, ADDRESS)
    themes = project / "content/vocabolari/temi.yaml"
    lines = themes.read_text().splitlines(keepends=True)
    kept = "".join(line for line in lines if "spilloni" not in line)
    assert kept != "".join(lines)
    themes.write_text(kept)
    with pytest.raises(NotDone) as refusal:
        publish(project, target, ADDRESS)
    assert "«feed/temi/spilloni.xml», già pubblicato. Chi segue questo feed lo perderebbe" in str(refusal.value)


def test_an_issue_that_moves_keeps_its_mails_at_the_old_address_too(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    before = publish(project, target, ADDRESS)
    for old, new in (("newsletter/2026-11", "newsletter/novembre"), ("analisi/teste-e-cappelli", "analisi/teste")):
        file = project / f"content/{old}.md"
        (project / f"content/{new}.md").write_text(file.read_text().replace("\nid: ", f"\naliases: [{old}]\nid: ", 1))
        file.unlink()
    after = publish(project, target, ADDRESS)
    for name in (
        "newsletter/2026-11/mail.txt",
        "newsletter/2026-11/newsletter.eml",
        "analisi/teste-e-cappelli/valli.csv",
    ):
        assert name in before.files
        assert (
            after.files[name] == after.files[name.replace("2026-11", "novembre").replace("teste-e-cappelli", "teste")]
        )
