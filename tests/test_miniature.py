"""A portal in miniature: made-up entries of every type, and every byte that they become.

A wanted change of the outputs is blessed with `scripts/test tests/test_miniature.py --bless`; the difference in
tests/miniature/expected then shows to whoever reviews it what the change does to the pages.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from ecoteca.corpus import read_corpus
from ecoteca.entries import ENTRY_TYPES, Call, Duty
from ecoteca.entries.deadline import AfterEvent, DeadlineRule
from ecoteca.entries.fields import Certainty, Model, nested
from ecoteca.health import health_of
from ecoteca.ledger import PUBLISHED
from ecoteca.news import news
from ecoteca.pages.index_pages import home_page
from ecoteca.pages.rendering import Page
from ecoteca.publication import Portal, make_portal
from ecoteca.settings import Settings
from ecoteca.status import phase_status
from ecoteca.vocabularies import KINDS
from support import ROOT, TODAY

EXPECTED = ROOT / "tests" / "miniature" / "expected"
BLESSING = "scripts/test tests/test_miniature.py --bless"
SHOWN_LINES = 30
"""How much of each difference is shown: enough to see what it is about."""

SETTINGS = Settings(
    name="Ecoteca",
    description="Il portale in miniatura.",
    site_url="https://example.org/ecoteca/",
    authority="example.org,2026",
    office="Redazione della miniatura",
    edit_base="https://example.org/edit/",
)


@pytest.fixture(scope="module")
def made(miniature: Path) -> Portal:
    """All that the library publishes of the miniature, without any renderer around it."""
    return make_portal(miniature, SETTINGS, TODAY)


def test_the_miniature_has_nothing_to_mend(made: Portal) -> None:
    assert [str(problem) for problem in made.problems] == []


def test_every_page_and_file_is_as_expected(made: Portal, bless: bool) -> None:
    found = outputs(made)
    if bless:
        write(found)
    differences = [difference(name, found) for name in sorted({*found, *expected()})]
    told = "\n".join(text for text in differences if text)
    if told:
        pytest.fail(f"{told}\n\nSe la differenza è voluta: {BLESSING}", pytrace=False)


def outputs(made: Portal) -> dict[str, bytes]:
    """Everything by its name under expected/: what pages are called and hold, their articles, the other files."""
    pages = (home_page(made.renderer, "<p>Una parte scritta a mano.</p>"), *made.pages)
    facts = json.dumps([facts_of(page) for page in pages], ensure_ascii=False, indent=1) + "\n"
    return {
        "pages.json": facts.encode(),
        "copies.txt": "".join(f"{url}\n" for url in sorted(made.copies)).encode(),
        **{file_of(page.url): page.html.encode() for page in pages},
        **made.files.result().contents,
    }


def file_of(url: str) -> str:
    """The name under expected/ of the article of a page: indexes keep theirs, entries lie beside them."""
    return f"{url}index.html" if url.count("/") < 2 else f"{url.rstrip('/')}.html"


def facts_of(page: Page) -> dict[str, Any]:
    """What the shell around a page is told."""
    return {
        "url": page.url,
        "title": page.title,
        "description": page.description,
        "section": page.section,
        "source": page.source,
        "layout": page.layout,
        "modified": page.modified and page.modified.isoformat(),
        "toc": [f"{entry.text} (#{entry.id})" for entry in page.toc],
    }


def expected() -> dict[str, Path]:
    """The files under expected/ by name."""
    return {path.relative_to(EXPECTED).as_posix(): path for path in EXPECTED.rglob("*") if path.is_file()}


def write(found: dict[str, bytes]) -> None:
    """Makes expected/ anew."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, content in found.items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def difference(name: str, found: dict[str, bytes]) -> str:
    """How an output differs from the expected one, for people; empty where it does not."""
    path = EXPECTED / name
    before = path.read_bytes() if path.exists() else b""
    after = found.get(name, b"")
    if before == after and path.exists() and name in found:
        return ""
    lines = difflib.unified_diff(
        before.decode().splitlines(), after.decode().splitlines(), f"atteso/{name}", f"ottenuto/{name}", "", "", 1, ""
    )
    shown = list(lines) or [f"{name}: cambiano solo i fine riga, o il file è vuoto"]
    rest = [f"… e altre {len(shown) - SHOWN_LINES} righe"] if len(shown) > SHOWN_LINES else []
    return "\n".join([*shown[:SHOWN_LINES], *rest])


# What the miniature must hold for the comparison to mean something


