"""The command line: what the world says (arguments, environment, today's date) handed to the library.

`scripts/build` and its neighbours run these commands; nothing else in the library reads the clock or the environment.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from ecoteca import building, ledger, publishing, renderer
from ecoteca.console import Group, Parsed, one_of, parse_day, parse_port, parse_site_url, usage_sentence
from ecoteca.problems import Format, Problem, report

PROJECT = Path(__file__).resolve().parents[2]
"""The project that this file belongs to."""

CONTENT = "content"

EXIT_PROBLEMS = 1
EXIT_USAGE = 2
EXIT_INTERNAL = 70
"""An error of the program itself, as in BSD's sysexits, so that it is not taken for a problem in the content."""


class Interrupted(BaseException):
    """The command was asked to stop; not an `Exception`, so that nothing but clean-up happens on the way out."""

    def __init__(self, number: int) -> None:
        self.number = number


today_option = click.option(
    "--today",
    type=Parsed("data", parse_day),
    metavar="AAAA-MM-GG",
    envvar=renderer.TODAY_VARIABLE,
    default=lambda: datetime.now(ZoneInfo("Europe/Rome")).date(),
    help="Il giorno per cui si costruisce o si controlla; di norma oggi, in Italia.",
)


@click.group(cls=Group)
def ecoteca() -> None:
    """Ecoteca: dai testi in content/ a un portale pubblicato."""


@ecoteca.command()
@click.option(
    "--site-url",
    type=Parsed("indirizzo", parse_site_url),
    metavar="URL",
    envvar=renderer.SITE_URL_VARIABLE,
    help="L'indirizzo a cui il portale sarà letto, anche con un percorso; di norma quello scritto in mkdocs.yml.",
)
@click.option("--out", metavar="CARTELLA", help="Dove pubblicare; di norma site/ nel progetto.")
@today_option
def build(site_url: str | None, out: str | None, today: date) -> None:
    """Costruisce tutto il portale e lo pubblica, intero o niente."""
    target = (Path(out) if out else PROJECT / "site").resolve()
    reason = publishing.refusal(target, PROJECT, Path(os.path.expanduser("~")).resolve())
    if reason is not None:
        raise click.BadParameter(f"{target}: {reason}", param_hint="--out")
    building.build(PROJECT, target, today, site_url, os.environ, click.echo)


@ecoteca.command()
@click.option("--port", type=Parsed("porta", parse_port), metavar="PORTA", default=8000, help="Di norma 8000.")
@today_option
def serve(port: int, today: date) -> None:
    """Anteprima nel browser: ogni modifica salvata vi compare."""
    building.preview(PROJECT, port, today, os.environ, click.echo)


@ecoteca.command()
@click.option(
    "--format",
    "form",
    type=Parsed("formato", one_of("text", "github", "json")),
    default="text",
    metavar="FORMATO",
    help="text per leggere (di norma), github per le annotazioni nelle richieste di modifica, json per i programmi.",
)
@click.argument("paths", metavar="[PERCORSO]...", nargs=-1)
@today_option
def check(form: Format, paths: tuple[str, ...], today: date) -> int:
    """Elenca quanto c'è da correggere nelle voci.

    Guarda tutto content/, o solo i file e le cartelle indicati, e non costruisce nulla.
    """
    chosen = [_in_content(path) for path in paths]
    # Imported here because it brings all the entry types, which the other commands do not need.
    from ecoteca.checking import check_content

    problems = check_content(PROJECT, chosen, today)
    listing = report(problems, form)
    if listing:
        click.echo(listing)
    click.echo(_closing(problems, _entries(chosen or [PROJECT / CONTENT])), err=True)
    return EXIT_PROBLEMS if problems else 0


@ecoteca.command()
@click.argument("month", metavar="AAAA-MM")
@today_option
def newsletter(month: str, today: date) -> None:
    """Scrive la bozza della newsletter di un mese.

    Parte dalle notizie dopo l'ultimo numero. Rilanciato sullo stesso mese aggiunge solo quelle nuove: ciò che hai
    scritto, spostato o tolto resta com'è.
    """
    from ecoteca.newsletter import parse_month, told, write_draft

    try:
        first = parse_month(month)
    except ValueError as refusal:
        raise click.BadParameter(str(refusal), param_hint="AAAA-MM") from None
    for line in told(write_draft(PROJECT, first, today)):
        click.echo(line)


@ecoteca.command("ledger")
def keep_ledger() -> None:
    """Ricorda in ledger.txt ciò che è pubblicato."""
    if not (PROJECT / "site" / ledger.PUBLISHED).is_file():
        raise building.NotDone("Non c'è un portale pubblicato in site/: prima lancia scripts/build.")
    added = ledger.keep(PROJECT, PROJECT / "site")
    click.echo("Niente di nuovo." if not added else f"{ledger.KEPT}: {added} righe in più. Salvale nel repository.")


@ecoteca.command()
def reference() -> None:
    """Rifà la pagina dei campi e gli schemi JSON."""
    from ecoteca.outputs.reference import files

    for name, text in files().items():
        path = PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(name)


def _in_content(text: str) -> Path:
    """The file or folder of content that an argument means, relative to the caller's folder."""
    given = Path(text)
    # A link among the folders on the way is followed; one in content itself is for the checks to refuse.
    path = given.parent.resolve() / given.name if given.name not in {"", ".."} else given.resolve()
    if not os.path.lexists(path):
        raise click.BadParameter(f"«{text}» non esiste", param_hint="PERCORSO")
    if not path.is_relative_to(PROJECT / CONTENT):
        raise click.BadParameter(f"«{text}» non è in {CONTENT}/", param_hint="PERCORSO")
    return path


def _entries(paths: Sequence[Path]) -> int:
    """How many entry files the paths hold."""
    return len({file for path in paths for file in (path.rglob("*.md") if path.is_dir() else [path])})


def _closing(problems: Sequence[Problem], entries: int) -> str:
    """The last sentence, for the person who waits; programs have the exit code."""
    if not problems:
        return "Nessun problema in una voce" if entries == 1 else f"Nessun problema in {entries} voci"
    count, files = len(set(problems)), len({problem.path for problem in problems})
    return f"{'Un problema' if count == 1 else f'{count} problemi'} in {'un' if files == 1 else files} file"


def prepare_process() -> None:
    """Makes this process fit for `main`: file names that are no text can be shown, signals leave time to clean up."""
    gc.set_threshold(100_000)  # as in a build: what is read is kept to the end, so looking for garbage finds none
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    raise Interrupted(number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; whatever happens, what is printed is Italian and no traceback.

    With `ECOTECA_DEBUG=1` errors of the program itself are shown whole.
    """
    try:
        return ecoteca.main(arguments, prog_name="scripts", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.UsageError as error:
        click.echo(f"Errore: {usage_sentence(error)} Aiuto: --help", err=True)
        return EXIT_USAGE
    except building.NotDone as error:
        click.echo(str(error), err=True)
        return EXIT_PROBLEMS
    except Interrupted as stop:
        click.echo("Interrotto.", err=True)
        return 128 + stop.number
    except Exception as error:
        if building.wants_everything(os.environ):
            raise
        click.echo(
            f"Errore del programma, non dei testi: {type(error).__name__}: {' '.join(str(error).split())}. "
            "Ripeti con ECOTECA_DEBUG=1 e apri una segnalazione con tutto quello che compare.",
            err=True,
        )
        return EXIT_INTERNAL
