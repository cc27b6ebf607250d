"""The rules across entries, each with the harm that it prevents, and the whole check of one bad entry of each type."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from ecoteca.checking import check_content
from ecoteca.checks import RULES
from ecoteca.entries import BY_FOLDER
from ecoteca.problems import report
from support import TODAY, Project

BAD = Path(__file__).parent / "bad"


def told(project: Project) -> list[str]:
    """Every problem, without its line."""
    return [re.sub(r":\d+:", ":", line, count=1) for line in project.problems()]


def test_sound_content_has_no_problems(project: Project) -> None:
    project.add_one_of_each()
    assert project.problems() == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_says_in_its_first_line_what_harm_it_prevents(rule: Callable[..., object]) -> None:
    assert rule.__doc__ is not None
    assert rule.__doc__.splitlines()[0].endswith(".")


# Identity and addresses


def test_an_id_belongs_to_one_entry(project: Project) -> None:
    project.add("adempimenti", "mud")
    project.add("glossario", "mud")
    assert told(project) == [
        "content/glossario/mud.md: id: questo identificativo è già di content/adempimenti/mud.md (trovato «mud»). "
        "Scegline uno nuovo, mai usato."
    ]


def test_an_old_address_leads_to_one_page_and_stands_where_none_is(project: Project) -> None:
    aliases = ["glossario/mud", "temi/imballaggi", "settori/commercio", "glossario/formulario", "glossario/fir"]
    fir = project.add("glossario", "fir", aliases=aliases)
    mud = project.add("glossario", "mud", aliases=["glossario/formulario/"])
    found = [line.split(" (trovato")[0] for line in told(project)]
    assert found == [
        f"{fir}: aliases[1]: questo vecchio indirizzo è già di {mud}",
        f"{fir}: aliases[2]: questo vecchio indirizzo è già di content/vocabolari/temi.yaml",
        f"{fir}: aliases[3]: questo vecchio indirizzo è già di content/vocabolari/settori.yaml",
        f"{fir}: aliases[5]: questo vecchio indirizzo è già di {fir}",
        f"{mud}: aliases[1]: questo vecchio indirizzo è già di {fir}",
    ]


# Words and relations


def test_a_word_outside_the_vocabulary_is_told_the_nearest(project: Project) -> None:
    path = project.add("eventi", "corso", themes=["imbalaggi"], territories=["italia", "roma"], chamber="milanno")
    assert told(project) == [
        f"{path}: themes[1]: non è nel vocabolario «temi» (trovato «imbalaggi»). Forse volevi «imballaggi».",
        f"{path}: territories[2]: non è nel vocabolario «territori» (trovato «roma»). Si può scrivere: italia, mi.",
        f"{path}: chamber: non è nel vocabolario «camere» (trovato «milanno»). Forse volevi «milano».",
    ]


def test_a_relation_to_nothing_is_an_error_even_where_other_fields_are_broken(project: Project) -> None:
    project.add("normativa", "l-70-1994")
    path = project.add("adempimenti", "mud", title=12, legal_basis=[{"act": "l-70-1949", "article": "art. 6"}])
    assert told(project) == [
        f"{path}: title: deve essere un testo (trovato «12»). Mettilo tra virgolette.",
        f"{path}: legal_basis[1].act: nessuna scheda ha questo id (trovato «l-70-1949»). Forse volevi «l-70-1994».",
    ]


def published(project: Project, *lines: str) -> None:
    """Writes the project's ledger."""
    (project.root / "ledger.txt").write_text("".join(f"{line}\n" for line in lines))


def test_an_entry_that_was_published_is_not_deleted(project: Project) -> None:
    project.add("adempimenti", "mud", related=["fir"])
    published(project, "id fir", "id mud", "indirizzo adempimenti/fir/", "indirizzo adempimenti/mud/")
    put_back = "Una scheda pubblicata non si cancella e il suo id non cambia: rimettila, e se non vale più usa state: "
    assert told(project) == [
        f"content/adempimenti/mud.md: related[1]: nessuna scheda ha questo id (trovato «fir»). {put_back}ritirata.",
        f"ledger.txt: questa scheda è già stata pubblicata e ora manca (trovato «fir»). {put_back}ritirata.",
    ]
    assert "ledger.txt:1:" in project.problems()[1]


