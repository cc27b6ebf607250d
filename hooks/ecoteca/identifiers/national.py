"""Identifiers of Italian acts: Normattiva, the Gazzetta Ufficiale and its codes, the Region's resolutions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Self

from ecoteca.identifiers.spelling import calendar_day, matched

GAZETTE_SERIES = MappingProxyType(
    {
        "SG": "Serie generale",
        "1a": "1ª Serie speciale",
        "2a": "2ª Serie speciale",
        "3a": "3ª Serie speciale",
        "4a": "4ª Serie speciale",
        "5a": "5ª Serie speciale",
    }
)
"""The series of the Gazzetta Ufficiale by the code that editors write, with the name that readers see."""

MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)

LONG_KINDS = MappingProxyType(
    {
        ("presidente.repubblica", "decreto"): "decreto.del.presidente.della.repubblica",
        ("presidente.consiglio.ministri", "decreto"): "decreto.del.presidente.del.consiglio.dei.ministri",
    }
)
"""Kinds that the URN splits between authority and kind, as Normattiva also writes them under the authority «stato»."""


@dataclass(frozen=True, slots=True)
class NormattivaUrn:
    """The URN:NIR of a numbered act, or of one of its articles, as Normattiva resolves it.

    `annex` is the number after the act's, where the text itself is an annex of the act (as the Civil Code is);
    `article` is as Normattiva spells it («190», «188bis»). Acts without a number have no URN in Normattiva.
    """

    authority: str
    kind: str
    adopted: date
    number: int
    annex: int | None = None
    article: str | None = None

    EXAMPLE: ClassVar[str] = "urn:nir:stato:decreto.legislativo:2006-04-03;152"
    PATTERN: ClassVar[str] = (
        r"^urn:nir:([a-z]+(?:\.[a-z]+)*):([a-z]+(?:\.[a-z]+)*):([0-9]{4})-([0-9]{2})-([0-9]{2});([1-9][0-9]*)"
        r"(?::([1-9][0-9]?))?(?:~art([1-9][0-9]*[a-z]*))?$"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The URN spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere l'URN di Normattiva, cioè autorità, tipo, data completa e numero, come «{cls.EXAMPLE}», "
            "e per un articolo può finire con «~art190»",
        )
        authority, kind, year, month, day, number, annex, article = found.groups()
        adopted = calendar_day((year, month, day), "la data nell'URN deve esistere nel calendario")
        return cls(authority, kind, adopted, int(number), int(annex) if annex else None, article)

    @property
    def act_kind(self) -> str:
        """The kind of act in one word, whichever of its spellings the URN uses."""
        if self.kind == "decreto" and self.authority.startswith(("ministero.", "ministro.")):
            return "decreto.ministeriale"
        if self.kind == "legge" and self.authority.startswith("regione."):
            return "legge.regionale"
        return LONG_KINDS.get((self.authority, self.kind), self.kind)

    @property
    def url(self) -> str:
        """The text in force, in Normattiva."""
        return f"https://www.normattiva.it/uri-res/N2Ls?{self}"

    def __str__(self) -> str:
        annex = f":{self.annex}" if self.annex is not None else ""
        article = f"~art{self.article}" if self.article is not None else ""
        return f"urn:nir:{self.authority}:{self.kind}:{self.adopted.isoformat()};{self.number}{annex}{article}"


@dataclass(frozen=True, slots=True)
class RedactionalCode:
    """The code that the Gazzetta gives to each text it publishes: year, one letter, number.

    Two layouts are in use, with two digits of year and five of number, or three and four (the first a zero).
    """

    text: str

    EXAMPLE: ClassVar[str] = "23G00065"
    PATTERN: ClassVar[str] = r"^(?:[0-9]{2}[A-Z][0-9]{5}|0[0-9]{2}[A-Z][0-9]{4})$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code spelt by `text`."""
        matched(
            cls.PATTERN,
            text,
            f"deve essere un codice redazionale della Gazzetta Ufficiale, cioè anno, lettera e numero in otto "
            f"caratteri, come «{cls.EXAMPLE}» o «010G0049»",
        )
        return cls(text)

    def fits(self, published: date) -> bool:
        """Whether a text with this code can have been published on that day.

        The code's year is the one in which the text was prepared for printing: that of publication, or the one before.
        """
        year = int(self.text[1:3] if self.text[2].isdigit() else self.text[:2])
        return (published.year - year) % 100 in (0, 1)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ItalianEli:
    """The address of one text in the Gazzetta Ufficiale, by day of publication, code and series."""

    published: date
    code: RedactionalCode
    series: str

    EXAMPLE: ClassVar[str] = "https://www.gazzettaufficiale.it/eli/id/2023/05/31/23G00065/sg"
    PATTERN: ClassVar[str] = (
        r"^https://www\.gazzettaufficiale\.it/eli/id/([0-9]{4})/([0-9]{2})/([0-9]{2})/([0-9A-Z]{8})/(sg|s[1-5])$"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identifier spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere l'indirizzo ELI dell'atto nella Gazzetta Ufficiale, come «{cls.EXAMPLE}»",
        )
        year, month, day, code, path = found.groups()
        published = calendar_day((year, month, day), "la data nell'indirizzo ELI deve esistere nel calendario")
        redactional = RedactionalCode.parse(code)
        if not redactional.fits(published):
            raise ValueError("il codice redazionale deve cominciare con l'anno di pubblicazione o con quello prima")
        return cls(published, redactional, "SG" if path == "sg" else f"{path[1]}a")

    @property
    def url(self) -> str:
        """The address to link: the identifier itself."""
        return str(self)

    def __str__(self) -> str:
        return (
            f"https://www.gazzettaufficiale.it/eli/id/{self.published:%Y/%m/%d}/{self.code}/{_series_path(self.series)}"
        )


