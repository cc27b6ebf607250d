"""From a document to a typed entry, or to the problems that keep it from being one, in the editors' words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from pydantic import ValidationError, create_model
from pydantic.fields import FieldInfo

from ecoteca.entries.fields import Model, models_in, nested, rules_of
from ecoteca.problems import Problem
from ecoteca.reading import Document, dotted
from ecoteca.strict_yaml import Key

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Declared(Generic[M]):
    """A document as one of the declared types.

    `entry` is None where something in the document is wrong; `fields` then still holds, under the same names, the
    fields that are well written (the others are None), so that the remaining rules can look at them.
    """

    entry: M | None
    fields: Model
    problems: tuple[Problem, ...]


def declare(kind: type[M], document: Document) -> Declared[M]:
    """The document as `kind`, with every reason why it is not one.

    A field that the reading has already complained of is not complained of twice.
    """
    problems: list[Problem] = []
    entry: M | None = None
    broken: set[str] = set()
    try:
        entry = kind.model_validate(dict(document.data))
        fields: Model = entry
    except ValidationError as refusal:
        if document.readable:
            problems = _problems(kind, document, refusal)
        broken = {str(item["loc"][0]) for item in refusal.errors(include_url=False)}
        sound = {
            name: value for name, value in document.data.items() if name in kind.model_fields and name not in broken
        }
        fields = _partial(kind).model_validate(sound)
        broken |= {name for name in kind.model_fields if name not in sound and kind.model_fields[name].is_required()}
    if document.readable:
        problems += _faults(kind, fields, broken, document)
    known = {(problem.line, problem.field) for problem in document.problems}
    new = tuple(problem for problem in problems if (problem.line, problem.field) not in known)
    return Declared(entry if not new and not document.problems else None, fields, new)


class _Partial(Model):
    """The well written fields of a document that has others; `_whole` is its type."""

    _whole: ClassVar[type[Model]]

    def __reduce__(self) -> tuple[Any, ...]:
        # A type that was made at run time cannot be looked up by name when its values arrive in another process.
        return _restored, (self._whole, dict(self))


def _restored(whole: type[Model], fields: dict[str, Any]) -> Model:
    return _partial(whole).model_construct(**fields)


@cache
def _partial(kind: type[Model]) -> type[_Partial]:
    """`kind` with every field optional."""
    fields: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        optional = copy(info)
        if info.is_required():
            optional.default = None
        fields[name] = (info.annotation, optional)
    made = create_model(f"Partial{kind.__name__}", __base__=_Partial, **fields)
    made._whole = kind
    return made


def _faults(kind: type[Model], fields: Model, broken: set[str], document: Document) -> list[Problem]:
    """What the rules of the type, and of the groups of fields in it, find in the fields that are well written."""
    found: list[Problem] = []
    for key, model in nested(fields):
        for needs, rule in rules_of(kind if model is fields else type(model)):
            if model is not fields or not broken.intersection(needs):
                for fault in rule(model):
                    place = (*key, *fault.key)
                    line = document.line_of(place)
                    found.append(Problem(document.path, line, dotted(place), fault.message, fault.found, fault.fix))
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, or nothing."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, else the first ones of the list."""
    words = sorted(known)
    close = nearest(word, words)
    if close:
        return f"Forse volevi «{close}»."
    shown = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
    return f"Si può scrivere: {shown}." if words else ""


def _problems(kind: type[Model], document: Document, refusal: ValidationError) -> list[Problem]:
    problems: dict[Key, Problem] = {}
    errors = [(_clean(item["loc"], document.data), item) for item in refusal.errors(include_url=False)]
    for key, item in errors:
        # pydantic counts only the well written items of a list; the others are named one by one.
        if item["type"] == "too_short" and any(other[: len(key)] == key and other != key for other, _ in errors):
            continue
        message, fix, found = _say(kind, key, item)
        # A choice between two types (day or moment) is refused twice, for one reason: the first is kept.
        problems.setdefault(key, Problem(document.path, document.line_of(key), dotted(key), message, found, fix))
    return list(problems.values())


def _clean(loc: tuple[int | str, ...], data: Any) -> Key:
    """The place in the document, without the names that pydantic adds for the alternatives of a union."""
    key: list[str | int] = []
    for position, part in enumerate(loc):
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if inside:
            data = data[part]
        elif position < len(loc) - 1 or not isinstance(data, dict):
            continue
        key.append(part)
    return tuple(key)