def test_a_link_to_an_entry_that_was_published_is_told_what_happened(project: Project) -> None:
    published(project, "indirizzo adempimenti/rentri-iscrizione/")
    project.add("adempimenti", "rentri-trasmissione", "Vedi [chi si iscrive](rentri-iscrizione.md).")
    [link, _] = told(project)
    assert "(trovato «rentri-iscrizione.md»). Quella scheda c'era: se ha cambiato nome correggi il collegamento" in link


def test_an_entry_that_was_published_keeps_its_address_or_leaves_a_way(project: Project) -> None:
    published(project, "id mud", "indirizzo adempimenti/", "indirizzo adempimenti/mud/", "indirizzo feed/temi/mud.xml")
    project.add("adempimenti", "dichiarazione", id="mud")
    assert told(project) == [
        "ledger.txt: a questo indirizzo, già pubblicato, non risponderebbe più nessuna pagina (trovato «adempimenti/mud/»). "
        "Aggiungi il vecchio indirizzo in aliases della scheda che ne prende il posto, oppure rimetti la pagina."
    ]
    project.add("adempimenti", "dichiarazione", id="mud", aliases=["adempimenti/mud"], themes=["ignoto"])
    assert len(told(project)) == 1, "what else is wrong with the entry does not make its way vanish"


def test_an_entry_that_was_published_is_no_draft_again(project: Project) -> None:
    published(project, "id mud")
    project.add("adempimenti", "mud", state="bozza")
    assert told(project) == [
        "content/adempimenti/mud.md: state: una scheda già pubblicata non torna bozza (trovato «bozza»). "
        "Se non vale più usa state: ritirata, con reason ed ended."
    ]


def test_an_entry_that_came_out_does_not_come_out_again(project: Project) -> None:
    published(project, "id mud", "uscita mud 2026-01-01")
    for day in (date(2026, 2, 1), date(2030, 1, 1)):
        project.add("adempimenti", "mud", published=day)
        assert told(project) == [
            "content/adempimenti/mud.md: published: questa scheda è già uscita: sparirebbe fino a questo giorno, o tornerebbe "
            f"come nuova (trovato «{day}»). Rimetti 2026-01-01."
        ]
    project.add("adempimenti", "mud", published=date(2025, 12, 1))
    assert told(project) == []


def test_of_two_entries_with_one_id_the_older_keeps_it(project: Project) -> None:
    published(project, "id mud", "indirizzo adempimenti/mud/")
    project.add("adempimenti", "mud")
    project.add("adempimenti", "copia", id="mud")
    assert told(project) == [
        "content/adempimenti/copia.md: id: questo identificativo è già di content/adempimenti/mud.md (trovato «mud»). "
        "Scegline uno nuovo, mai usato."
    ]


@pytest.mark.parametrize("line", ["<<<<<<< main", "uscita mud", "uscita mud ieri", "id", ""])
def test_a_ledger_that_somebody_spoilt_is_told(project: Project, line: str) -> None:
    project.add("adempimenti", "mud")
    published(project, "id mud", line)
    found = f" (trovato «{line}»)" if line else ""
    assert told(project) == [
        f"ledger.txt: questa riga non dice che cosa è stato pubblicato{found}. Toglila: il file lo scrive scripts/ledger."
    ]


def test_what_cannot_be_read_is_not_taken_for_deleted(project: Project) -> None:
    published(project, "id mud")
    project.write("content/adempimenti/mud.md", "---\nid: [\n---\n")
    assert not [line for line in told(project) if line.startswith("ledger.txt")]


def test_what_an_issue_tells_is_news_of_an_entry(project: Project) -> None:
    project.add("adempimenti", "mud")
    piece = {"news": "mut/2026-01-01", "about": "mud", "title": "Novità"}
    due = {"name": "mudd/presentazione/2027", "about": "mud", "day": date(2027, 4, 30), "what": "Presentare"}
    project.add("newsletter", "2026-01", sections=[{"title": "Rifiuti", "items": [piece]}], deadlines=[due])
    assert told(project) == [
        "content/newsletter/2026-01.md: sections[1].items[1].news: il nome di una notizia comincia con l'id di una scheda "
        "(trovato «mut/2026-01-01»). Forse volevi «mud».",
        "content/newsletter/2026-01.md: deadlines[1].name: il nome di una notizia comincia con l'id di una scheda "
        "(trovato «mudd/presentazione/2027»). Forse volevi «mud».",
    ]


