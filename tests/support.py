"""A small project to try things on: vocabularies of a few words, and the shortest valid entry of each type."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import settings

from ecoteca.catalogue import Catalogue, build
from ecoteca.checks import check
from ecoteca.corpus import Corpus, read_corpus
from ecoteca.entries import BY_FOLDER
from ecoteca.entries.base import Check, Source
from ecoteca.entries.fields import nested
from ecoteca.settings import Settings

ROOT = Path(__file__).parents[1]
"""The project that is being tested."""

TODAY = date(2026, 11, 23)
"""The day on which these tests happen, whatever the clock says."""


@cache
def day_of_the_contents() -> date:
    """The day on which the project's own contents are tested: the last on which they say that something was read or
    checked, because on an earlier day that would not have happened yet."""
    happened = [
        model.on if isinstance(model, Check) else model.read_on
        for item in read_corpus(ROOT).items
        for _, model in nested(item.fields)
        if isinstance(model, Check | Source)
    ]
    return max([TODAY, *filter(None, happened)])


SETTINGS = Settings(
    name="Ecoteca",
    description="Una prova.",
    site_url="https://ecoteca.example/",
    authority="ecoteca.example,2026",
    office="Redazione",
)

WHATEVER_COMES = settings(derandomize=True, deadline=None, database=None)
"""How tests with made-up inputs run: the same inputs every time, on a slow machine too."""

VOCABULARIES = {
    "temi": """
title: Temi
items:
  - {id: rifiuti, name: Rifiuti, intro: "Tutto sui rifiuti."}
  - {id: mud, name: MUD, parent: rifiuti, intro: "La dichiarazione annuale."}
  - {id: imballaggi, name: Imballaggi, intro: "Scatole e bottiglie."}
""",
    "settori": """
title: Settori
items:
  - {id: costruzioni, name: Costruzioni, divisions: ["41"], intro: "Imprese edili."}
  - {id: commercio, name: Commercio, divisions: ["47"], intro: "Negozi."}
""",
    "destinatari": "title: Destinatari\nitems:\n  - {id: impresa, name: Impresa}\n",
    "dimensioni": "title: Dimensioni\nitems:\n  - {id: micro, name: Microimpresa}\n",
    "territori": """
title: Territori
items:
  - {id: italia, name: Italia, kind: stato}
  - {id: mi, name: Città metropolitana di Milano, kind: provincia}
""",
    "camere": "title: Camere\nitems:\n  - {id: milano, name: Camera di Milano, provinces: [mi]}\n",
    "agenda-2030": 'title: Agenda 2030\nitems:\n  - {id: "12.5", goal: 12, name: Ridurre i rifiuti}\n',
    "snsvs": """
title: Strategia nazionale
items:
  - {id: prosperita-iii-5, edition: "2017", area: Prosperità, code: III.5, name: Abbattere i rifiuti}
""",
    "domande-guida": """
title: Domande
items:
  - id: addetti
    name: Quante persone lavorano per te?
    explain: Conta tutti i dipendenti.
    example: Il titolare e due operai sono due.
    answers: [{id: "0", name: Nessuna}, {id: 1-10, name: Da 1 a 10}, {id: oltre-10, name: Più di 10}]
  - id: mercato
    name: Che cosa vendi?
    explain: Conta anche ciò che importi.
    example: Un negozio di lampade sceglie «Lampade».
    multiple: true
    answers: [{id: scatole, name: Scatole}, {id: lampade, name: Lampade}, {id: nessuno, name: Niente di questo}]
  - id: lampade-led
    name: Le lampade sono a LED?
    explain: I diodi luminosi che consumano poco.
    example: Quasi tutte quelle vendute oggi.
    answers: [{id: si, name: Sì}, {id: "no", name: "No"}]
    only_if: {question: mercato, is: [lampade]}
