"""The catalogue: what may be shown on a day, in which order, and how it hangs together at both ends."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from ecoteca.catalogue import Catalogue
from ecoteca.entries import Duty, Term
from support import Project


def ids(records: tuple[object, ...]) -> list[str]:
    """The ids of records, in their order."""
    return [record.entry.id for record in records]  # type: ignore[attr-defined]


def seen_from(catalogue: Catalogue, name: str) -> list[tuple[str, str, str]]:
    """What hangs together with an entry: the label, the other's id, the note."""
    record = catalogue.by_id[name]
    return [(relation.label, relation.other.entry.id, relation.note) for relation in catalogue.related(record)]


# What is shown


def test_every_entry_has_its_address_from_its_file_not_from_its_id(project: Project) -> None:
    path = project.add("glossario", "formulario", id="termine-fir")
    catalogue = project.catalogue()
    record = catalogue.by_id["termine-fir"]
    assert (record.url, record.path, record.kind) == ("glossario/formulario/", path, "Term")
    assert catalogue.by_path[path] is record


def test_an_entry_of_the_future_waits_for_its_day(project: Project) -> None:
    project.add("glossario", "fir", published=date(2026, 12, 1))
    assert ids(project.catalogue(date(2026, 11, 30)).records) == []
    assert ids(project.catalogue(date(2026, 12, 1)).records) == ["fir"]


def test_a_draft_never_leaves_the_preview(project: Project) -> None:
    project.add("glossario", "bozza", state="bozza")
    project.add("glossario", "futura", published=date(2030, 1, 1))
    assert ids(project.catalogue().records) == []
    assert ids(project.catalogue(preview=True).records) == ["bozza", "futura"]


@pytest.mark.parametrize("state", ["da verificare", "superata", "ritirata"])
def test_a_page_that_has_ended_keeps_its_address(project: Project, state: str) -> None:
    project.add("glossario", "nuova")
    project.add("glossario", "vecchia", state=state, reason="Nuova legge.", succeeded_by="nuova")
    assert "vecchia" in ids(project.catalogue().records)


@pytest.mark.parametrize(
    ("state", "current"), [("pubblicata", True), ("da verificare", True), ("superata", False), ("ritirata", False)]
)
def test_what_no_longer_holds_leaves_themes_and_sectors(project: Project, state: str, current: bool) -> None:
    project.add("adempimenti", "nuovo", themes=["imballaggi"])
    ending = {"state": state, "reason": "Nuova legge.", "succeeded_by": "nuovo"}
    project.add("adempimenti", "mud", sectors=["commercio"], **ending)
    catalogue = project.catalogue()
    assert catalogue.by_id["mud"].current is current
    assert ids(catalogue.on_theme("mud")) == ids(catalogue.on_sector("commercio")) == ["mud"] * current
    assert ids(catalogue.of(Duty)) == ["mud", "nuovo"], "its page stays"
    assert ("Sostituisce", "mud", "") in seen_from(catalogue, "nuovo")


def test_records_stand_by_type_then_by_title_whatever_the_case(project: Project) -> None:
    for slug, title in (("uno", "zeta"), ("due", "Alfa"), ("tre", "beta")):
        project.add("glossario", slug, title=title)
    project.add("adempimenti", "mud", title="ZZZ")
    assert ids(project.catalogue().records) == ["mud", "due", "tre", "uno"]


def test_equal_titles_stand_in_the_order_of_their_files(project: Project) -> None:
    for slug in ("b", "a", "c"):
        project.add("glossario", slug)
    assert ids(project.catalogue().records) == ["a", "b", "c"]


def test_records_can_be_asked_for_by_type_theme_and_sector(project: Project) -> None:
    project.add("adempimenti", "mud", themes=["mud"], sectors=["commercio"])
    project.add("adempimenti", "registro", themes=["rifiuti"])
    project.add("glossario", "fir", themes=["imballaggi", "mud"])
    catalogue = project.catalogue()
    assert ids(catalogue.of(Term)) == ["fir"]
    assert ids(catalogue.of(Duty)) == ["mud", "registro"]
    assert ids(catalogue.on_theme("mud")) == ["mud", "fir"]
    assert ids(catalogue.on_theme("rifiuti")) == ["mud", "registro", "fir"], "a theme shows its narrower themes too"
    assert ids(catalogue.on_sector("commercio")) == ["mud"]
    assert ids(catalogue.on_sector("costruzioni")) == []


def test_pictures_are_known(project: Project) -> None:
    for name in ("b.png", "a.png"):
        project.write(f"content/immagini/{name}", b"x")
    assert project.catalogue().images == ("content/immagini/a.png", "content/immagini/b.png")


def test_a_record_cannot_be_changed(project: Project) -> None:
    project.add("glossario", "fir")
    with pytest.raises(FrozenInstanceError):
        project.catalogue().by_id["fir"].url = "altrove/"  # type: ignore[misc]


# How it hangs together


