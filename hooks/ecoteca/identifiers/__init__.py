"""The names by which others know acts, wastes, activities and projects: parsed, checked, spelt one way, linked.

Each identifier is an immutable value with `parse`, which raises `ValueError` saying in Italian what must be (without
what was found and without a final full stop: whoever reports the problem adds both). `str` gives the canonical
spelling, `PATTERN` the accepted shape as a JSON Schema pattern (`parse` may ask for more), `EXAMPLE` a valid spelling
and `url`, where an official address exists, that address. What two identifiers of one act must have in common is in
`agreement`.
"""

from ecoteca.identifiers.agreement import european_disagreements, gazette_disagreements, national_disagreements
from ecoteca.identifiers.codes import ATECO_DIVISIONS, ATECO_SECTIONS, Ateco, Cpv, Cup, WasteCode
from ecoteca.identifiers.european import ELI_TYPES, Celex, EuropeanEli, EuropeanNumber, OfficialJournal
from ecoteca.identifiers.national import (
    GAZETTE_SERIES,
    Gazette,
    ItalianEli,
    NormattivaUrn,
    RedactionalCode,
    RegionalNumber,
)
from ecoteca.identifiers.spelling import Identifier

__all__ = [
    "ATECO_DIVISIONS",
    "ATECO_SECTIONS",
    "ELI_TYPES",
    "GAZETTE_SERIES",
    "Ateco",
    "Celex",
    "Cpv",
    "Cup",
    "EuropeanEli",
    "EuropeanNumber",
    "Gazette",
    "Identifier",
    "ItalianEli",
    "NormattivaUrn",
    "OfficialJournal",
    "RedactionalCode",
    "RegionalNumber",
    "WasteCode",
    "european_disagreements",
    "gazette_disagreements",
    "national_disagreements",
]