""",
}

_COMMON: dict[str, Any] = {
    "title": "Una scheda di prova",
    "summary": "Una sintesi lunga quanto basta per essere una sintesi.",
    "themes": ["mud"],
    "state": "pubblicata",
    "published": date(2026, 1, 15),
    "sources": [{"title": "La fonte", "url": "https://www.example.org/fonte", "issuer": "Ente"}],
}

_OWN: dict[str, dict[str, Any]] = {
    "adempimenti": {"who": "Chi produce", "what": "Dichiarare", "when": "Ogni anno", "other_basis": ["L. 70/1994"]},
    "normativa": {"level": "nazionale", "kind": "legge", "number": "70/1994", "adopted": date(1994, 1, 25)},
    "cam": {"category": "Edilizia", "situation": "in definizione"},
    "casi-studio": {
        "company": "Legno Vivo",
        "name_basis": "fonte pubblica",
        "strategies": ["riciclare"],
        "problem": "Troppo legno",
        "solution": "Pannelli",
    },
    "bandi": {
        "body": "Regione",
        "what": "Progetti",
        "beneficiaries": "Imprese",
        "phases": [{"name": "Domande", "opens": date(2026, 3, 1), "closes": date(2026, 4, 30)}],
    },
    "eventi": {"kind": "corso", "organiser": "Camera", "starts": date(2026, 5, 12)},
    "domande": {
        "short_answer": "Sì, sempre.",
        "about": ["mud"],
        "answered_on": date(2026, 1, 10),
        "valid_as_of": date(2026, 1, 10),
    },
    "guide": {
        "goal": "Arrivare in fondo",
        "steps": [{"title": "Comincia", "text": "Da qui."}, {"title": "Finisci", "text": "Qui."}],
    },
    "analisi": {
        "data_source": "Registro Imprese",
        "universe": "Imprese attive",
        "method": "Si conta",
        "limits": ["Mancano gli esonerati"],
        "licence": "CC BY 4.0",
        "tables": [
            {
                "id": "province",
                "title": "Per provincia",
                "unit": "imprese",
                "columns": ["Provincia", "Imprese"],
                "rows": [["Milano", 12], ["Lodi", "n.d."]],
                "source": "Registro Imprese",
            }
        ],
    },
    "azioni": {
        "body": "Unioncamere",
        "kind": "Formazione",
        "starts": date(2019, 1, 1),
        "ends": date(2020, 12, 31),
        "recipients": "Imprese",
        "sdg_targets": ["12.5"],
        "results": [{"what": "Seminari", "planned": "18", "achieved": "19"}],
    },
    "newsletter": {
        "number": 1,
        "date": date(2026, 2, 1),
        "since": date(2026, 1, 1),
        "until": date(2026, 1, 31),
        "sections": [{"title": "MUD", "items": [{"about": "mud", "title": "Prorogato il MUD"}]}],
    },
    "glossario": {"acronym": "FIR"},
}


def front_matter(folder: str, slug: str, changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The fields of the shortest valid entry of a folder's type, with some replaced, added or (None) left out."""
    fields = {"id": slug, **deepcopy(_COMMON), **deepcopy(_OWN[folder]), **(changes or {})}
    if fields["state"] in ("superata", "ritirata"):
        fields.setdefault("ended", date(2026, 6, 30))
    return {name: value for name, value in fields.items() if value is not None}


class _Dumper(yaml.SafeDumper):
    """Writes every value out, where PyYAML would refer to an equal one above."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def entry_text(fields: Mapping[str, Any], body: str = "") -> str:
    """An entry as editors write it."""
    front = yaml.dump(dict(fields), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n{body}"


class Project:
    """A project in a folder of its own, with vocabularies and, at first, no entries."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in VOCABULARIES.items():
            self.write(f"content/vocabolari/{name}.yaml", text)

    def write(self, path: str, content: str | bytes) -> Path:
        """Writes a file, byte for byte as it is given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def add(self, folder: str, slug: str, body: str = "", /, **changes: object) -> str:
        """Writes the shortest valid entry of a folder's type, changed as asked, and returns its path."""
        path = f"content/{folder}/{slug}.md"
        self.write(path, entry_text(front_matter(folder, slug, changes), body))
        return path

    def add_one_of_each(self) -> None:
        """Writes an entry of every type; the duty's id is `mud`, the others have their folder's name."""
        for folder in BY_FOLDER:
            self.add(folder, "mud" if folder == "adempimenti" else folder)

    def corpus(self) -> Corpus:
        """Everything as it is read."""
        return read_corpus(self.root)

    def problems(self) -> list[str]:
        """Every problem, as `scripts/check` prints it."""
        return [problem.text() for problem in check(self.corpus(), TODAY)]

    def catalogue(self, today: date = TODAY, *, preview: bool = False) -> Catalogue:
        """The catalogue of a project without problems."""
        corpus = self.corpus()
        assert not check(corpus, TODAY)
        return build(corpus, today, preview=preview)
