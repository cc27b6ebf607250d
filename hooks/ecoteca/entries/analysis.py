"""Topic & Target analyses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import model_validator

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import Fault, Line, Model, ShortLine, Slug, Text, WebAddress, field, many, needs

Cell = str | int | float


class Table(Model):
    """One table of figures, which the portal also offers as CSV."""

    id: Slug = field("Nome", "Una parola per il file CSV.", example="province")
    title: Line = field("Titolo", "Che cosa mostra.")
    unit: ShortLine = field("Unità", "L'unità delle cifre.", example="tonnellate")
    columns: tuple[ShortLine, ...] = many("Colonne", "Le intestazioni.", least=2, most=16)
    rows: tuple[tuple[Cell, ...], ...] = field(
        "Righe",
        'Una lista per riga, nell\'ordine delle colonne; un dato che manca è "n.d.".',
        strict=False,
        min_length=1,
        max_length=500,
    )
    source: Line = field("Fonte", "Da dove viene, con l'edizione.")
    url: WebAddress | None = field("Indirizzo", "Dove si legge.", default=None)
    caveats: tuple[Text, ...] = many("Avvertenze", "Che cosa la tabella non dice.")

    @model_validator(mode="before")
    @classmethod
    def _rows_as_tuples(cls, data: object) -> object:
        # Strict mode takes no list for an inner tuple, and YAML has only lists.
        if isinstance(data, dict) and isinstance(data.get("rows"), list):
            return {**data, "rows": [tuple(row) if isinstance(row, list) else row for row in data["rows"]]}
        return data

    @needs("columns", "rows")
    def _square(self) -> Iterator[Fault]:
        for position, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                what = f"la riga deve avere {len(self.columns)} celle come le colonne"
                yield Fault(("rows", position), what, f"{len(row)} celle", "Aggiungi o togli celle.")


class Analysis(Entry):
    """Figures on companies and waste, with their method."""

    label: ClassVar[str] = "Analisi"
    plural: ClassVar[str] = "Analisi"
    announced: ClassVar[str] = "Nuova analisi"
    folder: ClassVar[str] = "analisi"
    template: ClassVar[str] = "analysis"
    review_months: ClassVar[int] = 24
    intro: ClassVar[str] = (
        "I numeri su imprese e rifiuti in Lombardia: da dove vengono, come sono stati calcolati, che cosa non dicono."
    )

    data_source: Text = field("Dati", "Da quali archivi e di che anno.")
    universe: Text = field("Universo", "Che cosa contano i dati.")
    selection: Text | None = field("Filtro", "Che cosa è stato scelto.", default=None)
    method: Text = field("Metodo", "Come si è proceduto.")
    limits: tuple[Text, ...] = many("Limiti", "Che cosa i dati non dicono.", least=1)
    tables: tuple[Table, ...] = many("Tabelle", "Le tabelle di cifre.", least=1, most=20)
    licence: Line = field("Licenza", "A quali condizioni si possono riusare.")

    @needs("tables")
    def _each_table_has_its_file(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for position, table in enumerate(self.tables):
            if table.id in seen:
                what = "due tabelle non possono avere lo stesso nome: hanno lo stesso file CSV"
                yield Fault(("tables", position, "id"), what, table.id, "Cambia nome a questa.")
            seen.add(table.id)
