"""How dates, numbers, texts and identifiers look to an Italian reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ecoteca.entries.act import BulletinRef, GazetteRef, JournalRef
from ecoteca.entries.criteria import Document
from ecoteca.entries.fields import Model


@lru_cache(maxsize=4096)
def day(value: date) -> str:
    """«3 luglio 2026»; the first of a month is «1° luglio 2026»."""
    text = format_date(value, "d MMMM y", locale="it")
    return f"1°{text[1:]}" if value.day == 1 else text


def moment(value: date | datetime) -> str:
    """A day, with its hour where it has one."""
    if isinstance(value, datetime):
        return f"{day(value.date())}, ore {value:%H:%M}"
    return day(value)


@lru_cache(maxsize=128)
def month(value: int) -> str:
    """The name of a month, 1 to 12."""
    return str(format_date(date(2000, value, 1), "MMMM", locale="it"))


def number(value: float) -> str:
    """«1.200.000», «98,6», with every digit that it has."""
    return str(format_decimal(value, locale="it", decimal_quantization=False))


def stamp(value: date | datetime) -> str:
    """A day or moment for machines."""
    return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value.isoformat()


_ELIDED = {"il": "l'", "al": "all'", "dal": "dall'", "del": "dell'", "Dal": "Dall'", "Il": "L'"}


def elided(preposition: str, number: int) -> str:
    """What stands before the day `number` of a month: «il », but «l'» before «otto» and «undici»."""
    return _ELIDED[preposition] if number in (8, 11) else f"{preposition} "


def dated(preposition: str, value: date | datetime) -> str:
    """«il 3 luglio 2026», «dall'8 marzo 2026», «al 9 aprile 2026, ore 12:00»."""
    return elided(preposition, value.day) + moment(value)


@lru_cache(maxsize=4096)
def time(value: date | datetime, preposition: str = "") -> Markup:
    """A day or moment as an element that machines read too, after its preposition if there is one."""
    before = elided(preposition, value.day) if preposition else ""
    return escape(before) + Markup('<time datetime="{}">{}</time>').format(stamp(value), moment(value))


def until(end: date | datetime, start: date | datetime) -> Markup:
    """The end of something that began at `start`: on the same day only its hour is worth saying."""
    if isinstance(end, datetime) and isinstance(start, datetime) and end.date() == start.date():
        return Markup('<time datetime="{}">{}</time>').format(stamp(end), f"{end:%H:%M}")
    return time(end)


def one_line(text: str | None) -> str:
    """A text of several lines on one; nothing for none."""
    return " ".join((text or "").split())


def paragraphs(text: str) -> Markup:
    """Plain text as it is, or as paragraphs where empty lines divide it."""
    parts = [one_line(part) for part in text.split("\n\n") if part.strip()]
    if len(parts) == 1:
        return escape(parts[0])
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)


def shown(value: Any) -> Markup:
    """Any value of an entry, as readers see it; nothing of it can become markup."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool):
        return Markup("sì" if value else "no")
    if isinstance(value, date):
        return time(value)
    if isinstance(value, int | float):
        return escape(number(value))
    if isinstance(value, str):
        return link(value, value) if value.startswith(("https://", "http://")) else paragraphs(value)
    if isinstance(value, Document):
        return link(value.url, value.title)
    if isinstance(value, GazetteRef | JournalRef):
        return link(value.place.url, value.place.label)
    if isinstance(value, BulletinRef):
        return escape(f"BURL {value.series} n. {value.number} del {day(value.date)}")
    if isinstance(value, Model):
        raise TypeError(f"no one way to show a {type(value).__name__}")
    if isinstance(value, Iterable):
        return Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(shown(item)) for item in value)
        )
    url = getattr(value, "url", None)
    return link(url, str(value)) if url else escape(str(value))


def link(url: str, text: str) -> Markup:
    """A link that leaves the portal."""
    return Markup('<a href="{}" rel="external noopener">{}</a>').format(url, text)
