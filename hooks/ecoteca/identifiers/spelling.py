"""What every identifier has, and the two steps that all parsing shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Protocol, Self


class Identifier(Protocol):
    """Any identifier that is written as one text."""

    PATTERN: ClassVar[str]
    EXAMPLE: ClassVar[str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identifier that `text` spells; raises `ValueError` saying in Italian what must be."""
        ...

    def __str__(self) -> str: ...


def matched(pattern: str, text: str, expected: str) -> re.Match[str]:
    """The match of the whole `text`; raises `ValueError(expected)` where it does not have the shape of `pattern`."""
    found = re.fullmatch(pattern, text)
    if found is None:
        raise ValueError(expected)
    return found


def calendar_day(digits: Iterable[str], expected: str) -> date:
    """The day of which `digits` are year, month and day; raises `ValueError(expected)` where there is no such day."""
    try:
        year, month, day = map(int, digits)
        return date(year, month, day)
    except ValueError:
        raise ValueError(expected) from None