def test_every_field_is_in_use(miniature: Path) -> None:
    corpus = read_corpus(miniature)
    words = [word for words in corpus.vocabularies.lists.values() for word in words.values()]
    declared: set[tuple[str, str]] = set().union(*(fields_of(kind) for kind in (*ENTRY_TYPES, *KINDS.values())))
    used: set[tuple[str, str]] = set()
    for model in (model for top in (*(entry for _, entry in corpus.entries), *words) for _, model in nested(top)):
        owned = fields_of(type(model))
        declared |= owned
        used |= {(owner, name) for owner, name in owned if getattr(model, name) not in (None, (), False)}
    assert declared - used == set()


def fields_of(kind: type[Model]) -> set[tuple[str, str]]:
    """The fields of a model, each with the class that declares it: what two types share need be in use only once."""
    declaring = [base for base in reversed(kind.__mro__) if issubclass(base, Model)]
    return {
        (next(base.__name__ for base in declaring if name in base.model_fields), name) for name in kind.model_fields
    }


def test_every_kind_of_deadline_is_in_use(miniature: Path) -> None:
    duties = [entry for _, entry in read_corpus(miniature).entries if isinstance(entry, Duty)]
    deadlines = [deadline for duty in duties for deadline in duty.deadlines]
    assert {type(deadline) for deadline in deadlines} == set(DeadlineRule.__subclasses__())
    assert {deadline.certainty for deadline in deadlines} == set(get_args(Certainty))
    units = {deadline.unit for deadline in deadlines if isinstance(deadline, AfterEvent)}
    assert units == set(get_args(AfterEvent.model_fields["unit"].annotation))


def test_something_is_overdue_due_soon_and_fresh(made: Portal) -> None:
    health = health_of(made.renderer.catalogue, TODAY)
    assert 0 < health.whole.checked < health.whole.total
    assert health.overdue
    assert health.soon
    assert health.whole.overdue + health.whole.soon < health.whole.total


def test_the_call_has_phases_closed_open_and_to_come(made: Portal) -> None:
    [call] = [record.entry for record in made.renderer.catalogue.of(Call)]
    assert isinstance(call, Call)
    labels = [phase_status(phase, TODAY).label for phase in call.phases]
    assert labels == ["Chiusa", "Aperta", "Non ancora aperta"]


# What no byte of it may do


def test_a_draft_and_tomorrows_entry_are_nowhere(made: Portal) -> None:
    found = {name: content for name, content in outputs(made).items() if name != PUBLISHED}  # which the build settles
    everything = b"".join(found.values()) + "".join(found).encode()
    for word in (b"INVISIBILE", b"nascosta", b"futura", b"invisibile-alias"):
        assert word not in everything


def test_the_day_after_tomorrows_entry_is_out_and_in_the_news(miniature: Path) -> None:
    day_after = date(2026, 11, 24)
    after = make_portal(miniature, SETTINGS, day_after)
    assert "guide/futura/" in {page.url for page in after.pages}
    assert "guida-futura" in {item.name for item in news(after.renderer.catalogue, day_after)}


def test_the_preview_shows_drafts_and_says_so(miniature: Path) -> None:
    preview = make_portal(miniature, SETTINGS, TODAY, preview=True)
    [draft] = [page for page in preview.pages if page.url == "domande/nascosta/"]
    assert "Questa pagina non è ancora pubblicata" in draft.html


def test_tables_open_in_a_spreadsheet_as_they_were_written(made: Portal) -> None:
    raw = made.files.result().contents["analisi/teste-e-cappelli/valli.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw, newline="")))
    assert rows[0] == ["Valle", "Cappelli", "Quota (%)"]
    assert rows[2] == ["Valle, di Sotto", "n.d.", "1"]
    assert rows[3][0] == "'=SOMMA(A1)"


def test_another_day_changes_only_what_speaks_of_it(made: Portal, miniature: Path) -> None:
    today, before = outputs(made), outputs(make_portal(miniature, SETTINGS, TODAY - timedelta(days=1)))
    assert set(today) == set(before)
    assert {name for name in today if today[name] != before[name]} == {
        "adempimenti/bollo-spazzole.html",  # whose check was not overdue yesterday
        "bandi/testa-alta.html",
        "calendari/index.html",
        "cosa-si-applica/dati.json",
        "scadenze/index.html",
        "stato/dati.json",
        "stato/index.html",
    }


def test_made_twice_it_is_the_same(made: Portal, miniature: Path) -> None:
    assert outputs(make_portal(miniature, SETTINGS, TODAY)) == outputs(made)
