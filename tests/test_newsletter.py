"""`scripts/newsletter`: a draft that is already right, and that keeps what its editor does to it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ecoteca.building import NotDone
from ecoteca.drafting import MOST, MOST_OF_A_THEME
from ecoteca.entries import Issue
from ecoteca.newsletter import parse_month, told, write_draft
from support import Project

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
END = date(2026, 3, 31)


def change(day: int, note: str, month: int = 3, **more: object) -> dict[str, object]:
    """A major change of a page."""
    return {"date": date(2026, month, day), "note": note, "major": True, **more}


@pytest.fixture
def some(project: Project) -> Project:
    """A duty with a change in March and a deadline in May, criteria of another theme, a call that opens, an event."""
    yearly = {"rule": "ogni anno", "what": "Presentare il MUD", "days": ["05-15"]}
    moved = {"year": 2026, "on": date(2026, 5, 20), "why": "DPCM", "decided": date(2026, 3, 5)}
    project.add(
        "adempimenti",
        "mud",
        title="MUD",
        deadlines=[yearly | {"exceptions": [moved]}],
        changes=[change(9, "Nuovi moduli.")],
    )
    project.add("adempimenti", "scatole", title="Scatole", themes=["imballaggi"], published=date(2026, 3, 12))
    phases = [{"name": "Domande", "opens": date(2026, 3, 20), "closes": date(2026, 6, 30)}]
    project.add("bandi", "filiere", title="Filiere", themes=["imballaggi"], published=date(2026, 3, 1), phases=phases)
    project.add("eventi", "corso", title="Corso", starts=date(2026, 4, 14), online=True, published=date(2026, 2, 1))
    project.add("glossario", "fir", published=date(2026, 3, 10))
    return project


def draft(project: Project, month: date = MARCH, today: date = END) -> Issue:
    """Writes the draft of a month and reads it back, as strictly as any entry."""
    written = write_draft(project.root, month, today)
    return read(project, written.path)


def read(project: Project, path: str) -> Issue:
    """An issue as the portal reads it."""
    assert [problem for problem in project.problems() if path in problem] == []
    entries = {item.document.path: entry for item, entry in project.corpus().entries}
    issue = entries[path]
    assert isinstance(issue, Issue)
    return issue


def titles(issue: Issue) -> list[tuple[str, list[str]]]:
    """The sections of an issue with the titles in them."""
    return [(section.title, [item.title for item in section.items]) for section in issue.sections]


def file_of(project: Project, slug: str = "2026-03") -> Path:
    return project.root / f"content/newsletter/{slug}.md"


# A new draft


def test_the_draft_is_an_entry_without_problems_by_theme_the_most_important_first(some: Project) -> None:
    issue = draft(some)
    assert (issue.state, issue.number, issue.date, issue.since, issue.until) == ("bozza", 1, END, MARCH, END)
    assert titles(issue) == [
        ("Rifiuti", ["Prorogato al 20 maggio 2026 il termine per presentare il MUD", "Nuovi moduli"]),
        ("Imballaggi", ["Aperto fino al 30 giugno 2026: Filiere", "Nuova scheda: Scatole"]),
    ]
    piece = issue.sections[0].items[1]
    assert (piece.news, piece.about, piece.text) == (
        "mud/2026-03-09",
        "mud",
        "Una sintesi lunga quanto basta per essere una sintesi.",
    )


def test_it_tells_what_is_due_open_and_to_come(some: Project) -> None:
    issue = draft(some)
    assert [(item.name, str(item.day), item.what) for item in issue.deadlines] == [
        ("mud/scadenza/2026", "2026-05-20", "Presentare il MUD")
    ]
    assert [(item.about, item.when) for item in issue.calls] == [("filiere", "aperto fino al 30 giugno 2026")]
    assert [(item.about, item.when) for item in issue.events] == [("corso", "il 14 aprile 2026, a distanza")]


def test_its_title_and_summary_say_the_month_and_what_matters_most(some: Project) -> None:
    issue = draft(some)
    assert issue.title == "Newsletter di marzo 2026"
    assert issue.summary.startswith("Prorogato al 20 maggio 2026 il termine per presentare il MUD; Aperto fino")
    assert issue.themes == ("rifiuti", "imballaggi")


def test_the_current_month_goes_as_far_as_today(some: Project) -> None:
    issue = draft(some, today=date(2026, 3, 11))
    assert (issue.until, issue.date) == (date(2026, 3, 11), date(2026, 3, 11))
    assert [section.title for section in issue.sections] == ["Rifiuti", "Imballaggi"]
    assert "Nuova scheda: Scatole" not in str(titles(issue))


def test_an_issue_begins_where_the_last_one_ended_so_that_nothing_falls_between(some: Project) -> None:
    some.add("newsletter", "2026-01", sections=[], until=date(2026, 1, 20), date=date(2026, 1, 20))
    assert draft(some).since == date(2026, 1, 21)
    assert draft(some).number == 2


def test_an_empty_month_still_has_its_deadlines(project: Project) -> None:
    yearly = {"rule": "ogni anno", "what": "Presentare il MUD", "days": ["04-30"]}
    project.add("adempimenti", "mud", deadlines=[yearly], published=date(2025, 1, 1))
    issue = draft(project)
    assert issue.sections == ()
    assert len(issue.deadlines) == 1
    assert issue.summary == "Le scadenze dei prossimi due mesi."


def test_without_anything_at_all_it_is_still_an_entry(project: Project) -> None:
    issue = draft(project)
    assert (issue.sections, issue.deadlines, issue.themes) == ((), (), ("rifiuti",))


def test_what_is_left_out_is_told_with_the_reason(some: Project) -> None:
    for number in range(7):
        some.add("adempimenti", f"scheda-{number}", title=f"Scheda {number}", published=date(2026, 3, 15))
    written = write_draft(some.root, MARCH, END)
    said = "\n".join(told(written))
    assert said.startswith(
        "Scritto content/newsletter/2026-03.md: 6 notizie, una scadenza, un bando aperto, un incontro"
    )
    assert "voci del glossario: una notizia" in said
    assert "schede nuove di cui il numero dice già altro: una notizia" in said
    assert f"oltre le {MOST_OF_A_THEME} più importanti di un tema, o le {MOST} del numero: 5 notizie" in said
    assert "Nuova scheda: Scheda 6 (scheda-6)" in said


# The same draft again


def test_nothing_changes_when_nothing_has_happened(some: Project) -> None:
    draft(some)
    before = file_of(some).read_text()
    said = "\n".join(told(write_draft(some.root, MARCH, END)))
    assert said.endswith("Niente di nuovo: le tue parole restano come sono.")
    assert file_of(some).read_text() == before


def edited(project: Project, *edits: tuple[str, str]) -> str:
    """The draft after its editor has been at work."""
    text = file_of(project).read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file_of(project).write_text(text)
    return text


def test_the_words_the_order_and_the_comments_of_the_editor_stay(some: Project) -> None:
    draft(some)
    body = "\nBuona lettura: questo mese si parla di **MUD**.\n"
    text = edited(
        some,
        ('title: "Rifiuti"', "title: 'Quello che cambia'   # riscritto da Anna"),
        ('title: "Nuovi moduli"', 'pinned: true\n        title: "I moduli sono nuovi"'),
        ("state: bozza", "state: bozza\nreason: da rileggere"),
    )
    file_of(some).write_text(text + body)
    some.add("adempimenti", "mud", title="MUD", changes=[change(9, "Nuovi moduli."), change(25, "Nuove sanzioni.")])
    issue = draft(some)
    assert titles(issue)[0] == (
        "Quello che cambia",
        ["Prorogato al 20 maggio 2026 il termine per presentare il MUD", "I moduli sono nuovi", "Nuove sanzioni"],
    )
    after = file_of(some).read_text()
    assert "title: 'Quello che cambia'   # riscritto da Anna" in after
    assert after.endswith(body)
    assert [item.title for item in issue.pinned] == ["I moduli sono nuovi"]
    kept = [line for line in (text + body).splitlines() if not line.startswith("offered")]
    assert [line for line in kept if line not in after.splitlines()] == []


def test_what_the_editor_drops_stays_out(some: Project) -> None:
    draft(some)
    piece = re.compile(r"      - news: mud/2026-03-09\n(        .*\n)+")
    file_of(some).write_text(piece.sub("", file_of(some).read_text()))
    written = write_draft(some.root, MARCH, END)
    assert "Nuovi moduli" not in str(titles(read(some, written.path)))
    assert "tolte o già lasciate fuori prima: 3" in "\n".join(told(written))


def test_what_the_editor_wrote_by_hand_stays(some: Project) -> None:
    draft(some)
    edited(
        some,
        (
            "    items:\n      - news: mud/scadenza/anno-2026",
            '    items:\n      - {about: mud, title: "A mano"}\n      - news: mud/scadenza/anno-2026',
        ),
    )
    assert titles(draft(some))[0][1][0] == "A mano"


def test_an_issue_that_went_out_is_not_touched(some: Project) -> None:
    draft(some)
    text = edited(some, ("state: bozza", "state: pubblicata"))
    with pytest.raises(NotDone, match="già uscito"):
        write_draft(some.root, MARCH, END)
    assert file_of(some).read_text() == text


@pytest.mark.parametrize("broken", ["number: 1", "sections:"])
def test_a_draft_with_a_mistake_is_told_and_left_as_it_is(some: Project, broken: str) -> None:
    draft(some)
    text = edited(some, (broken, f"numero{broken}"))
    with pytest.raises(NotDone, match=r"content/newsletter/2026-03\.md:\d+: numero"):
        write_draft(some.root, MARCH, END)
    assert file_of(some).read_text() == text


def test_a_month_that_has_not_begun_is_refused(some: Project) -> None:
    with pytest.raises(NotDone, match="non è ancora cominciato"):
        write_draft(some.root, APRIL, END)
    assert not file_of(some, "2026-04").exists()


def test_a_mistake_in_another_entry_leaves_that_one_out(some: Project) -> None:
    some.write("content/adempimenti/rotto.md", "---\nid: rotto\n---\n")
    said = "\n".join(told(write_draft(some.root, MARCH, END)))
    assert "Mancano le notizie di queste schede, che hanno errori." in said
    assert "content/adempimenti/rotto.md:" in said
    assert len(titles(read(some, "content/newsletter/2026-03.md"))) == 2


HOSTILE: list[Any] = [
    "no",
    "12:30",
    "# non è un commento",
    "a: b",
    "«x» \"y\" 'z' {w} [v] *u &t !s %r @q `p",
    "\U0001f1ee\U0001f1f9 ok",
    "ultimo: {",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_whatever_a_note_says_the_draft_can_be_read_again(project: Project, note: str) -> None:
    project.add("adempimenti", "mud", title=note + " x", changes=[change(9, note)])
    assert titles(draft(project))[0][1] == [note]
    assert titles(draft(project))[0][1] == [note]


@pytest.mark.parametrize(("text", "month"), [("2026-11", date(2026, 11, 1)), ("2027-01", date(2027, 1, 1))])
def test_a_month_is_written_as_a_year_and_a_number(text: str, month: date) -> None:
    assert parse_month(text) == month


@pytest.mark.parametrize("text", ["", "novembre", "2026-13", "2026-1", "26-11", "2026-11-01", "٢٠٢٦-11"])
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="non è un mese"):
        parse_month(text)


def test_a_late_issue_goes_out_today_and_not_in_the_past(some: Project) -> None:
    issue = draft(some, today=date(2026, 4, 9))
    assert (issue.until, issue.date, issue.published) == (END, date(2026, 4, 9), date(2026, 4, 9))
    draft(some, today=date(2026, 4, 10))
    edited(some, ("date: 2026-04-10", "date: 2026-04-20"))
    later = draft(some, today=date(2026, 4, 11))
    assert (later.date, later.published) == (date(2026, 4, 20), date(2026, 4, 11))


def test_of_equal_news_what_more_hangs_on_comes_first(some: Project) -> None:
    some.add("adempimenti", "zeta", title="Zeta", published=date(2026, 3, 15))
    some.add("adempimenti", "alfa", title="Alfa", published=date(2026, 3, 15))
    some.add("casi-studio", "caso", related=["zeta"], published=date(2025, 1, 1))
    new = [title for title in titles(draft(some))[0][1] if title.startswith("Nuova")]
    assert new == ["Nuova scheda: Zeta", "Nuova scheda: Alfa"]


@pytest.mark.parametrize("ending", ["---", "---  \n", "---\n\nCara lettrice"])
def test_however_the_front_matter_is_closed_the_draft_is_extended(some: Project, ending: str) -> None:
    draft(some)
    file_of(some).write_text(file_of(some).read_text().removesuffix("---\n") + ending)
    some.add("adempimenti", "nuova", title="Nuova", published=date(2026, 3, 30))
    assert "Nuova scheda: Nuova" in str(titles(draft(some)))
    assert file_of(some).read_text().rstrip().endswith(("---", "Cara lettrice"))


def test_without_the_list_of_what_was_proposed_nothing_that_stands_comes_twice(some: Project) -> None:
    draft(some)
    before = titles(read(some, "content/newsletter/2026-03.md"))
    lines = file_of(some).read_text().splitlines(keepends=True)
    file_of(some).write_text("".join(line for line in lines if not line.startswith("offered")))
    assert titles(draft(some)) == before


def test_news_written_down_too_late_for_an_issue_is_in_the_next(some: Project) -> None:
    draft(some)
    edited(some, ("state: bozza", "state: pubblicata"))
    changes = [change(9, "Nuovi moduli."), change(31, "Scritta il giorno dopo.")]
    some.add("adempimenti", "mud", title="MUD", changes=changes)
    issue = draft(some, APRIL, date(2026, 4, 20))
    assert [title for _, found in titles(issue) for title in found] == ["Scritta il giorno dopo"]
    assert (issue.since, issue.until) == (APRIL, date(2026, 4, 20))


def test_a_draft_made_again_has_the_days_of_today(some: Project) -> None:
    monthly = {"rule": "ogni mese", "what": "Trasmettere", "day": 20}
    once = {"id": "digitale", "rule": "una volta", "what": "Passare al digitale", "on": date(2026, 4, 25)}
    some.add("adempimenti", "rentri", deadlines=[monthly, once], published=date(2025, 1, 1))
    first = draft(some, today=date(2026, 3, 10))
    assert [(item.about, item.day.isoformat()) for item in first.deadlines] == [
        ("rentri", "2026-03-20"),
        ("rentri", "2026-04-25"),
    ]
    moved = {"was": date(2026, 4, 25), "now": date(2026, 5, 25), "decided": date(2026, 3, 12), "act": "D.L. 1/2026"}
    some.add("adempimenti", "rentri", deadlines=[monthly, once | {"extensions": [moved]}], published=date(2025, 1, 1))
    again = draft(some)
    assert [(item.about, item.day.isoformat()) for item in again.deadlines] == [
        ("rentri", "2026-04-20"),
        ("mud", "2026-05-20"),
        ("rentri", "2026-05-25"),
    ]


def test_a_call_that_the_editor_drops_stays_out(some: Project) -> None:
    draft(some)
    text = file_of(some).read_text()
    file_of(some).write_text(re.sub(r"calls:\n(  .*\n)+", "", text))
    assert draft(some).calls == ()