def test_a_relation_leads_to_an_entry_of_the_right_type(project: Project) -> None:
    project.add("glossario", "fir")
    path = project.add("adempimenti", "mud", legal_basis=[{"act": "fir"}])
    assert told(project) == [
        f"{path}: legal_basis[1].act: qui serve una scheda di tipo norma (trovato «fir»). «fir» è di tipo termine."
    ]


def test_an_entry_does_not_refer_to_itself(project: Project) -> None:
    path = project.add("glossario", "fir", related=["fir"])
    assert told(project) == [
        f"{path}: related[1]: una scheda non può rinviare a sé stessa (trovato «fir»). Togli la riga."
    ]


def test_successors_do_not_walk_in_a_circle(project: Project) -> None:
    for slug, successor in (("uno", "due"), ("due", "tre"), ("tre", "uno"), ("zero", "uno")):
        project.add("glossario", slug, succeeded_by=successor)
    found = told(project)
    assert [line.split(":")[0] for line in found] == [f"content/glossario/{slug}.md" for slug in ("due", "tre", "uno")]
    assert "succeeded_by: le sostituzioni girano in tondo (trovato «uno → due → tre → uno»)" in found[2]


def test_a_chain_of_successors_that_ends_is_fine(project: Project) -> None:
    project.add("glossario", "uno", state="superata", reason="Nuova voce.", succeeded_by="due")
    project.add("glossario", "due", state="superata", reason="Nuova voce.", succeeded_by="tre")
    project.add("glossario", "tre")
    assert project.problems() == []


def test_a_successor_is_of_the_same_type(project: Project) -> None:
    project.add("adempimenti", "mud")
    path = project.add("glossario", "fir", succeeded_by="mud")
    assert told(project) == [
        f"{path}: succeeded_by: deve essere una scheda di tipo termine (trovato «mud»). «mud» è di tipo adempimento."
    ]


@pytest.mark.parametrize("relation", ["modifies", "repeals", "converts"])
def test_an_act_comes_after_what_it_acts_on(project: Project, relation: str) -> None:
    project.add("normativa", "dopo", number="116/2020", adopted=date(2020, 9, 3))
    value = "dopo" if relation == "converts" else ["dopo"]
    path = project.add("normativa", "prima", **{relation: value})
    (line,) = project.problems()
    assert line.startswith(f"{path}:")
    assert line.endswith(
        "questo atto è del 1994-01-25, prima di quello su cui agisce (trovato «dopo, 2020-09-03»). Controlla le due date."
    )


def test_a_choice_of_the_national_strategy_is_of_its_edition(project: Project) -> None:
    path = project.add("azioni", "azione", strategy=[{"edition": "2022", "choice": "prosperita-iii-5"}])
    assert told(project) == [
        f"{path}: strategy[1].edition: questa scelta è dell'edizione 2017 (trovato «2022»). Correggi edition o choice."
    ]


def test_nothing_is_recorded_before_it_happened(project: Project) -> None:
    tomorrow = TODAY + timedelta(days=1)
    read = {"title": "Norma", "url": "https://example.org/", "issuer": "Ente", "read_on": TODAY + timedelta(days=1)}
    path = project.add("glossario", "fir", checked={"on": tomorrow, "by": "redazione"}, sources=[read])
    fix = "Scrivi il giorno in cui è avvenuto, o togli la riga."
    said = f"questo giorno non è ancora venuto (oggi è il {TODAY}) (trovato «{tomorrow}»). {fix}"
    assert set(told(project)) == {f"{path}: checked.on: {said}", f"{path}: sources[1].read_on: {said}"}


def test_an_old_address_stands_below_a_type(project: Project) -> None:
    path = project.add("glossario", "fir", aliases=["progetto/privacy"])
    assert told(project)[0].startswith(f"{path}: aliases[1]: un vecchio indirizzo comincia con la cartella di un tipo")


# Links and pictures


