"""Identifiers of European Union acts: CELEX, ELI, the act's own number, the Official Journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Self

from ecoteca.identifiers.spelling import calendar_day, matched

ELI_TYPES = MappingProxyType(
    {
        "dir": "L",
        "dir_del": "L",
        "dir_impl": "L",
        "reg": "R",
        "reg_del": "R",
        "reg_impl": "R",
        "dec": "D",
        "dec_del": "D",
        "dec_impl": "D",
        "reco": "H",
    }
)
"""The ELI types of the acts that the portal describes, each with the letter that the same act has in CELEX.

The list is the Publications Office's own (EUR-Lex, ELI register, URI templates). The plain type is an alias of the
delegated and implementing ones there, so only the letter can be compared.
"""

YEAR = r"(?:19[5-9][0-9]|20[0-9]{2})"


@dataclass(frozen=True, slots=True)
class Celex:
    """A CELEX number: the identifier of a document in EUR-Lex.

    `digits` keeps the leading zeros; `sequence` tells apart documents with one number; `corrigendum` and
    `consolidated` are there only for those kinds of text. Sector C is refused: its documents are not numbered by year
    and type. Treaties, whose number is an article, are refused too.
    """

    sector: str
    year: int
    kind: str
    digits: str
    sequence: int | None = None
    corrigendum: int | None = None
    consolidated: date | None = None

    EXAMPLE: ClassVar[str] = "32018L0851"
    PATTERN: ClassVar[str] = (
        rf"^([0-9E])({YEAR})([A-Z]{{1,2}})([0-9]{{4,5}})"
        r"(?:\(([0-9]{2})\))?(?:R\(([0-9]{2})\))?(?:-([0-9]{4})([0-9]{2})([0-9]{2}))?$"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The CELEX number spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere un numero CELEX, cioè settore, anno, tipo e numero di quattro cifre senza spazi, "
            f"come «{cls.EXAMPLE}»",
        )
        sector, year, kind, digits, sequence, corrigendum, *day = found.groups()
        if len(digits) == 5 and sector != "5":
            raise ValueError(f"il numero dopo il tipo deve avere quattro cifre, come in «{cls.EXAMPLE}»")
        if (sector == "0") != (day[0] is not None):
            raise ValueError(
                "un testo consolidato deve avere il settore 0 e finire con la sua data, come «02008L0098-20180705», "
                "e ogni altro testo né l'uno né l'altra"
            )
        return cls(
            sector,
            int(year),
            kind,
            digits,
            int(sequence) if sequence else None,
            int(corrigendum) if corrigendum else None,
            calendar_day(day, "la data del testo consolidato deve esistere nel calendario") if sector == "0" else None,
        )

    @property
    def number(self) -> int:
        """The number of the act within its year."""
        return int(self.digits)

    @property
    def url(self) -> str:
        """The Italian text in EUR-Lex."""
        return f"https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:{self}"

    def __str__(self) -> str:
        sequence = f"({self.sequence:02d})" if self.sequence is not None else ""
        corrigendum = f"R({self.corrigendum:02d})" if self.corrigendum is not None else ""
        consolidated = f"-{self.consolidated:%Y%m%d}" if self.consolidated is not None else ""
        return f"{self.sector}{self.year}{self.kind}{self.digits}{sequence}{corrigendum}{consolidated}"


@dataclass(frozen=True, slots=True)
class EuropeanEli:
    """The European Legislation Identifier of an act, or of its consolidated text as of a day.

    The Publications Office defines the identifier with `http`, so that is its canonical spelling; with `https` it is
    accepted, and `url` links that way because the same host answers there and a reader must not lose encryption.
    `sequence` is the one in brackets that older acts with a shared number have.
    """

    kind: str
    year: int
    number: int
    sequence: int | None = None
    consolidated: date | None = None

    EXAMPLE: ClassVar[str] = "http://data.europa.eu/eli/dir/2018/851/oj"
    PATTERN: ClassVar[str] = (
        rf"^https?://data\.europa\.eu/eli/({'|'.join(ELI_TYPES)})/({YEAR})/([1-9][0-9]{{0,3}})(?:\(([1-9][0-9]?)\))?"
        r"/(?:oj|([0-9]{4})-([0-9]{2})-([0-9]{2}))$"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The ELI spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere un ELI europeo, cioè un indirizzo con tipo ({', '.join(ELI_TYPES)}), anno e numero che "
            f"finisce con «oj» o con la data del testo consolidato, come «{cls.EXAMPLE}»",
        )
        kind, year, number, sequence, *day = found.groups()
        return cls(
            kind,
            int(year),
            int(number),
            int(sequence) if sequence else None,
            calendar_day(day, "la data del testo consolidato deve esistere nel calendario") if day[0] else None,
        )

    @property
    def celex_kind(self) -> str:
        """The letter that the same act has in its CELEX number."""
        return ELI_TYPES[self.kind]

    @property
    def url(self) -> str:
        """The address to link."""
        return str(self).replace("http://", "https://", 1)

    def __str__(self) -> str:
        sequence = f"({self.sequence})" if self.sequence is not None else ""
        text = self.consolidated.isoformat() if self.consolidated is not None else "oj"
        return f"http://data.europa.eu/eli/{self.kind}/{self.year}/{self.number}{sequence}/{text}"


DOCUMENT_KINDS = MappingProxyType({"COM": ("PC", "DC"), "SWD": ("SC",), "SEC": ("SC",), "JOIN": ("JC",)})
"""The Commission's document series, each with the types that its documents have in CELEX, sector 5."""