@dataclass(frozen=True, slots=True)
class Gazette:
    """An issue of the Gazzetta Ufficiale, or of one of its ordinary supplements, by its fields.

    Raises `ValueError`, in Italian, for an issue that cannot be. `series` is a key of `GAZETTE_SERIES`; `supplement`
    is the number of the «supplemento ordinario».
    """

    series: str
    number: int
    published: date
    supplement: int | None = None

    HIGHEST_NUMBER: ClassVar[int] = 400
    FIRST_YEAR: ClassVar[int] = 1860

    def __post_init__(self) -> None:
        wrong = []
        if self.series not in GAZETTE_SERIES:
            wrong.append(f"la serie deve essere una tra {', '.join(GAZETTE_SERIES)}")
        if not 1 <= self.number <= self.HIGHEST_NUMBER:
            wrong.append(f"il numero della Gazzetta deve essere tra 1 e {self.HIGHEST_NUMBER}")
        elif self.number > self.published.timetuple().tm_yday:
            # Even with extraordinary issues there was never more than one a day since the first of January.
            wrong.append("il numero della Gazzetta non deve superare i giorni passati dall'inizio dell'anno")
        if self.published.year < self.FIRST_YEAR:
            wrong.append(f"la data deve essere dal {self.FIRST_YEAR} in poi")
        if self.supplement is not None and self.supplement < 1:
            wrong.append("il numero del supplemento ordinario deve essere almeno 1")
        if wrong:
            raise ValueError("; ".join(wrong))

    @property
    def label(self) -> str:
        """The issue as Italian acts cite it."""
        supplement = f", S.O. n. {self.supplement}" if self.supplement is not None else ""
        return f"GU {GAZETTE_SERIES[self.series]} n. {self.number} {_of_day(self.published)}{supplement}"

    @property
    def url(self) -> str:
        """The issue's table of contents."""
        supplement = f"/so/{self.supplement}" if self.supplement is not None else ""
        return (
            f"https://www.gazzettaufficiale.it/eli/gu/{self.published:%Y/%m/%d}/{self.number}{supplement}"
            f"/{_series_path(self.series)}/html"
        )

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class RegionalNumber:
    """The number of a resolution of the Region's government: legislature in Roman numerals, number within it."""

    legislature: int
    number: int

    EXAMPLE: ClassVar[str] = "XI/6408"
    PATTERN: ClassVar[str] = r"^([IVX]+)/([1-9][0-9]{0,5})$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere la legislatura in numeri romani, una barra e il numero, come «{cls.EXAMPLE}»",
        )
        numeral, number = found.groups()
        legislature = next((value for value in range(1, 40) if _roman(value) == numeral), None)
        if legislature is None:
            raise ValueError(
                "la legislatura deve essere un numero romano scritto nella forma corretta, come «IX» o «XII»"
            )
        return cls(legislature, int(number))

    def __str__(self) -> str:
        return f"{_roman(self.legislature)}/{self.number}"


def _series_path(series: str) -> str:
    """The part of a Gazzetta address that names the series."""
    return "sg" if series == "SG" else f"s{series[0]}"


def _of_day(day: date) -> str:
    """The day in words with its preposition: «del 3 dicembre 2025», «dell'8 agosto 2025», «del 1° giugno 2023»."""
    preposition = "dell'" if day.day in (8, 11) else "del "
    return f"{preposition}{'1°' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def _roman(value: int) -> str:
    """`value`, from 1 to 39, in Roman numerals."""
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + units[value % 10]
