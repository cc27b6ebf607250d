"""The command line's manners: click's help, options and usage errors, said in Italian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import click

_HEADINGS = {"Options": "Opzioni", "Commands": "Comandi", "Positional arguments": "Argomenti"}


class Formatter(click.HelpFormatter):
    """Help with Italian headings, and the commands named as the scripts that they are."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog.replace(" ", "/"), args, prefix or "Uso: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help speaks Italian."""

    context_class = Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings |= {"options_metavar": "[OPZIONI]", "add_help_option": False}
        super().__init__(*args, **settings)
        self.params.append(_help_option())


class Group(click.Group):
    """The commands together."""

    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings |= {"options_metavar": "", "subcommand_metavar": "COMANDO [OPZIONI]", "add_help_option": False}
        super().__init__(*args, **settings)
        self.params.append(_help_option())


def _help_option() -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            click.echo(context.get_help())
            context.exit()

    return click.Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Mostra questo aiuto."
    )


class Parsed(click.ParamType[Any]):
    """A value made from text by a function that raises `ValueError` with an Italian sentence."""

    def __init__(self, name: str, parse: Callable[[str], object]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def one_of(*words: str) -> Callable[[str], str]:
    """A parser that takes just these words."""

    def parse(text: str) -> str:
        if text in words:
            return text
        raise ValueError(f"«{text}» non va bene: scegli fra {', '.join(words)}")

    return parse


def parse_day(text: str) -> date:
    """A date written AAAA-MM-GG; the other forms of ISO 8601 are refused, as nobody means them."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"«{text}» non è una data: scrivila come 2026-04-30")


def parse_port(text: str) -> int:
    """A TCP port that a program of a common user may listen on."""
    if re.fullmatch(r"\d{4,5}", text, re.ASCII) and 1024 <= int(text) <= 65535:
        return int(text)
    raise ValueError(f"«{text}» non è una porta: serve un numero da 1024 a 65535")


def parse_site_url(text: str) -> str:
    """The portal's own address, http or https, ending in `/` (added where missing), without query, fragment or user."""
    wrong = ValueError(f"«{text}» non è l'indirizzo di un portale: scrivilo come https://www.esempio.it/ecoteca/")
    if not re.fullmatch(r"[!-~]+", text):
        raise wrong
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or set('?#@"<>\\') & set(text):
        raise wrong
    return text if text.endswith("/") else text + "/"


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong with the words given to a command; click has it in English only."""
    match error:
        case click.NoSuchOption():
            return f"opzione sconosciuta «{error.option_name}».{_nearest(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"comando sconosciuto «{error.command_name}».{_nearest(error.possibilities)}"
        case click.MissingParameter():
            return f"manca {error.param.human_readable_name if error.param else 'un argomento'}."
        case click.BadParameter():
            return f"{error.param_hint or (error.param and error.param.opts[0])}: {error.message}."
        case click.BadOptionUsage():
            return f"l'opzione «{error.option_name}» non è usata bene: controlla se vuole un valore."
        case _:
            return "gli argomenti sono troppi o non sono quelli previsti."


def _nearest(possibilities: Sequence[str] | None) -> str:
    return f" Forse volevi {' o '.join(f'«{word}»' for word in possibilities)}?" if possibilities else ""
