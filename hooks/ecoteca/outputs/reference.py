"""What editors must know of the fields, made from the declarations: JSON Schemas and the reference page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from ecoteca.entries import ENTRY_TYPES, Entry
from ecoteca.entries.fields import Identifier, Model, OneOf, RefTo, models_in

PAGE = "docs/progetto/campi.md"
"""Where the reference page stands, from the project's root."""

SCHEMAS = "docs/schemi"
"""Where the JSON Schemas stand, from the project's root; the portal publishes them at `schemi/`."""


def files() -> dict[str, str]:
    """Every file that is made from the declarations, by its path from the project's root."""
    made = {f"{SCHEMAS}/{kind.folder}.schema.json": schema(kind) for kind in ENTRY_TYPES}
    return {**made, PAGE: page()}


def schema(kind: type[Entry]) -> str:
    """The JSON Schema of one type's front matter."""
    made = kind.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.label, "description": kind.intro}
    return json.dumps({**made, **head}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def page() -> str:
    """The editors' reference page, in Markdown."""
    common = set(Entry.model_fields)
    lines = [
        "---",
        "title: I campi delle schede",
        "description: Tutti i campi di ogni tipo di scheda, con che cosa ci va scritto.",
        "---",
        "",
        "# I campi delle schede",
        "",
        "Questa pagina nasce dalle stesse dichiarazioni che controllano le schede: se un campo è qui, si può usare; se non c'è, "
        "il controllo lo rifiuta. I nomi dei campi sono in inglese perché sono i termini standard; i lettori vedono le etichette.",
        "",
        "## Campi di tutte le schede",
        "",
        *_table(Entry, set()),
        *_group_tables(Entry, set()),
    ]
    for kind in ENTRY_TYPES:
        lines += [
            "",
            f"## {kind.label}",
            "",
            f"Cartella: `content/{kind.folder}/`. {kind.intro}",
            "",
            *_table(kind, common),
            *_group_tables(kind, common),
        ]
    return "\n".join(lines) + "\n"


def _table(model: type[Model], left_out: set[str]) -> Iterator[str]:
    yield "| Campo | Etichetta | Serve? | Che cosa ci va |"
    yield "| --- | --- | --- | --- |"
    for name, info in model.model_fields.items():
        if name not in left_out:
            needed = "sì" if info.is_required() else "no"
            yield f"| `{info.alias or name}` | {_cell(info.title or name)} | {needed} | {_cell(_explain(info))} |"


def _group_tables(kind: type[Entry], left_out: set[str]) -> Iterator[str]:
    whose = "Tutte" if kind is Entry else kind.label
    for label, group in dict.fromkeys(_groups(kind, left_out)):  # rules of several kinds share groups
        yield from ("", f"### {whose}: campi di «{label}»", "", *_table(group, set()))


def _explain(info: FieldInfo) -> str:
    parts = [info.description or ""]
    words = [str(word) for word in _words(info.annotation)]
    if words:
        parts.append("Valori: " + ", ".join(f"`{word}`" for word in words) + ".")
    for marker in _markers(info):
        if isinstance(marker, OneOf):
            parts.append(f"Parole di `content/vocabolari/{marker.vocabulary}.yaml`.")
        elif isinstance(marker, RefTo):
            parts.append("Id di un'altra scheda.")
        else:
            parts.append(f"Per esempio `{marker.kind.EXAMPLE}`.")
    if info.examples:
        example = info.examples[0]
        parts.append(
            f"Per esempio `{json.dumps(example, ensure_ascii=False) if isinstance(example, list) else example}`."
        )
    return " ".join(parts)


def _markers(info: FieldInfo) -> list[OneOf | RefTo | Identifier]:
    def inside(annotation: Any) -> list[OneOf | RefTo | Identifier]:
        return [
            found
            for part in get_args(annotation)
            for found in ([part] if isinstance(part, OneOf | RefTo | Identifier) else inside(part))
        ]

    return [item for item in info.metadata if isinstance(item, OneOf | RefTo | Identifier)] + inside(info.annotation)


def _words(annotation: Any) -> list[Any]:
    if str(get_origin(annotation)) == "typing.Literal":
        return list(get_args(annotation))
    return [word for part in get_args(annotation) for word in _words(part)]


def _groups(
    model: type[Model], left_out: set[str], above: tuple[type[Model], ...] = ()
) -> Iterator[tuple[str, type[Model]]]:
    """The groups of fields inside a type, each with the label of the field that holds it, and each once on its way."""
    for name, info in model.model_fields.items():
        if name not in left_out:
            for group in models_in(info.annotation):
                if group in above:
                    continue
                rule = group.model_fields.get("rule")
                label = f"{info.title or name}, regola {_words(rule.annotation)[0]}" if rule else info.title or name
                yield label, group
                yield from _groups(group, set(), (*above, group))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
