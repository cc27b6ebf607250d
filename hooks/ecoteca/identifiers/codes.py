"""Codes of classifications and registers: wastes (EER), activities (ATECO 2025), purchases (CPV), projects (CUP)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Self

from ecoteca.identifiers.spelling import matched

_SECTIONS: tuple[tuple[str, int, int, str], ...] = (
    ("A", 1, 3, "Agricoltura, silvicoltura e pesca"),
    ("B", 5, 9, "Attività estrattive"),
    ("C", 10, 33, "Attività manifatturiere"),
    ("D", 35, 35, "Energia elettrica, gas, vapore e aria condizionata"),
    ("E", 36, 39, "Acqua, reti fognarie, rifiuti e risanamento"),
    ("F", 41, 43, "Costruzioni"),
    ("G", 46, 47, "Commercio all'ingrosso e al dettaglio"),
    ("H", 49, 53, "Trasporto e magazzinaggio"),
    ("I", 55, 56, "Alloggio e ristorazione"),
    ("J", 58, 60, "Editoria, trasmissioni e produzione di contenuti"),
    ("K", 61, 63, "Telecomunicazioni, informatica e servizi d'informazione"),
    ("L", 64, 66, "Attività finanziarie e assicurative"),
    ("M", 68, 68, "Attività immobiliari"),
    ("N", 69, 75, "Attività professionali, scientifiche e tecniche"),
    ("O", 77, 82, "Attività amministrative e servizi di supporto"),
    ("P", 84, 84, "Amministrazione pubblica, difesa e assicurazione sociale obbligatoria"),
    ("Q", 85, 85, "Istruzione e formazione"),
    ("R", 86, 88, "Salute umana e assistenza sociale"),
    ("S", 90, 93, "Attività artistiche, sportive e di divertimento"),
    ("T", 94, 96, "Altre attività di servizi"),
    ("U", 97, 98, "Famiglie e convivenze come datori di lavoro e produttori per sé"),
    ("V", 99, 99, "Organizzazioni e organismi extraterritoriali"),
)
"""Section, first and last of its divisions, short Italian name: ATECO 2025, which has the sections and divisions of
NACE Rev. 2.1 (Regulation (EU) 2023/137)."""

ATECO_SECTIONS = MappingProxyType({letter: name for letter, _, _, name in _SECTIONS})
"""The sections of ATECO 2025 by letter, with a short name."""

ATECO_DIVISIONS = MappingProxyType(
    {f"{division:02d}": letter for letter, first, last, _ in _SECTIONS for division in range(first, last + 1)}
)
"""The divisions of ATECO 2025, each with the letter of its section."""

CPV_DIVISION = "(?:0[39]|1[45689]|2[24]|3[0-57-9]|4[1-58]|5[015]|6[03-6]|7[0-35-79]|8[05]|9[028])"
"""The 45 divisions of the Common Procurement Vocabulary in force (Regulation (EC) No 213/2008)."""


@dataclass(frozen=True, slots=True)
class WasteCode:
    """A code of the European list of wastes (EER): six digits, with an asterisk where the waste is hazardous.

    The list itself is not in here, so a well-formed code that the list does not have is accepted.
    """

    digits: str
    hazardous: bool

    EXAMPLE: ClassVar[str] = "13 02 05*"
    PATTERN: ClassVar[str] = r"^(?:((?:0[1-9]|1[0-9]|20)) ([0-9]{2}) ([0-9]{2})|((?:0[1-9]|1[0-9]|20)[0-9]{4}))(\*)?$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code spelt by `text`, with or without the spaces between the pairs."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere un codice EER di sei cifre con il capitolo da 01 a 20, seguito da un asterisco se il rifiuto "
            f"è pericoloso, come «{cls.EXAMPLE}»",
        )
        *pairs, together, asterisk = found.groups()
        digits = together or "".join(pairs)
        if "00" in (digits[2:4], digits[4:]):
            raise ValueError("il codice EER deve avere tutte e sei le cifre di un rifiuto, non di un capitolo")
        return cls(digits, asterisk is not None)

    @property
    def chapter(self) -> str:
        """The first two digits: the activity or the kind that the waste comes from."""
        return self.digits[:2]

    def __str__(self) -> str:
        return f"{self.digits[:2]} {self.digits[2:4]} {self.digits[4:]}{'*' if self.hazardous else ''}"


@dataclass(frozen=True, slots=True)
class Ateco:
    """A code of ATECO 2025 at any level, from the section's letter to the six digits of the subcategory.

    Section and division are checked against the classification, the levels below only for their shape.
    """

    text: str

    EXAMPLE: ClassVar[str] = "38.11"
    PATTERN: ClassVar[str] = r"^(?:[A-V]|[0-9]{2}(?:\.[0-9](?:[0-9](?:\.[0-9]{1,2})?)?)?)$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code spelt by `text`."""
        matched(
            cls.PATTERN,
            text,
            f"deve essere un codice ATECO 2025: la lettera della sezione da A a V, oppure da due a sei cifre con i "
            f"punti, come «38», «{cls.EXAMPLE}» o «38.11.00»",
        )
        division = text[:2]
        if division == "45":
            raise ValueError(
                "la divisione deve essere di ATECO 2025, che non ha più la 45: il commercio di veicoli è nelle "
                "divisioni 46 e 47, la riparazione nella 95"
            )
        if text not in ATECO_SECTIONS and division not in ATECO_DIVISIONS:
            raise ValueError("le prime due cifre devono essere una divisione di ATECO 2025")
        return cls(text)

    @property
    def division(self) -> str | None:
        """The two digits of the division; none where the code is a whole section."""
        return self.text[:2] if self.text[0].isdigit() else None

    @property
    def section(self) -> str:
        """The letter of the section."""
        return ATECO_DIVISIONS[self.division] if self.division is not None else self.text

    @property
    def section_name(self) -> str:
        """The short name of the section."""
        return ATECO_SECTIONS[self.section]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Cpv:
    """A code of the Common Procurement Vocabulary: eight digits and a check digit.

    The check digit must be there but is not computed: those of the 2008 vocabulary do not follow the published rule,
    as the Commission's own staff answered (github.com/OP-TED/ePO, discussion 589).
    """

    digits: str
    check: str

    EXAMPLE: ClassVar[str] = "45000000-7"
    PATTERN: ClassVar[str] = rf"^({CPV_DIVISION}[0-9]{{6}})-([0-9])$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code spelt by `text`."""
        found = matched(
            cls.PATTERN,
            text,
            f"deve essere un codice CPV: otto cifre che cominciano con una divisione del vocabolario, un trattino e la "
            f"cifra di controllo, come «{cls.EXAMPLE}»",
        )
        return cls(found[1], found[2])

    @property
    def division(self) -> str:
        """The first two digits: the broadest class of works, supplies or services."""
        return self.digits[:2]

    def __str__(self) -> str:
        return f"{self.digits}-{self.check}"


@dataclass(frozen=True, slots=True)
class Cup:
    """The «codice unico di progetto» of a public investment: fifteen characters, letters first and fourth."""

    text: str

    EXAMPLE: ClassVar[str] = "C11G06000000001"
    PATTERN: ClassVar[str] = r"^[A-Z][0-9]{2}[A-Z][0-9]{11}$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code spelt by `text`."""
        matched(
            cls.PATTERN,
            text,
            f"deve essere un CUP di quindici caratteri, con lettere maiuscole al primo e al quarto posto e cifre negli "
            f"altri, come «{cls.EXAMPLE}»",
        )
        return cls(text)

    @property
    def url(self) -> str:
        """The project's page in OpenCUP."""
        return f"https://www.opencup.gov.it/portale/progetto/-/cup/{self.text}"

    def __str__(self) -> str:
        return self.text
