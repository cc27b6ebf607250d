"""What editors and programs are told of the fields: made from the declarations, never stale, and true of every entry."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from ecoteca.entries import BY_FOLDER, ENTRY_TYPES, Entry
from ecoteca.entries.fields import Model
from ecoteca.outputs.reference import PAGE, SCHEMAS, files, page, schema
from ecoteca.reading import read_content, read_entry
from support import ROOT, front_matter

FOLDERS = tuple(BY_FOLDER)


@cache
def validator(folder: str) -> Draft202012Validator:
    """What checks front matter against the schema of a type."""
    return Draft202012Validator(json.loads(schema(BY_FOLDER[folder])), format_checker=FormatChecker())


def as_json(value: Any) -> Any:
    """Front matter as a program has it, to which dates are texts."""
    if isinstance(value, dict):
        return {name: as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def refusals(folder: str, fields: dict[str, Any]) -> list[str]:
    """What the schema of a type says against front matter."""
    return [error.message for error in validator(folder).iter_errors(as_json(fields))]


# Never stale


@pytest.mark.parametrize("name", files())
def test_what_is_made_from_the_declarations_is_up_to_date(name: str) -> None:
    made = ROOT / name
    current = made.read_text(encoding="utf-8") if made.exists() else ""
    assert current == files()[name], f"{name} non è aggiornato: lancia scripts/reference"


def test_there_is_a_schema_for_each_type_and_no_other() -> None:
    there = {path.name for path in (ROOT / SCHEMAS).iterdir()}
    assert there == {f"{kind.folder}.schema.json" for kind in ENTRY_TYPES}


# The schemas


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_schema_is_one_and_speaks_italian(folder: str) -> None:
    made = json.loads(schema(BY_FOLDER[folder]))
    Draft202012Validator.check_schema(made)
    assert made["title"] == BY_FOLDER[folder].label
    assert made["properties"]["title"]["title"] == "Titolo"
    assert made["properties"]["summary"]["maxLength"] == 240


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_entry_of_the_portal_is_what_its_schema_says(folder: str) -> None:
    documents = [read_entry(source) for source in read_content(ROOT).entries if source.folder == folder]
    assert {document.path: refusals(folder, dict(document.data)) for document in documents} == {
        document.path: [] for document in documents
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_schema_takes_the_shortest_entry_and_refuses_what_the_check_refuses(folder: str) -> None:
    assert refusals(folder, front_matter(folder, "prova")) == []
    wrong: list[dict[str, object]] = [
        {"titolo": "MUD"},
        {"title": None},
        {"title": 12},
        {"title": "M" * 141},
        {"summary": "breve"},
        {"themes": []},
        {"state": "pubblicato"},
        {"published": "domani"},
        {"sources": [{"title": "Legge", "issuer": "Stato"}]},
    ]
    for changes in wrong:
        assert refusals(folder, front_matter(folder, "prova", changes)) != [], changes


def test_identifiers_have_their_pattern() -> None:
    fields = front_matter("adempimenti", "prova", {"waste_codes": ["13 02 05*"]})
    assert refusals("adempimenti", fields) == []
    assert refusals("adempimenti", {**fields, "waste_codes": ["13-02"]}) != []


# The editors' page


def models(kind: type[Model]) -> set[type[Model]]:
    """A type and every group of fields in it."""
    found: set[type[Model]] = set()
    pending: list[Any] = [kind]
    while pending:
        part = pending.pop()
        if not (isinstance(part, type) and issubclass(part, Model)):
            pending += getattr(part, "__args__", ())
        elif part not in found:  # conditions hold conditions
            found.add(part)
            pending += [info.annotation for info in part.model_fields.values()]
    return found


@pytest.mark.parametrize("kind", ENTRY_TYPES, ids=lambda kind: kind.label)
def test_every_field_has_a_label_and_an_explanation_and_stands_on_the_page(kind: type[Entry]) -> None:
    rows = page().splitlines()
    for model in models(kind):
        for name, info in model.model_fields.items():
            assert info.title, f"{model.__name__}.{name} non ha un'etichetta"
            assert info.description, f"{model.__name__}.{name} non ha una spiegazione"
            assert any(row.startswith(f"| `{info.alias or name}` | {info.title} |") for row in rows), (
                f"{model.__name__}.{name}"
            )


def test_the_page_names_every_type_with_its_folder() -> None:
    made = page()
    for kind in ENTRY_TYPES:
        assert f"\n## {kind.label}\n\nCartella: `content/{kind.folder}/`." in made
    assert PAGE == "docs/progetto/campi.md"


def test_the_page_shows_a_group_once() -> None:
    made = page()
    for title in ("Tutte: campi di «Fonti»", "Adempimento: campi di «Proroghe»", "Adempimento: campi di «Quando»"):
        assert made.count(f"\n### {title}\n") == 1


def test_the_page_says_what_may_be_written() -> None:
    made = page()
    assert "| `state` | Stato | sì | bozza, pubblicata, da verificare, superata o ritirata. Valori: `bozza`, " in made
    assert "Parole di `content/vocabolari/temi.yaml`." in made
    assert "Per esempio `13 02 05*`." in made
