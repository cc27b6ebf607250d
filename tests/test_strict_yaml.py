"""YAML without surprises: what an editor wrote is what is read, and what could be read otherwise is refused."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ecoteca.strict_yaml import MAX_DEPTH, MAX_SCALARS, Flaw, load
from support import WHATEVER_COMES


def only(text: str) -> Flaw:
    """The one flaw of a text."""
    (flaw,) = load(text).flaws
    return flaw


def messages(text: str) -> list[str]:
    """What is said against a text."""
    return [flaw.message for flaw in load(text).flaws]


# What is accepted


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("parole semplici", "parole semplici"),
        ("«virgolette» e accenti: no", None),  # a colon with a space is never plain text
        ('"«virgolette» e accenti: sì"', "«virgolette» e accenti: sì"),
        ("'l''acqua'", "l'acqua"),
        ("perché così 👩‍👧", "perché così 👩‍👧"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("04-30", "04-30"),
        ("XI/6408", "XI/6408"),
        ("152/2006", "152/2006"),
        ("2018/851", "2018/851"),
        ("13 02 05*", "13 02 05*"),
        ("38.11.0", "38.11.0"),
        ("10:75", "10:75"),
        ("2026-03-05 esce il decreto", "2026-03-05 esce il decreto"),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("0", 0),
        ("-3", -3),
        ("999999999999999", 999_999_999_999_999),
        ("1.5", 1.5),
        ("0.25", 0.25),
        ("1200.0", 1200.0),
        ("2026-04-30", date(2026, 4, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-04-30 16:00", datetime(2026, 4, 30, 16)),
        ("2026-04-30T16:00:30", datetime(2026, 4, 30, 16, 0, 30)),
        ('"no"', "no"),
        ('"012"', "012"),
        ('"12:30"', "12:30"),
        ('"1.10"', "1.10"),
        ('"2026-02-30"', "2026-02-30"),
        ('"*ritorno*"', "*ritorno*"),
        ('"!importante"', "!importante"),
        ("|\n  prima riga\n\n  seconda", "prima riga\n\nseconda"),
        (">\n  una riga\n  sola", "una riga sola"),
        ("[a, 1, true]", ["a", 1, True]),
        ("\n  - a\n  - b: 1\n    c: d", ["a", {"b": 1, "c": "d"}]),
        ("testo # e un commento", "testo"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, value: Any) -> None:
    loaded = load(f"campo: {written}")
    if value is None:
        assert loaded.flaws
    else:
        assert loaded.flaws == ()
        assert loaded.data == {"campo": value}
        assert type(loaded.data["campo"]) is type(value)


def test_every_key_and_item_has_its_line_in_the_file() -> None:
    loaded = load("\nid: mud\nsources:\n  - title: Legge\n    url: https://example.org\n  - title: Altra\n", 1)
    assert loaded.lines[("id",)] == 2
    assert loaded.lines[("sources", 0)] == 4
    assert loaded.lines[("sources", 0, "url")] == 5
    assert loaded.lines[("sources", 1, "title")] == 6


def test_lines_count_from_where_the_text_begins_in_the_file() -> None:
    assert load("id: mud", first_line=7).lines[("id",)] == 7


# YAML's surprises


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "on", "off", "y", "n", "True", "FALSE", "null", "Null", "~"])
def test_a_word_that_yaml_takes_for_a_value_is_asked_back(word: str) -> None:
    flaw = only(f"campo: {word}")
    assert (flaw.key, flaw.found) == (("campo",), word)
    assert flaw.message == f"«{word}» senza virgolette in YAML non è un testo"
    assert flaw.fix == f'Se è un testo mettilo tra virgolette: "{word}"; per sì o no scrivi true o false.'


@pytest.mark.parametrize(
    "number",
    [
        "012",
        "08",
        "0x1F",
        "0o17",
        "0b11",
        "1_000",
        "1.10",
        "1.200",
        "1.50",
        "+5",
        "1e3",
        ".5",
        "5.",
        ".inf",
        "-.inf",
        ".nan",
        "9999999999999999",
        "0.1000000000000000055",
    ],
)
def test_a_number_that_would_change_is_asked_back(number: str) -> None:
    flaw = only(f"campo: {number}")
    assert flaw.message == "questo numero in YAML cambierebbe valore o forma"
    assert flaw.fix == f'Se è un testo mettilo tra virgolette: "{number}"; un numero si scrive come 1200 o 1.5.'


def test_a_number_of_any_length_is_refused_in_a_few_words() -> None:
    flaw = only("campo: " + "9" * 5000)
    assert flaw.fix == "Se è un testo mettilo tra virgolette; un numero si scrive come 1200 o 1.5."


@pytest.mark.parametrize("hour", ["12:30", "9:05", "24:00", "12:30:59", "190:20:30"])
def test_an_hour_that_yaml_takes_for_a_number_is_asked_back(hour: str) -> None:
    assert yaml.safe_load(hour) != hour  # the surprise
    flaw = only(f"campo: {hour}")
    assert flaw.message == "in YAML un'ora senza virgolette diventa un numero"
    assert flaw.fix == f'Se è un testo mettilo tra virgolette: "{hour}".'


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "2026-04-30 25:00"])
def test_a_date_that_does_not_exist_is_said_to_be_so(day: str) -> None:
    assert only(f"campo: {day}").message == "questa data non esiste"


@pytest.mark.parametrize("day", ["0206-11-23", "1799-12-31", "2200-01-01", "9999-12-31", "0000-01-01"])
def test_a_year_of_another_age_is_a_slip_of_the_keyboard(day: str) -> None:
    assert messages(f"campo: {day}") in (["l'anno deve essere fra 1800 e 2199"], ["questa data non esiste"])


@pytest.mark.parametrize(
    "day",
    [
        "30/04/2026",
        "30-04-2026",
        "30.04.2026",
        "2026/04/30",
        "2026-4-30",
        "2026-04-30T16:00:00Z",
        "2026-04-30 16:00 +2",
    ],
)
def test_a_date_in_another_form_is_asked_for_in_the_one_form(day: str) -> None:
    flaw = only(f"campo: {day}")
    assert flaw.message == "le date si scrivono AAAA-MM-GG, con l'ora AAAA-MM-GG HH:MM"
    assert flaw.fix.startswith("Per esempio 2026-04-30.")


def test_a_field_without_a_value_is_said_to_be_empty() -> None:
    flaw = only("title:\nid: mud")
    assert (flaw.line, flaw.key, flaw.message) == (1, ("title",), "il campo è vuoto")


# Names of fields


def test_a_field_written_twice_is_refused_and_the_first_stays() -> None:
    loaded = load("title: Primo\nsources:\n  - url: a\ntitle: Secondo\nsources:\n  - url: b\n")
    assert loaded.data == {"title": "Primo", "sources": [{"url": "a"}]}
    assert loaded.lines[("sources", 0, "url")] == 3
    assert [(flaw.line, flaw.key, flaw.message) for flaw in loaded.flaws] == [
        (4, ("title",), "campo scritto due volte (la prima alla riga 1)"),
        (5, ("sources",), "campo scritto due volte (la prima alla riga 2)"),
    ]


def test_a_field_written_twice_inside_a_block_is_found_too() -> None:
    assert only("checked: {by: a, by: b}").key == ("checked", "by")


@pytest.mark.parametrize("name", ["1", "1.5", "true", "2026-01-01"])
def test_a_name_that_yaml_takes_for_a_value_is_no_name(name: str) -> None:
    flaw = only(f"{name}: valore")
    assert (flaw.message, flaw.found) == ("il nome di un campo deve essere una parola", name)


@pytest.mark.parametrize("name", ["? [a, b]\n", "? {a: b}\n", "? - a\n  - b\n", "[a]", "{a: b}"])
def test_a_list_or_block_is_no_name_and_what_follows_is_still_read(name: str) -> None:
    loaded = load(f"{name}: [valore, {{uno: due}}]\nid: mud\n")
    assert [flaw.message for flaw in loaded.flaws] == [
        "il nome di un campo deve essere una parola, non un elenco o un blocco"
    ]
    assert loaded.data == {"id": "mud"}


# What YAML has and an entry does not need


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &nome testo", "le ancore «&nome» non sono ammesse"),
        ("a: *nome", "i richiami «*nome» non sono ammessi"),
        ("*nome : testo", "i richiami «*nome» non sono ammessi"),
        ("a: !!int testo", "le etichette «!tipo» non sono ammesse"),
        ("a: !!python/object:os.system testo", "le etichette «!tipo» non sono ammesse"),
        ("a: !mio testo", "le etichette «!tipo» non sono ammesse"),
        ("<<: {a: b}", "le chiavi di unione «<<» non sono ammesse"),
        ("a: b\n---\nc: d", "qui comincia un secondo documento YAML"),
        ("a: b\n...\n", "i tre punti «...» non chiudono i dati"),
        ("%YAML 1.1\n---\na: b", "qui comincia un secondo documento YAML"),
    ],
)
def test_the_rest_of_yaml_is_refused_by_its_name(text: str, message: str) -> None:
    flaw = only(text)
    assert flaw.message == message
    assert flaw.fix


def test_anchors_and_aliases_are_each_told_where_they_stand() -> None:
    loaded = load("a: &uno testo\nb: *uno\nc: fine\n")
    assert [(flaw.line, flaw.key, flaw.found) for flaw in loaded.flaws] == [(1, ("a",), "uno"), (2, ("b",), "uno")]
    assert loaded.data["c"] == "fine"


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\a", "\\x07", "\\u202E", "\\u200b", "\\uFEFF", "\\N", "\\L"])
def test_an_escape_does_not_bring_in_what_the_file_may_not_hold(escape: str) -> None:
    loaded = load(f'title: "a{escape}b"')
    assert [flaw.message for flaw in loaded.flaws] == ["c'è un carattere invisibile o di controllo"]
    assert loaded.data == {"title": "a b"}


def test_escapes_of_what_can_be_seen_are_read() -> None:
    assert load(r'title: "perch\u00e9 \"s\u00ec\""').data == {"title": 'perché "sì"'}


# What is not YAML


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id: mud\ntitle: MUD: la dichiarazione", 2, "i due punti dentro un testo confondono YAML"),
        ("id: mud\ntitle MUD\nstate: bozza", 2, "manca «:» dopo il nome del campo"),
        ("id: mud\ntitle MUD\n", 2, "manca «:» dopo il nome del campo"),
        ('id: mud\ntitle: "MUD\nstate: bozza\n', 2, "le virgolette aperte qui non sono chiuse"),
        ("themes: [mud, rifiuti\nid: mud", 1, "la parentesi quadra o graffa aperta qui non è chiusa"),
        ("checked: {by: redazione\nid: mud", 1, "la parentesi quadra o graffa aperta qui non è chiusa"),
        ("id: mud\n  title: MUD", 2, "i due punti dentro un testo confondono YAML"),
        ("sources:\n    - title: a\n  - title: b", 3, "il rientro o le virgolette non tornano"),
        ('title: "MUD" 2026', 1, "il rientro o le virgolette non tornano"),
        ('title: "MUD\nsummary: "Breve"', 2, "il rientro o le virgolette non tornano"),
        ("title: @mud", 1, "questo carattere non può stare all'inizio di un valore"),
        ("\ttitle: MUD", 1, "questa riga rientra con il tabulatore"),
        ("id: mud\nsources:\n\t- title: a", 3, "questa riga rientra con il tabulatore"),
        ("id: mud\ntitle: “MUD: la dichiarazione”", 2, "le virgolette curve non racchiudono un valore"),
        ('title: "C:\\documenti"', 1, "la barra «\\» tra virgolette doppie ha un significato speciale"),
        ("title: - MUD", 1, "un elenco o un blocco non può cominciare qui"),
        ("title: ]", 1, "qui manca un valore"),
        ("- mud\nid: mud", 2, "il rientro di questa riga non torna con l'elenco sopra"),
    ],
)
def test_a_slip_is_told_in_words_an_editor_knows_at_its_line(text: str, line: int, message: str) -> None:
    flaw = load(text).flaws[-1]
    assert (flaw.line, flaw.message) == (line, message)
    assert flaw.fix


def test_what_was_read_before_a_slip_is_kept_but_said_to_be_half() -> None:
    loaded = load("id: mud\ntitle: MUD: la dichiarazione\nstate: bozza\n")
    assert loaded.data["id"] == "mud"
    assert not loaded.complete
    assert load("id: mud\n").complete


# Out of bounds


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "a: [", "[{", "{a: "])
def test_fifty_thousand_brackets_are_refused_at_once(opening: str) -> None:
    start = time.monotonic()
    loaded = load(opening * 50_000)
    assert time.monotonic() - start < 1
    assert loaded.flaws
    assert not loaded.complete


def test_nesting_has_a_bound() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "a" + "]" * levels

    assert load(nested(MAX_DEPTH)).flaws == ()
    assert messages(nested(MAX_DEPTH + 1)) == [f"i dati sono annidati oltre {MAX_DEPTH} livelli"]


def test_the_number_of_values_has_a_bound() -> None:
    assert load("- a\n" * MAX_SCALARS).flaws == ()
    assert messages("- a\n" * (MAX_SCALARS + 1)) == ["ci sono più di 20000 valori"]


# Whatever comes

PIECES = [
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "? ",
    "&x ",
    "*x ",
    "!t ",
    "<<",
    '"',
    "'",
    "|",
    ">",
    "#",
]
PIECES += [
    "\t",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "\\",
    "\\x00",
    "no",
    "012",
    "12:30",
    "2026-02-30",
    "é",
    "👩‍👧",
    "\x85",
]


@WHATEVER_COMES
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_no_text_makes_it_fail(text: str) -> None:
    loaded = load(text)
    for flaw in loaded.flaws:
        assert 1 <= flaw.line <= text.count("\n") + text.count("\r") + text.count("\x85") + 2
        assert flaw.message
    if not loaded.complete:
        assert loaded.flaws


PLAIN = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=20)
VALUES = st.recursive(
    st.one_of(
        PLAIN, st.booleans(), st.integers(-(10**15) + 1, 10**15 - 1), st.dates(date(1800, 1, 1), date(2199, 1, 1))
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=8,
)


@WHATEVER_COMES
@given(VALUES.filter(lambda value: isinstance(value, dict)))
def test_what_a_program_writes_with_quotes_is_read_back_as_it_was(value: dict[str, Any]) -> None:
    def written(part: Any) -> str:
        if isinstance(part, dict):
            return "{" + ", ".join(f"{written(key)}: {written(inner)}" for key, inner in part.items()) + "}"
        if isinstance(part, list):
            return "[" + ", ".join(map(written, part)) + "]"
        if isinstance(part, str):
            return "'" + part.replace("'", "''") + "'"
        return str(part).lower() if isinstance(part, bool) else str(part)

    loaded = load(written(value))
    if not any("annidati" in flaw.message for flaw in loaded.flaws):
        assert loaded.flaws == ()
        assert loaded.data == value
