"""From a file to a typed entry: everything that keeps it from being one is told at once, in the editors' words."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest

from ecoteca.declared import declare, did_you_mean, nearest
from ecoteca.entries import BY_FOLDER, Act, Duty, Entry
from ecoteca.reading import Document
from support import Project, front_matter

FOLDERS = tuple(BY_FOLDER)


def document(folder: str, fields: dict[str, Any]) -> Document:
    """Fields as if they had been read from a file."""
    return Document(f"content/{folder}/prova.md", folder, "prova", fields, {}, "", 1, (), True)


def refusals(folder: str, **changes: object) -> list[tuple[str, str]]:
    """Field and message of what is wrong with the shortest valid entry once it is changed so."""
    declared = declare(BY_FOLDER[folder], document(folder, front_matter(folder, "prova", changes)))
    assert (declared.entry is None) == bool(declared.problems)
    return [(problem.field, problem.message) for problem in declared.problems]


# What is accepted


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_shortest_entry_of_each_type_is_one(folder: str) -> None:
    declared = declare(BY_FOLDER[folder], document(folder, front_matter(folder, "prova")))
    assert declared.problems == ()
    assert isinstance(declared.entry, BY_FOLDER[folder])


def test_what_is_left_out_has_its_meaning() -> None:
    entry = declare(Duty, document("adempimenti", front_matter("adempimenti", "mud"))).entry
    assert entry is not None
    assert (entry.strength, entry.territories, entry.sectors, entry.checked) == ("devi", ("italia",), (), None)


def test_an_identifier_becomes_what_it_stands_for() -> None:
    changes = {"number": "152/2006", "adopted": date(2006, 4, 3), "kind": "decreto legislativo"}
    fields = front_matter("normativa", "dlgs", {**changes, "urn": "urn:nir:stato:decreto.legislativo:2006-04-03;152"})
    entry = declare(Act, document("normativa", fields)).entry
    assert entry is not None
    assert entry.urn is not None
    assert entry.urn.url.startswith("https://www.normattiva.it/")


def test_an_entry_cannot_be_changed_once_it_is_made() -> None:
    entry = declare(Duty, document("adempimenti", front_matter("adempimenti", "mud"))).entry
    with pytest.raises(ValueError, match="frozen"):
        entry.title = "Altro"  # type: ignore[union-attr]


# Names of fields


def test_an_unknown_field_is_refused_with_the_nearest_known_name(project: Project) -> None:
    path = project.add("adempimenti", "mud", titolo="MUD", penalti="art. 258", zzz=1)
    assert project.problems() == [
        f"{path}:18: titolo: campo sconosciuto (trovato «titolo»). Si scrive «title» (Titolo).",
        f"{path}:19: penalti: campo sconosciuto (trovato «penalti»). Forse volevi «penalty».",
        f"{path}:20: zzz: campo sconosciuto (trovato «zzz»). Si può scrivere: aliases, applies, audience, authority, "
        "changes, checked, conflicts, cost, ….",
    ]


def test_inside_a_group_the_names_of_the_group_are_offered(project: Project) -> None:
    source = {
        "title": "Legge",
        "link": "https://example.org",
        "url": "https://example.org",
        "isuer": "a",
        "issuer": "aa",
    }
    path = project.add("glossario", "fir", sources=[source])
    assert project.problems() == [
        f"{path}:11: sources[1].link: campo sconosciuto (trovato «link»). "
        "Si può scrivere: article, issuer, official, read_on, title, url.",
        f"{path}:13: sources[1].isuer: campo sconosciuto (trovato «isuer»). Forse volevi «issuer».",
    ]


def test_every_missing_field_is_asked_for_with_its_label_and_what_goes_in_it(project: Project) -> None:
    path = project.write("content/adempimenti/mud.md", "---\nid: mud\n---\n").relative_to(project.root)
    told = project.problems()
    assert [line.split(": ")[1] for line in told] == sorted(
        ["title", "summary", "themes", "state", "published", "sources", "who", "what", "when", "strength"]
    )
    assert f"{path}:2: title: manca il campo «title» (Titolo). Il titolo della pagina, senza punto finale." in told


# Values


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": 12}, "title", "deve essere un testo"),
        ({"title": ["MUD"]}, "title", "deve essere un testo"),
        ({"title": "M"}, "title", "deve avere almeno 2 caratteri"),
        ({"title": "M" * 141}, "title", "deve avere al massimo 140 caratteri"),
        ({"title": "prima\nseconda"}, "title", "deve stare su una riga, senza spazi in testa o in coda"),
        ({"title": " MUD"}, "title", "deve stare su una riga, senza spazi in testa o in coda"),
        ({"summary": "breve"}, "summary", "deve avere almeno 20 caratteri"),
        ({"summary": "s" * 241}, "summary", "deve avere al massimo 240 caratteri"),
        ({"id": "Mud 2026"}, "id", "deve avere solo lettere minuscole senza accento, cifre e trattini"),
        ({"themes": "mud"}, "themes", "deve essere un elenco"),
        ({"themes": {"mud": True}}, "themes", "deve essere un elenco"),
        ({"themes": []}, "themes", "deve avere almeno 1 voce"),
        ({"themes": ["mud"] * 7}, "themes", "deve avere al massimo 6 voci"),
        ({"themes": ["mud", 7]}, "themes[2]", "deve essere un testo"),
        ({"state": "pubblicato"}, "state", "valore non previsto"),
        ({"published": "2026-01-15"}, "published", "deve essere una data AAAA-MM-GG"),
        ({"published": datetime(2026, 1, 15, 9)}, "published", "deve essere una data AAAA-MM-GG"),
        ({"published": 2026}, "published", "deve essere una data AAAA-MM-GG"),
        ({"sources": [{"title": "Legge", "issuer": "Stato"}]}, "sources[1].url", "manca il campo «url» (Indirizzo)"),
        ({"sources": ["Legge"]}, "sources[1]", "deve essere un gruppo di campi"),
        ({"checked": "2026-01-01"}, "checked", "deve essere un gruppo di campi"),
        ({"checked": {"by": "redazione"}}, "checked.on", "manca il campo «on» (Il)"),
        ({"changes": [{"date": date(2026, 2, 1), "note": "Nuovo", "major": 1}]}, "changes[1].major", "deve essere true o false"),
        ({"aliases": ["mud"]}, "aliases[1]", "deve essere il vecchio indirizzo nella forma «cartella/nome»"),
        ({"where_url": "www.example.org"}, "where_url", "deve essere un indirizzo completo che comincia con https:// o http://"),
        ({"where_url": "javascript:alert(1)"}, "where_url", "deve essere un indirizzo completo che comincia con https:// o http://"),
        ({"where_url": "https://a b"}, "where_url", "deve essere un indirizzo completo che comincia con https:// o http://"),
        ({"where_url": "https:///pagina"}, "where_url", "manca il nome del sito dopo https://"),
        ({"where_url": "https://["}, "where_url", "manca il nome del sito dopo https://"),
        ({"waste_codes": ["13 02"]}, "waste_codes[1]", None),
        ({"waste_codes": [130205]}, "waste_codes[1]", "deve essere un testo"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_told_what_it_must_be(
    changes: dict[str, object], field: str, message: str | None
) -> None:
    ((told_field, told),) = refusals("adempimenti", **changes)
    assert told_field == field
    assert told == message or message is None


RULE = "manca il tipo di regola, o non è previsto"


@pytest.mark.parametrize(
    ("deadline", "field", "message"),
    [
        ({"what": "MUD"}, "deadlines[1]", RULE),
        ({"rule": "annuale", "what": "MUD", "days": ["04-30"]}, "deadlines[1]", RULE),
        ({"rule": "ogni anno", "what": "MUD"}, "deadlines[1].days", "manca il campo «days» (Giorni)"),
        ({"rule": "ogni anno", "what": "MUD", "days": ["30-04"]}, "deadlines[1].days[1]", None),
        ({"rule": "ogni anno", "what": "MUD", "days": ["02-30"]}, "deadlines[1].days[1]", None),
        ({"rule": "ogni anno", "what": "MUD", "days": ["aprile"]}, "deadlines[1].days[1]", "non ha la forma richiesta"),
        ({"rule": "ogni mese", "what": "MUD", "day": 0}, "deadlines[1].day", "deve essere almeno 1"),
        ({"rule": "ogni mese", "what": "MUD", "day": 32}, "deadlines[1].day", "deve essere al massimo 31"),
        ({"rule": "ogni mese", "what": "MUD", "day": 1.5}, "deadlines[1].day", "deve essere un numero intero"),
        ({"rule": "una volta", "what": "MUD", "on": "domani"}, "deadlines[1].on", "deve essere una data AAAA-MM-GG"),
        ({"rule": "una volta", "what": "MUD", "days": 3, "on": date(2026, 1, 1)}, "deadlines[1].days", "campo sconosciuto"),
        ("ogni anno", "deadlines[1]", "deve essere un gruppo di campi"),
    ],
)  # fmt: skip
def test_a_deadline_is_read_by_its_own_rule(deadline: object, field: str, message: str | None) -> None:
    ((told_field, told),) = refusals("adempimenti", deadlines=[deadline])
    assert told_field == field
    assert told == message or (message is None and told == "deve essere un giorno dell'anno, MM-GG")


def test_29_february_is_a_day_of_some_years() -> None:
    assert refusals("adempimenti", deadlines=[{"rule": "ogni anno", "what": "MUD", "days": ["02-29"]}]) == []


def test_a_word_that_is_not_one_of_the_few_is_told_the_nearest(project: Project) -> None:
    path = project.add("eventi", "corso", kind="seminari", state="bozzetto")
    assert project.problems() == [
        f"{path}:7: state: valore non previsto (trovato «bozzetto»). Forse volevi «bozza».",
        f"{path}:13: kind: valore non previsto (trovato «seminari»). Forse volevi «seminario».",
    ]


def test_a_choice_of_two_kinds_is_refused_once() -> None:
    assert refusals("eventi", starts="domani") == [
        ("starts", "deve essere una data AAAA-MM-GG, con l'ora se serve AAAA-MM-GG HH:MM")
    ]


# Values that cannot stand together


ADOPTED = date(1994, 1, 25)
EUROPEAN = {"level": "europeo", "kind": "direttiva", "number": "(UE) 2018/851", "adopted": date(2018, 5, 30)}
GAZETTE = {"number": 226, "date": date(2020, 9, 11)}
DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("folder", "changes", "field", "message"),
    [
        ("glossario", {"state": "ritirata"}, "state", "una scheda ritirata deve dire perché"),
        ("glossario", {"state": "superata", "reason": "Nuova legge."}, "state", "una scheda superata deve dire da quale altra"),
        (
            "glossario",
            {"changes": [{"date": date(2026, 1, 14), "note": "Nuovo"}]},
            "changes[1].date",
            "una modifica non può venire prima della pubblicazione (2026-01-15)",
        ),
        (
            "glossario",
            {"changes": [{"date": date(2026, 3, 1), "note": "Nuovo"}, {"date": DAY, "note": "Vecchio"}]},
            "changes[2].date",
            "le modifiche vanno dalla più vecchia alla più recente",
        ),
        (
            "glossario",
            {"checked": {"on": DAY, "by": "redazione"}, "next_check": DAY},
            "next_check",
            "la prossima verifica deve venire dopo l'ultima (2026-02-01)",
        ),
        ("adempimenti", {"other_basis": None}, "strength", "un obbligo deve dire da quale norma viene"),
        (
            "adempimenti",
            {"deadlines": [{"rule": "ogni anno", "what": "MUD", "days": ["04-30"],
                            "exceptions": [{"year": 2025, "on": DAY, "why": "Decreto"}]}]},
            "deadlines[1].exceptions[1].on",
            "il giorno deve cadere nel 2025",
        ),
        (
            "adempimenti",
            {"deadlines": [{"rule": "ogni anno", "what": "MUD", "days": ["04-30"],
                            "exceptions": [{"year": 2026, "on": DAY, "why": "Decreto"}, {"year": 2026, "on": DAY, "why": "Altro"}]}]},
            "deadlines[1].exceptions[2]",
            "un anno può avere una sola eccezione",
        ),
        (
            "adempimenti",
            {"deadlines": [{"rule": "ogni anno", "what": "MUD", "days": ["04-30", "10-31"],
                            "exceptions": [{"year": 2026, "on": DAY, "why": "Decreto"}]}]},
            "deadlines[1].exceptions",
            "le eccezioni valgono per regole con un solo giorno",
        ),
        (
            "normativa",
            {"level": "europeo", "number": None},
            "level",
            "un atto di tipo «legge» deve avere level «nazionale»",
        ),
        ("normativa", {"in_force": date(1994, 1, 24)}, "in_force", "non può venire prima della data dell'atto (1994-01-25)"),
        ("normativa", {"repealed_on": date(1993, 1, 1)}, "repealed_on", "non può venire prima della data dell'atto (1994-01-25)"),
        (
            "normativa",
            {"in_force": date(1994, 3, 1), "repealed_on": date(1994, 2, 1)},
            "repealed_on",
            "l'abrogazione non può venire prima dell'entrata in vigore (1994-03-01)",
        ),
        (
            "normativa",
            {"applies": [{"on": date(1990, 1, 1)}]},
            "applies[1].on",
            "non può venire prima della data dell'atto (1994-01-25)",
        ),
        (
            "normativa",
            {"gazette": {"number": 13, "date": date(1994, 1, 20)}},
            "gazette.date",
            "non può venire prima della data dell'atto (1994-01-25)",
        ),
        ("normativa", {"gazette": {"number": 300, "date": date(1994, 2, 2)}}, "gazette.date", None),
        ("normativa", {**EUROPEAN, "celex": "32018L0852"}, "celex", None),
        ("normativa", {**EUROPEAN, "eli": "http://data.europa.eu/eli/dir/2018/852/oj"}, "eli", None),
        ("normativa", {"urn": "urn:nir:stato:legge:1994-01-25;71"}, "urn", None),
        ("normativa", {"urn": "urn:nir:stato:legge:1994-01-26;70"}, "urn", None),
        (
            "normativa",
            {"adopted": date(2020, 9, 3), "number": "116/2020", "gazette": GAZETTE, "redactional_code": "21G00135"},
            "redactional_code",
            None,
        ),
        (
            "normativa",
            {"level": "regionale", "kind": "deliberazione della Giunta regionale", "number": "6408"},
            "number",
            None,
        ),
        ("cam", {"situation": "in vigore"}, "situation", "criteri in vigore o sostituiti devono avere il decreto"),
        (
            "cam",
            {"situation": "in vigore", "decree": {"issuer": "MASE", "date": DAY}, "in_force": date(2026, 1, 1)},
            "in_force",
            "non può venire prima del decreto (2026-02-01)",
        ),
        (
            "bandi",
            {"phases": [{"name": "Domande", "opens": datetime(2026, 3, 1, 9), "closes": date(2026, 2, 1)}]},
            "phases[1].closes",
            "la chiusura non può venire prima dell'apertura (2026-03-01)",
        ),
        (
            "bandi",
            {"phases": [{"name": "Domande", "opens": DAY, "closes": date(2026, 3, 1), "first_closing": date(2026, 4, 1)}]},
            "phases[1].closes",
            "una proroga sposta in avanti la chiusura",
        ),
        (
            "bandi",
            {"phases": [{"name": "Seconda", "opens": date(2026, 3, 1)}, {"name": "Prima", "opens": DAY}]},
            "phases[2].opens",
            "le fasi vanno dalla prima all'ultima",
        ),
        ("eventi", {"ends": date(2026, 5, 11)}, "ends", "la fine deve venire dopo l'inizio"),
        (
            "eventi",
            {"starts": datetime(2026, 5, 12, 10), "ends": datetime(2026, 5, 12, 10)},
            "ends",
            "la fine deve venire dopo l'inizio",
        ),
        (
            "domande",
            {"valid_as_of": date(2026, 1, 11)},
            "valid_as_of",
            "una risposta non può valere a una data dopo quella in cui è scritta (2026-01-10)",
        ),
        ("azioni", {"ends": date(2018, 12, 31)}, "ends", "la fine non può venire prima dell'inizio"),
    ],
)  # fmt: skip
def test_fields_that_cannot_stand_together_are_told_where_to_look(
    folder: str, changes: dict[str, object], field: str, message: str | None
) -> None:
    ((told_field, told),) = refusals(folder, **changes)
    assert told_field == field
    assert told == message or message is None


def test_the_rows_of_a_table_have_its_columns_and_each_table_its_name() -> None:
    table = front_matter("analisi", "prova")["tables"][0]
    assert refusals("analisi", tables=[{**table, "rows": [["Milano", 1], ["Lodi"], [True, 1], "Pavia"]}]) == [
        ("tables[1].rows[3][1]", "deve essere un testo"),
        ("tables[1].rows[4]", "deve essere un elenco"),
    ]
    assert refusals("analisi", tables=[{**table, "rows": [["Milano", 1], ["Lodi"]]}, table]) == [
        ("tables[2].id", "due tabelle non possono avere lo stesso nome: hanno lo stesso file CSV"),
        ("tables[1].rows[2]", "la riga deve avere 2 celle come le colonne"),
    ]


def test_a_broken_field_does_not_hide_what_is_wrong_between_the_others() -> None:
    changes = {**EUROPEAN, "title": 12, "celex": "32018L0852", "in_force": date(2018, 1, 1)}
    assert [field for field, _ in refusals("normativa", **changes)] == ["title", "in_force", "celex"]


def test_a_rule_waits_until_its_own_fields_are_well_written() -> None:
    assert [field for field, _ in refusals("azioni", starts="ieri", ends=date(2018, 1, 1))] == ["starts"]


# Together with the reading


def test_what_the_reading_has_refused_is_not_refused_again(project: Project) -> None:
    path = project.add("glossario", "fir")
    text = (project.root / path).read_text().replace("published: 2026-01-15", "published: 2026-02-30")
    project.write(path, text)
    assert project.problems() == [
        f"{path}:8: published: questa data non esiste (trovato «2026-02-30»). "
        "Controlla giorno e mese: l'ordine è AAAA-MM-GG."
    ]


def test_of_front_matter_that_could_not_be_read_to_its_end_nothing_is_said_to_be_missing(project: Project) -> None:
    path = project.add("adempimenti", "mud")
    project.write(path, (project.root / path).read_text().replace("title: Una", "title: MUD: una"))
    assert project.problems() == [
        f"{path}:3: i due punti dentro un testo confondono YAML. "
        "Metti tutto il valore tra virgolette; se è già semplice, guarda la riga sopra: «:» e rientro."
    ]


# The nearest word


@pytest.mark.parametrize(
    ("word", "found"), [("titel", "title"), ("TITLE", "title"), ("titolo", "title"), ("xyz", ""), ("", "")]
)
def test_the_nearest_word_is_near(word: str, found: str) -> None:
    assert nearest(word, ["title", "themes", "sources"]) == found


def test_where_no_word_is_near_the_first_ones_are_shown() -> None:
    assert did_you_mean("xyz", ["b", "a"]) == "Si può scrivere: a, b."
    assert did_you_mean("xyz", [f"parola{number:02}" for number in range(20)]).endswith("parola07, ….")
    assert did_you_mean("xyz", []) == ""


# Whatever comes

ODD: tuple[object, ...] = (
    "", "x", "x" * 3000, "a\nb", "2026-01-01", 7, -1, 10**15 - 1, 1.5, True, None, DAY, datetime(2026, 1, 1, 9),
    [], ["x"], [7], [None], [[]], [{}], ["x"] * 200, {}, {"a": 1},
)  # fmt: skip

RICH: dict[str, Any] = {
    "changes": [{"date": DAY, "note": "Nuovo", "major": True}],
    "checked": {"on": DAY, "by": "redazione"},
    "conflicts": [{"about": "Numero", "versions": ["12", "21"], "followed": "Il primo."}],
}
RICHER: dict[str, dict[str, Any]] = {
    "adempimenti": {
        "deadlines": [
            {"rule": "ogni anno", "what": "aa", "days": ["04-30"], "exceptions": [{"year": 2026, "on": DAY, "why": "aa"}]},
            {"rule": "ogni mese", "what": "aa", "day": 31},
            {"rule": "una volta", "what": "aa", "on": DAY},
            {"rule": "da un evento", "what": "aa", "event": "bb", "within": 3, "unit": "mesi"},
            {"rule": "dalla Gazzetta", "what": "aa", "published_on": DAY, "days": 120},
        ],
        "forms": [{"title": "Modulo", "url": "https://example.org/"}],
    },
    "normativa": {"gazette": GAZETTE, "journal": {"date": DAY}, "bulletin": {"series": "SO", "number": 1, "date": DAY}},
    "cam": {"decree": {"issuer": "MASE", "date": DAY, "gazette": GAZETTE}, "legal_basis": [{"act": "dlgs"}]},
    "casi-studio": {"results": [{"what": "aa", "value": 1, "unit": "t", "url": "https://example.org/"}]},
    "bandi": {"budget": [{"source": "Regione", "amount": 1.0}]},
    "eventi": {"materials": [{"title": "aa", "url": "https://example.org/"}], "attendance": {"registered": 1}},
    "azioni": {"strategy": [{"edition": "2017", "choice": "prosperita-iii-5"}]},
}  # fmt: skip


def places(value: Any, key: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in nested fields."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield (*key, name)
        yield from places(part, (*key, name))


@pytest.mark.parametrize("folder", FOLDERS)
def test_anything_anywhere_is_refused_in_italian_or_taken(folder: str) -> None:
    kind: type[Entry] = BY_FOLDER[folder]
    rich = {**front_matter(folder, "prova", RICH), **RICHER.get(folder, {})}
    whole = {**dict.fromkeys(kind.model_fields), **rich}
    for place in places(whole):
        for odd in ODD:
            fields = deepcopy({name: value for name, value in whole.items() if value is not None or name == place[0]})
            holder = fields
            for part in place[:-1]:
                holder = holder[part]
            holder[place[-1]] = odd
            declared = declare(kind, document(folder, fields))
            assert declared.problems or declared.entry is not None
            for problem in declared.problems:
                assert "non accettato" not in problem.message, problem.text()