OLD_COMMUNITIES = frozenset({"CE", "CEE", "CECA"})
COMMUNITY = "(?:UE|CE|CEE|CECA|Euratom|PESC|GAI)"
NUMBER = "[1-9][0-9]{0,3}"


@dataclass(frozen=True, slots=True)
class EuropeanNumber:
    """The number of an act as its title and its readers write it.

    Which half is the year depends on the kind and the age of the act (Interinstitutional style guide, part one): since
    2015 every act has the community in brackets before year and number; before, directives and most decisions had
    year, number and community, while regulations (and some decisions, with «n.») had number and year. `series` is
    «COM» and the like for the Commission's documents, empty for acts.
    """

    text: str
    year: int
    number: int
    series: str = ""

    EXAMPLE: ClassVar[str] = "(UE) 2018/851"
    PATTERN: ClassVar[str] = (
        rf"^(?:\(({COMMUNITY}(?:, {COMMUNITY})*)\) (?:n\. )?({NUMBER})/({NUMBER})"
        rf"|(n\. )?({NUMBER})/({NUMBER})/{COMMUNITY}"
        rf"|({'|'.join(DOCUMENT_KINDS)})\(({YEAR})\) ({NUMBER})(?: final)?)$"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere il numero dell'atto come è scritto nel suo titolo, per esempio «{cls.EXAMPLE}», "
            "«2008/98/CE», «(CE) n. 1013/2006» o «COM(2020) 98»",
        )
        communities, first, second, marked, third, fourth, series, document_year, document = found.groups()
        if series:
            return cls(text, int(document_year), int(document), series)
        if communities:
            # No regulation of the years with «number/year» reached 2015 under the name of the Union, so there a
            # first half of that size is a year even where «n.» was added by mistake.
            old = not OLD_COMMUNITIES.isdisjoint(communities.split(", "))
            halves = (first, second) if not old and 2015 <= int(first) <= 2099 else (second, first)
        else:
            halves = (third, fourth) if not marked and _full_year(third) else (fourth, third)
        year = _full_year(halves[0])
        if year is None:
            raise ValueError(
                "una delle due parti del numero deve essere l'anno, con quattro cifre o con due fino al 1999"
            )
        return cls(text, year, int(halves[1]))

    def __str__(self) -> str:
        return self.text


def _full_year(digits: str) -> int | None:
    """The year that a half of a number can be: four digits, or two in the acts of the last century."""
    year = int(digits) + (1900 if len(digits) == 2 else 0)
    return year if 1952 <= year <= 2099 else None


@dataclass(frozen=True, slots=True)
class OfficialJournal:
    """An issue of the Official Journal of the European Union, by its fields.

    Raises `ValueError`, in Italian, for an issue that cannot be. Since 1 October 2023 each act is an issue of its own
    and issues have no number; the series L and C began in January 1968.
    """

    series: str
    number: int | None
    published: date

    SERIES: ClassVar[tuple[str, ...]] = ("L", "C")
    FIRST_DAY: ClassVar[date] = date(1968, 1, 3)
    UNNUMBERED_SINCE: ClassVar[date] = date(2023, 10, 1)

    def __post_init__(self) -> None:
        wrong = []
        if self.series not in self.SERIES:
            wrong.append("la serie deve essere L o C")
        if self.published < self.FIRST_DAY:
            wrong.append("la data deve essere dal 3 gennaio 1968 in poi, perché le serie L e C cominciano allora")
        elif self.published < self.UNNUMBERED_SINCE:
            if self.number is None or not 1 <= self.number <= 999:
                wrong.append("prima del 1° ottobre 2023 la Gazzetta deve avere il suo numero, da 1 a 999")
        elif self.number is not None:
            wrong.append("dal 1° ottobre 2023 la Gazzetta deve essere indicata senza numero, con serie e data")
        if wrong:
            raise ValueError("; ".join(wrong))

    @property
    def label(self) -> str:
        """The issue as Italian acts cite it."""
        number = f" {self.number}" if self.number is not None else ""
        return f"GU {self.series}{number} del {self.published.day}.{self.published.month}.{self.published.year}"

    @property
    def url(self) -> str:
        """The table of contents of the issue, or of the day where issues have no number."""
        if self.number is None:
            day = f"{self.published:%d%m%Y}"
            return f"https://eur-lex.europa.eu/oj/daily-view/{self.series}-series/default.html?ojDate={day}&locale=it"
        issue = f"OJ:{self.series}:{self.published.year}:{self.number:03d}:TOC"
        return f"https://eur-lex.europa.eu/legal-content/IT/TXT/?uri={issue}"

    def __str__(self) -> str:
        return self.label
