"""How dates, numbers and texts look to an Italian reader, and that no text becomes markup."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from markupsafe import Markup

from ecoteca.entries.act import BulletinRef, GazetteRef
from ecoteca.entries.criteria import Document
from ecoteca.formats import day, link, moment, month, number, paragraphs, shown, stamp, time
from ecoteca.identifiers import Celex

CANARY = '<script>alert("1")</script> & "altro"'
SAFE = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; &#34;altro&#34;"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 7, 3), "3 luglio 2026"),
        (date(2026, 7, 1), "1° luglio 2026"),
        (date(2026, 12, 11), "11 dicembre 2026"),
    ],
)
def test_a_day_is_written_in_full(value: date, text: str) -> None:
    assert day(value) == text


def test_an_hour_is_told_where_it_is_known() -> None:
    assert moment(date(2026, 3, 1)) == "1° marzo 2026"
    assert moment(datetime(2026, 4, 30, 9, 5)) == "30 aprile 2026, ore 09:05"


def test_months_have_their_names() -> None:
    assert [month(number) for number in (1, 8, 12)] == ["gennaio", "agosto", "dicembre"]


def test_machines_read_the_same_day() -> None:
    assert stamp(datetime(2026, 4, 30, 9, 5)) == "2026-04-30T09:05"
    assert time(date(2026, 7, 3)) == Markup('<time datetime="2026-07-03">3 luglio 2026</time>')


@pytest.mark.parametrize(
    ("value", "text"),
    [(1200000, "1.200.000"), (98.6, "98,6"), (0, "0"), (-1500.5, "-1.500,5"), (0.0004, "0,0004"), (1.23456, "1,23456")],
)
def test_numbers_have_points_and_a_comma_and_lose_no_digit(value: float, text: str) -> None:
    assert number(value) == text


def test_empty_lines_divide_paragraphs() -> None:
    assert paragraphs("una\nriga") == "una riga"
    assert paragraphs("prima\n\n\nseconda\ncontinua\n") == "<p>prima</p><p>seconda continua</p>"


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("testo", "testo"),
        (True, "sì"),
        (False, "no"),
        (1200, "1.200"),
        (date(2026, 7, 3), '<time datetime="2026-07-03">3 luglio 2026</time>'),
        (("a", "b"), "<ul><li>a</li><li>b</li></ul>"),
        (
            "https://www.example.org/",
            '<a href="https://www.example.org/" rel="external noopener">https://www.example.org/</a>',
        ),
        (BulletinRef(series="Serie Ordinaria", number=22, date=date(2022, 5, 30)), "BURL Serie Ordinaria n. 22 del 30 maggio 2022"),
        (Markup("<b>già fatto</b>"), "<b>già fatto</b>"),
    ],
)  # fmt: skip
def test_every_kind_of_value_has_one_way_to_be_shown(value: object, html: str) -> None:
    made = shown(value)
    assert isinstance(made, Markup)
    assert made == html


def test_identifiers_lead_to_the_official_text() -> None:
    assert 'href="https://eur-lex.europa.eu/' in shown(Celex.parse("32018L0851"))
    assert 'href="https://www.gazzettaufficiale.it/' in shown(GazetteRef(number=226, date=date(2020, 9, 11)))


@pytest.mark.parametrize(
    "made",
    [
        shown(CANARY),
        shown((CANARY,)),
        paragraphs(CANARY),
        paragraphs(f"{CANARY}\n\n{CANARY}"),
        link("https://www.example.org/", CANARY),
        shown(Document(title=CANARY, url="https://www.example.org/")),
        shown(BulletinRef(series=CANARY, number=1, date=date(2022, 5, 30))),
    ],
)
def test_no_text_becomes_markup(made: Markup) -> None:
    assert SAFE in made
    assert "<script" not in made


def test_an_address_cannot_leave_its_attribute() -> None:
    assert link('https://example.org/"onclick="x', "qui") == (
        '<a href="https://example.org/&#34;onclick=&#34;x" rel="external noopener">qui</a>'
    )
