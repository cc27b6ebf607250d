"""The kinds of field that entry types are declared with: labels, bounds, references, identifiers.

A field says its Italian label and explanation once, where it is declared; error messages, JSON Schemas, the editors'
reference page and the pages' own labels all come from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Protocol, TypeVar, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from ecoteca import identifiers
from ecoteca.reading import SLUG


class Model(BaseModel):
    """What every declared thing shares: nothing unknown, nothing converted, nothing changed afterwards."""

    # Deferred: making the validators of all types takes longer than a run that finds most entries kept needs them.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True, defer_build=True)


def field(label: str, explain: str, *, example: object = None, **bounds: Any) -> Any:
    """A field of an entry type: what readers see it called, what editors must know, an example, pydantic's bounds."""
    examples = None if example is None else [example]
    if "default" in bounds and isinstance(bounds["default"], tuple):
        bounds.setdefault("strict", False)  # YAML has lists; the models keep tuples, which cannot change
    return Field(title=label, description=explain, examples=examples, **bounds)


def many(label: str, explain: str, *, example: object = None, least: int = 0, most: int = 60) -> Any:
    """A field that is a list; with `least` 0 it may be left out."""
    default = {} if least else {"default": ()}
    return field(label, explain, example=example, min_length=least, max_length=most, strict=False, **default)


def error(message: str, fix: str = "", found: str | None = None) -> PydanticCustomError:
    """A refusal in the editors' words; `found` replaces the field's own value in the message."""
    context: dict[str, Any] = {"message": message, "fix": fix}
    if found is not None:
        context["found"] = found
    return PydanticCustomError("ecoteca", "{message}", context)


Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Fields that are each well written but cannot stand together; `key` is where the editor should look."""

    key: Key
    message: str
    found: str
    fix: str


Rule = TypeVar("Rule", bound=Callable[..., Iterator[Fault]])


def needs(*names: str) -> Callable[[Rule], Rule]:
    """Declares a method of a model as a rule over the fields `names`.

    Rules are not validators: they all run, so that an editor hears of everything at once, and each runs as soon as its
    own fields are well written, whatever the others are.
    """

    def mark(method: Rule) -> Rule:
        method.__dict__["needs"] = names
        return method

    return mark


@cache
def rules_of(model: type[Model]) -> tuple[tuple[tuple[str, ...], Callable[[Any], Iterator[Fault]]], ...]:
    """A model's rules with the fields that each needs, the common block's first."""
    methods = {name: method for kind in reversed(model.__mro__) for name, method in vars(kind).items()}
    return tuple((method.needs, method) for method in methods.values() if callable(method) and hasattr(method, "needs"))


def _one_line(text: str) -> str:
    if "\n" in text or text != text.strip():
        raise error("deve stare su una riga, senza spazi in testa o in coda", "Unisci le righe e togli gli spazi.")
    return text


def _web_address(text: str) -> str:
    lowered = text.lower()
    if not lowered.startswith(("http://", "https://")) or any(char.isspace() or char in '<>"\\' for char in text):
        raise error(
            "deve essere un indirizzo completo che comincia con https:// o http://", "Copialo dalla barra del browser."
        )
    if not _host(text).strip("."):
        raise error("manca il nome del sito dopo https://", "Copialo dalla barra del browser.")
    return text


def _host(address: str) -> str:
    """The host that an address names; empty where it names none, or has a stray bracket in its place."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise error("deve avere solo lettere minuscole senza accento, cifre e trattini", "Per esempio «registro-aee».")
    return text


def _old_address(text: str) -> str:
    parts = text.removesuffix("/").split("/")
    if len(parts) != 2 or not all(SLUG.fullmatch(part) for part in parts):
        raise error(
            "deve essere il vecchio indirizzo nella forma «cartella/nome»", "Per esempio «adempimenti/mud-2025»."
        )
    return "/".join(parts)


Line = Annotated[str, Field(min_length=2, max_length=200), AfterValidator(_one_line)]
"""Plain text on one line, 2 to 200 characters."""

Title = Annotated[str, Field(min_length=2, max_length=140), AfterValidator(_one_line)]
"""Plain text on one line, 2 to 140 characters."""

Summary = Annotated[str, Field(min_length=20, max_length=240), AfterValidator(_one_line)]
"""Plain text on one line, 20 to 240 characters."""

ShortLine = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_one_line)]
"""Plain text on one line, 1 to 80 characters."""

Text = Annotated[str, Field(min_length=2, max_length=1500)]
"""Plain text; an empty line divides paragraphs; 2 to 1500 characters."""

WebAddress = Annotated[str, Field(max_length=1000), AfterValidator(_web_address)]
"""A complete http or https address."""

Day = date
"""A date, under a name that a field called `date` does not hide."""

Slug = Annotated[str, Field(max_length=80), AfterValidator(_slug)]
"""Lowercase letters, digits and hyphens."""

OldAddress = Annotated[str, AfterValidator(_old_address)]
"""An address below the portal's root at which a page stood before."""


def _month_day(text: str) -> str:
    try:
        date.fromisoformat(f"2024-{text}")  # a leap year: 29 February is a day of some years
    except ValueError:
        raise error("deve essere un giorno dell'anno, MM-GG", 'Per esempio "04-30" per il 30 aprile.') from None
    return text