def _say(kind: type[Model], key: Key, item: Any) -> tuple[str, str, str]:
    """Message, mend and what was found, for one of pydantic's errors."""
    error, context, value = str(item["type"]), item.get("ctx", {}), item["input"]
    found = "" if isinstance(value, Mapping | Model) else _shown(value)
    if error == "ecoteca":
        return context["message"], context["fix"], context.get("found", found)
    if error == "missing":
        info = _info(kind, key)
        name = f" ({info.title})" if info and info.title else ""
        explain = f"{info.description}" if info and info.description else ""
        return f"manca il campo «{key[-1]}»{name}", explain, ""
    if error == "extra_forbidden":
        return "campo sconosciuto", _field_meant(str(key[-1]), kind, key[:-1]), str(key[-1])
    if error == "literal_error":
        allowed = [str(word) for word in _literals(_info(kind, key))]
        if not isinstance(value, str) and str(value) in allowed:
            return "deve essere un testo", f'Mettilo tra virgolette: "{value}".', found
        return "valore non previsto", did_you_mean(str(value), allowed), found
    if error in ("union_tag_invalid", "union_tag_not_found"):
        tags = [tag for model in _at(kind, key) for tag in _literals(model.model_fields.get("rule"))]
        return (
            "manca il tipo di regola, o non è previsto",
            did_you_mean(str(context.get("tag", "")), tags),
            str(context.get("tag", "")),
        )
    simple = _SIMPLE.get(error)
    if simple:
        message, fix = simple
        return message.format(**context, **_plurals(context)), fix, found
    return f"valore non accettato: {item['msg']}", "Confronta con il modello della scheda.", found


def _plurals(context: Mapping[str, Any]) -> dict[str, str]:
    """The nouns that agree with a bound on length."""
    one = context.get("min_length", context.get("max_length")) == 1
    return {"caratteri": "carattere", "voci": "voce"} if one else {"caratteri": "caratteri", "voci": "voci"}


_SIMPLE: dict[str, tuple[str, str]] = {
    "string_type": ("deve essere un testo", "Mettilo tra virgolette."),
    "string_too_long": ("deve avere al massimo {max_length} {caratteri}", "Accorcialo."),
    "string_too_short": ("deve avere almeno {min_length} {caratteri}", "Scrivi qualcosa in più."),
    "string_pattern_mismatch": (
        "non ha la forma richiesta",
        'I giorni dell\'anno si scrivono MM-GG, per esempio "04-30".',
    ),
    "date_type": ("deve essere una data AAAA-MM-GG", "Per esempio 2026-04-30, senza virgolette."),
    "datetime_type": (
        "deve essere una data AAAA-MM-GG, con l'ora se serve AAAA-MM-GG HH:MM",
        "Per esempio 2026-04-30 16:00.",
    ),
    "bool_type": ("deve essere true o false", "Scrivi true per sì, false per no."),
    "int_type": ("deve essere un numero intero", "Per esempio 12, senza virgolette."),
    "float_type": ("deve essere un numero", "Per esempio 1200 o 1.5, senza virgolette né unità."),
    "greater_than_equal": ("deve essere almeno {ge}", "Controlla la cifra."),
    "less_than_equal": ("deve essere al massimo {le}", "Controlla la cifra."),
    "greater_than": ("deve essere più di {gt:g}", "Controlla la cifra."),
    "too_short": ("deve avere almeno {min_length} {voci}", "Aggiungi una riga che comincia con «- »."),
    "too_long": ("deve avere al massimo {max_length} {voci}", "Togli le meno importanti."),
    "tuple_type": ("deve essere un elenco", "Scrivi ogni voce su una riga che comincia con «- »."),
    "list_type": ("deve essere un elenco", "Scrivi ogni voce su una riga che comincia con «- »."),
    "model_type": ("deve essere un gruppo di campi", "Scrivi ogni campo su una riga rientrata, come nel modello."),
    "model_attributes_type": (
        "deve essere un gruppo di campi",
        "Scrivi ogni campo su una riga rientrata, come nel modello.",
    ),
    "dict_type": ("deve essere un gruppo di campi", "Scrivi ogni campo su una riga rientrata, come nel modello."),
}


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "un elenco" if value else "un elenco vuoto"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _at(kind: type[Model], key: Key) -> tuple[type[Model], ...]:
    """The models that may stand at a place."""
    here: tuple[type[Model], ...] = (kind,)
    for part in key:
        if isinstance(part, str):
            infos = [info for model in here if (info := _written(model).get(part))]
            here = tuple(model for info in infos for model in models_in(info.annotation))
    return here


def _info(kind: type[Model], key: Key) -> FieldInfo | None:
    """The declaration of the field at a place."""
    name = next((part for part in reversed(key) if isinstance(part, str)), None)
    if name is None:
        return None
    parents = _at(kind, key[: len(key) - 1 - [*reversed(key)].index(name)])
    return next((info for model in parents if (info := _written(model).get(name))), None)


def _field_meant(word: str, kind: type[Model], key: Key) -> str:
    """The field that an unknown name may stand for; editors also write the one they see on the page."""
    fields = {name: info for model in _at(kind, key) for name, info in _written(model).items()}
    labels = {str(info.title).casefold(): name for name, info in fields.items() if info.title}
    name = labels.get(word.replace("_", " ").replace("-", " ").casefold())
    return f"Si scrive «{name}» ({fields[name].title})." if name else did_you_mean(word, fields)


def _written(model: type[Model]) -> dict[str, FieldInfo]:
    """The fields of a model under the names that editors write."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _literals(info: FieldInfo | None) -> list[Any]:
    """The words that a field may take."""

    def words(annotation: Any) -> list[Any]:
        if str(get_origin(annotation)) == "typing.Literal":
            return list(get_args(annotation))
        return [word for part in get_args(annotation) for word in words(part)]

    return words(info.annotation) if info else []