def test_both_ends_of_a_relation_show_it(project: Project) -> None:
    project.add("normativa", "dir-2018-851", level="europeo", kind="direttiva", number=None)
    project.add("normativa", "dlgs-116-2020", implements=["dir-2018-851"])
    catalogue = project.catalogue()
    assert seen_from(catalogue, "dlgs-116-2020") == [("Attua", "dir-2018-851", "")]
    assert seen_from(catalogue, "dir-2018-851") == [("È attuata da", "dlgs-116-2020", "")]


NOTICE = {"about": "criteri", "title": "Filiere", "when": "domani"}


@pytest.mark.parametrize(
    ("folder", "changes", "other", "forward", "backward", "note"),
    [
        ("adempimenti", {"legal_basis": [{"act": "norma", "article": "art. 6"}]}, "norma", "Si fonda su", "Ne derivano", "art. 6"),
        ("normativa", {"modifies": ["norma"]}, "norma", "Modifica", "È modificata da", ""),
        ("normativa", {"repeals": ["norma"]}, "norma", "Abroga", "È abrogata da", ""),
        ("normativa", {"converts": "norma"}, "norma", "Converte", "È convertita da", ""),
        ("cam", {"legal_basis": [{"act": "norma"}]}, "norma", "Si fonda su", "Ne derivano", ""),
        ("cam", {"succeeded_by": "criteri"}, "criteri", "Sostituita da", "Sostituisce", ""),
        ("casi-studio", {"criteria": ["criteri"]}, "criteri", "Utile per i CAM", "Casi studio", ""),
        ("bandi", {"part_of": "azione"}, "azione", "Fa parte di", "Comprende", ""),
        ("bandi", {"act": "norma"}, "norma", "Approvato con", "Bandi", ""),
        ("eventi", {"part_of": "azione"}, "azione", "Fa parte di", "Comprende", ""),
        ("domande", {"about": ["criteri"]}, "criteri", "Risponde su", "Domande frequenti", ""),
        ("newsletter", {"sections": [], "events": [NOTICE]}, "criteri", "Parla di", "Nella newsletter", ""),
        ("glossario", {"related": ["criteri"]}, "criteri", "Vedi anche", "Vedi anche", ""),
    ],
)  # fmt: skip
def test_each_kind_of_relation_has_its_two_names(
    project: Project, folder: str, changes: dict[str, object], other: str, forward: str, backward: str, note: str
) -> None:
    project.add("normativa", "norma")
    project.add("cam", "criteri")
    project.add("azioni", "azione")
    project.add(folder, "prova", **changes)
    catalogue = project.catalogue()
    assert seen_from(catalogue, "prova") == [(forward, other, note)]
    assert seen_from(catalogue, other) == [(backward, "prova", note)]


def test_a_step_of_a_guide_leads_to_what_explains_it(project: Project) -> None:
    project.add("adempimenti", "mud")
    steps = [{"title": "Comincia", "text": "Da qui.", "see": "mud"}, {"title": "Finisci", "text": "Qui."}]
    project.add("guide", "primo-mud", steps=steps)
    assert seen_from(project.catalogue(), "mud") == [("Guide", "primo-mud", "")]


def test_a_relation_said_twice_is_shown_once(project: Project) -> None:
    project.add("glossario", "fir", related=["mud"])
    project.add("glossario", "mud", related=["fir"])
    catalogue = project.catalogue()
    assert seen_from(catalogue, "fir") == [("Vedi anche", "mud", "")]
    assert seen_from(catalogue, "mud") == [("Vedi anche", "fir", "")]


def test_what_is_not_shown_yet_is_not_pointed_at(project: Project) -> None:
    project.add("glossario", "futura", published=date(2027, 1, 1), related=["fir"])
    project.add("glossario", "fir", related=["futura"])
    assert seen_from(project.catalogue(), "fir") == []
    assert seen_from(project.catalogue(date(2027, 1, 1)), "fir") == [("Vedi anche", "futura", "")]


def test_a_change_dated_later_waits_for_its_day(project: Project) -> None:
    project.add("glossario", "fir", published=date(2026, 1, 1), changes=[{"date": date(2027, 1, 1), "note": "Domani."}])
    before = project.catalogue(date(2026, 12, 31)).by_id["fir"].entry
    after = project.catalogue(date(2027, 1, 1)).by_id["fir"].entry
    assert (before.changes, before.modified) == ((), date(2026, 1, 1))
    assert ([change.note for change in after.changes], after.modified) == (["Domani."], date(2027, 1, 1))


def test_a_fact_of_tomorrow_waits_for_its_day(project: Project) -> None:
    facts = [
        {"on": date(2026, 11, 20 + days), "note": f"Fatto {days}.", "url": "https://example.org/"} for days in (0, 9)
    ]
    project.add("adempimenti", "mud", developments=facts)
    assert [item.note for item in project.catalogue().by_id["mud"].entry.developments] == ["Fatto 0."]
    assert len(project.catalogue(date(2026, 11, 29)).by_id["mud"].entry.developments) == 2