MonthDay = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_month_day)]
"""A day of any year, MM-GG."""


class Parseable(Protocol):
    """What `ecoteca.identifiers` gives: a value with one spelling, a pattern and an example."""

    PATTERN: str
    EXAMPLE: str

    @classmethod
    def parse(cls, text: str) -> Any:
        """The value, or ValueError in Italian."""
        ...


@dataclass(frozen=True, slots=True)
class Identifier:
    """Marks a field as an identifier: read by its own rules, written back in its one spelling."""

    kind: type[Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Text in, identifier out."""

        def read(value: Any) -> Any:
            if isinstance(value, self.kind):
                return value
            if not isinstance(value, str):
                raise error("deve essere un testo", f'Mettilo tra virgolette, per esempio "{self.kind.EXAMPLE}".')
            try:
                return self.kind.parse(value)
            except ValueError as refusal:
                raise error(str(refusal), f"Per esempio: {self.kind.EXAMPLE}") from None

        return core_schema.no_info_plain_validator_function(read, serialization=core_schema.to_string_ser_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A text with the identifier's pattern."""
        return {"type": "string", "pattern": self.kind.PATTERN, "examples": [self.kind.EXAMPLE]}


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text as a word of a vocabulary under `content/vocabolari/`."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The text, with the vocabulary's name for whoever reads the schema."""
        return {**handler(schema), "x-vocabolario": self.vocabulary}


@dataclass(frozen=True, slots=True)
class RefTo:
    """Marks a text as the id of another entry, of one of `types` (class names; empty: any)."""

    forward: str
    backward: str
    types: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The text, with the types that it may name."""
        return {**handler(schema), "x-voce": list(self.types) or "qualsiasi"}


CelexField = Annotated[identifiers.Celex, Identifier(identifiers.Celex)]
EuropeanEliField = Annotated[identifiers.EuropeanEli, Identifier(identifiers.EuropeanEli)]
UrnField = Annotated[identifiers.NormattivaUrn, Identifier(identifiers.NormattivaUrn)]
ItalianEliField = Annotated[identifiers.ItalianEli, Identifier(identifiers.ItalianEli)]
RedactionalCodeField = Annotated[identifiers.RedactionalCode, Identifier(identifiers.RedactionalCode)]
WasteCodeField = Annotated[identifiers.WasteCode, Identifier(identifiers.WasteCode)]
AtecoField = Annotated[identifiers.Ateco, Identifier(identifiers.Ateco)]
CpvField = Annotated[identifiers.Cpv, Identifier(identifiers.Cpv)]
CupField = Annotated[identifiers.Cup, Identifier(identifiers.Cup)]

ThemeId = Annotated[Slug, OneOf("temi")]
SectorId = Annotated[Slug, OneOf("settori")]
AudienceId = Annotated[Slug, OneOf("destinatari")]
SizeId = Annotated[Slug, OneOf("dimensioni")]
TerritoryId = Annotated[Slug, OneOf("territori")]
ChamberId = Annotated[Slug, OneOf("camere")]
SdgTargetId = Annotated[str, OneOf("agenda-2030")]
SnsvsChoiceId = Annotated[str, OneOf("snsvs")]

Certainty = Literal["certa", "attesa", "prorogata"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A value somewhere in an entry whose field carries a marker."""

    key: Key
    marker: OneOf | RefTo
    value: str
    holder: Model


def nested(model: Model, key: Key = ()) -> Iterator[tuple[Key, Model]]:
    """A model and every model in it, each with its place."""
    yield key, model
    for name, written in _holding(type(model)):
        value = getattr(model, name)
        if isinstance(value, Model):
            yield from nested(value, (*key, written))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Model):
                    yield from nested(item, (*key, written, position))


def models_in(annotation: Any) -> tuple[type[Model], ...]:
    """The models that a field declared so may hold, each as often as it is named."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return (annotation,) if issubclass(annotation, Model) else ()
    return tuple(model for part in get_args(annotation) for model in models_in(part))


@cache
def _holding(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that may hold others, by their names here and in the file."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items() if models_in(info.annotation))


def marked_values(model: Model) -> Iterator[Marked]:
    """Every vocabulary word and every reference in an entry, with the place where it stands."""
    for key, holder in nested(model):
        for name, marker in _markers(type(holder)).items():
            value = getattr(holder, name)
            if isinstance(value, tuple):
                yield from (Marked((*key, name, position), marker, item, holder) for position, item in enumerate(value))
            elif value is not None:
                yield Marked((*key, name), marker, value, holder)


@cache
def _markers(model: type[Model]) -> dict[str, OneOf | RefTo]:
    """The fields of a model that carry a marker."""
    found = {}
    for name, info in model.model_fields.items():
        own = next((item for item in info.metadata if isinstance(item, OneOf | RefTo)), None)
        marker = own or _marker_in(info.annotation)
        if marker is not None:
            found[name] = marker
    return found


def _marker_in(annotation: Any) -> OneOf | RefTo | None:
    if get_origin(annotation) is Annotated:
        return next((item for item in get_args(annotation)[1:] if isinstance(item, OneOf | RefTo)), None)
    for part in get_args(annotation):
        marker = _marker_in(part)
        if marker is not None:
            return marker
    return None
