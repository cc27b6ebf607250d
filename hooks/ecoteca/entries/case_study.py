"""Case studies."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import (
    AtecoField,
    Line,
    Model,
    RefTo,
    ShortLine,
    Slug,
    TerritoryId,
    Text,
    WasteCodeField,
    WebAddress,
    field,
    many,
)

Strategy = Literal[
    "ripensare",
    "ridurre",
    "riusare",
    "riparare",
    "ricondizionare",
    "rigenerare",
    "riconvertire",
    "riciclare",
    "recuperare energia",
    "simbiosi industriale",
    "ecoprogettazione",
]


class Result(Model):
    """One published figure."""

    what: Line = field("Che cosa", "Che cosa misura.", example="legno usato recuperato")
    value: float = field("Valore", "Il numero, senza unità.", example=1200000)
    qualifier: Literal["circa", "oltre", "fino a", "almeno", "quasi", "meno di"] | None = field(
        "Precisazione", "circa, oltre, fino a, almeno, quasi.", default=None
    )
    unit: ShortLine = field("Unità", "L'unità di misura.", example="t/anno")
    year: ShortLine | None = field(
        "Anno", "L'anno del dato, tra virgolette; se la fonte non lo dice, togli la riga.", default=None, example="2019"
    )
    basis: Literal["misurato", "dichiarato", "di progetto", "stimato"] = field(
        "Natura", "misurato, dichiarato, di progetto o stimato.", default="dichiarato"
    )
    url: WebAddress = field("Fonte", "Dove si legge il dato.")


class CaseStudy(Entry):
    """What a company did, and what came of it."""

    label: ClassVar[str] = "Caso studio"
    plural: ClassVar[str] = "Casi studio"
    announced: ClassVar[str] = "Nuovo caso studio"
    folder: ClassVar[str] = "casi-studio"
    template: ClassVar[str] = "case_study"
    review_months: ClassVar[int] = 24
    intro: ClassVar[str] = (
        "Imprese e territori che hanno già provato: il problema, la soluzione, i risultati con anno e fonte, "
        "e che cosa serve per rifarlo altrove."
    )

    company: Line = field("Impresa", "Il nome, solo con il consenso o se viene da una fonte pubblica.")
    name_basis: Literal["fonte pubblica", "consenso"] = field("Nome pubblicato per", "fonte pubblica oppure consenso.")
    place: Line | None = field("Luogo", "Il comune o la zona.", default=None)
    province: TerritoryId | None = field("Provincia", "La sigla minuscola di una provincia lombarda.", default=None)
    ateco: tuple[AtecoField, ...] = many("ATECO 2025", "Il codice di attività, solo se noto.")
    company_size: Literal["micro", "piccola", "media", "grande"] | None = field(
        "Dimensione", "Solo se nota.", default=None
    )
    material: Line | None = field("Materiale o flusso", "Il materiale di cui si tratta.", default=None)
    waste_codes: tuple[WasteCodeField, ...] = many("Codici EER", "I codici dei rifiuti, solo se noti.")
    strategies: tuple[Strategy, ...] = many("Strategie", "Le strategie dell'economia circolare.", least=1)
    problem: Text = field("Problema", "Da dove si partiva.")
    solution: Text = field("Soluzione", "Che cosa è stato fatto.")
    results: tuple[Result, ...] = many("Risultati", "Le cifre pubblicate, ciascuna con fonte.")
    investment: Line | None = field("Investimento", "Quanto è costato, con fonte tra le fonti.", default=None)
    replicability: Text | None = field("Si può rifare?", "Che cosa serve per rifarlo.", default=None)
    obstacles: Text | None = field("Ostacoli", "Che cosa è stato difficile.", default=None)
    contact: Line | None = field("Ufficio da sentire", "Un ufficio, non una persona.", default=None)
    criteria: tuple[Annotated[Slug, RefTo("Utile per i CAM", "Casi studio", ("GreenCriteria",))], ...] = many(
        "CAM", "I CAM a cui il caso serve."
    )