def test_links_open_a_page_at_a_point_that_exists(project: Project) -> None:
    project.add("adempimenti", "mud", "\n## Chi riguarda\n\nTutti.\n")
    good = "[a](../adempimenti/mud.md), [b](../adempimenti/mud.md#chi-riguarda), [c](#qui), [d](fir.md#qui)"
    project.add("glossario", "fir", f"\n## Qui\n\n{good}, [e](https://example.org/), [f](mailto:a@example.org)\n")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("href", "told"),
    [
        ("fri.md", "il collegamento non porta a nessuna scheda (trovato «fri.md»). Forse volevi «fir.md»."),
        ("mud.md", "il collegamento non porta a nessuna scheda (trovato «mud.md»). Forse volevi «../adempimenti/mud.md»."),
        ("../../README.md", "il collegamento non porta a nessuna scheda (trovato «../../README.md»)."),
        ("../vocabolari/temi.yaml", "il collegamento non porta a nessuna scheda"),
        ("../adempimenti/mud.md#chi", "in quella scheda non c'è questo punto (trovato «../adempimenti/mud.md#chi»)."),
        ("fir.md#qui", "in quella scheda non c'è questo punto (trovato «fir.md#qui»). Quella scheda non ha titoli: togli «#…»."),
        ("http://[", "l'indirizzo non è scritto per intero"),
        ("//example.org/", "all'indirizzo manca il protocollo"),
    ],
)  # fmt: skip
def test_links_that_lead_nowhere_are_told_once(project: Project, href: str, told: str) -> None:
    project.add("adempimenti", "mud", "\n## Chi riguarda\n\nTutti.\n")
    path = project.add("glossario", "fir", f"\nTesto.\n\nVedi [la scheda]({href}).\n")
    (line,) = project.problems()
    assert line.startswith(f"{path}:18: testo: {told}")


def test_pictures_are_ours(project: Project) -> None:
    project.write("content/immagini/impianto.png", b"x")
    images = ("../immagini/impianto.png", "../immagini/manca.png", "https://example.org/foto.png", "http://[")
    body = "".join(f"\n![Un impianto]({image})\n" for image in images)
    path = project.add("glossario", "fir", body)
    told = project.problems()
    assert [line.split(":")[1] for line in told] == ["18", "20", "22"]
    assert told[0] == (
        f"{path}:18: testo: l'immagine non c'è in content/immagini/ (trovato «../immagini/manca.png»). "
        "Metti il file in content/immagini/ e scrivi ../immagini/nome.png."
    )


# The whole check


def test_problems_come_in_the_order_of_files_and_lines(project: Project) -> None:
    project.add("glossario", "zeta", title=1, state="x")
    project.add("bandi", "bando", title=1)
    places = [line.split(": ")[0] for line in project.problems()]
    assert places == ["content/bandi/bando.md:3", "content/glossario/zeta.md:3", "content/glossario/zeta.md:7"]


def test_files_and_folders_can_be_chosen_and_still_all_are_read(project: Project) -> None:
    project.add("glossario", "fir", related=["mud"])
    project.add("adempimenti", "mud", title=1)
    project.add("bandi", "bando", title=1)

    def paths(*chosen: str) -> list[str]:
        return [found.path for found in check_content(project.root, [project.root / path for path in chosen], TODAY)]

    assert paths("content/glossario") == [], "the term's relation is found though only its folder is looked at"
    assert paths("content/adempimenti/mud.md") == ["content/adempimenti/mud.md"]
    assert paths("content/adempimenti", "content/bandi/bando.md") == [
        "content/adempimenti/mud.md",
        "content/bandi/bando.md",
    ]
    assert paths() == ["content/adempimenti/mud.md", "content/bandi/bando.md"]


def test_one_bad_entry_of_each_type_is_told_everything(project: Project, bless: bool) -> None:
    shutil.copytree(BAD / "content", project.root / "content", dirs_exist_ok=True)
    assert {path.parent.name for path in BAD.glob("content/*/*.md")} == set(BY_FOLDER)
    told = report(check_content(project.root, [], TODAY), "text") + "\n"
    expected = BAD / "problems.txt"
    if bless:
        expected.write_text(told, encoding="utf-8")
    mend = "se la differenza è voluta: scripts/test tests/test_checks.py --bless"
    assert told == expected.read_text(encoding="utf-8"), mend
