"""Times our builds beside those of stock MkDocs, on the same made-up texts; started by `scripts/bench`.

Stock means MkDocs with Material, its built-in search and mkdocs-rss-plugin, as a site of Markdown files would have them,
with the entries out of the navigation, where they would cost it far more. Builds alternate, ours and theirs, so that
whatever else the machine is doing weighs on both; what counts is the ratio within a pair. Ours have more to do: the
texts are the same, but our pages also show the fields of each entry.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeAlias

import click

from ecoteca import renderer
from ecoteca.catalogue import build
from ecoteca.console import Command, Parsed, usage_sentence
from ecoteca.corpus import read_corpus
from ecoteca.outputs.feeds import feed_files
from ecoteca.pages.feed_pages import channels
from ecoteca.pages.rendering import Renderer
from ecoteca.settings import Settings
from made_up import DAY, MOST, MadeUp, made_up

SETTINGS = Settings("Ecoteca", "Voci inventate.", "https://ecoteca.example/", "ecoteca.example,2026", "Redazione")

PROJECT = Path(__file__).resolve().parents[1]

STOCK_PYTHON = "ECOTECA_STOCK_PYTHON"
"""Names the Python of the environment that holds stock MkDocs; `scripts/bench` sets it."""

ROOMS = ("docs", "hooks", "overrides", "content/vocabolari")
"""The folders of the project that a build reads, entries apart."""

STOCK_SETTINGS = """\
site_name: Voci inventate
site_url: https://ecoteca.example/
theme:
  name: material
  language: it
plugins:
  - search:
      lang: it
  - rss:
      use_git: false
      date_from_meta:
        as_creation: date
        default_timezone: Europe/Rome
markdown_extensions:
  - tables
  - footnotes
  - def_list
  - toc:
      permalink: true
nav:
  - index.md
validation:
  nav:
    omitted_files: ignore
"""

EDIT = "\nUna frase aggiunta.\n"
"""What the edit of one entry adds to its text."""

FROM_NOTHING, AGAIN, EDITED = STEPS = ("dal niente", "senza modifiche", "una voce modificata")
"""What is built in each round: with nothing left by earlier builds, once more, and once more after an edit."""

HEADINGS = ("", "", "tempo s", "min–max", "CPU s", "memoria MB")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds by the clock, seconds of all processors, MB of its largest process at its peak."""

    wall: float
    cpu: float
    memory: float


Pair: TypeAlias = tuple[Cost, ...]
"""What the two sides took, one after the other; or, of what only one side does, what that took."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two projects: its folder, how it is built, what `site/` then holds, where its entries are."""

    name: str
    folder: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]
    results: tuple[str, ...]
    entries: Path

    def forget(self) -> None:
        """Removes all that earlier builds have left."""
        for left in ("site", ".cache"):
            shutil.rmtree(self.folder / left, ignore_errors=True)

    def edit(self, entry: MadeUp) -> None:
        """Adds a sentence to one entry."""
        with (self.entries / entry.path).open("a", encoding="utf-8") as file:
            file.write(EDIT)

    def build(self) -> Cost:
        """Builds once, and ends this program when something of what must be there is not."""
        cost = cost_of(self.command, self.folder, self.environment)
        for name in self.results:
            if not (self.folder / "site" / name).is_file():
                sys.exit(f"{self.name} non ha fatto site/{name}: il confronto non varrebbe.")
        return cost


def ours(folder: Path, entries: Sequence[MadeUp]) -> Side:
    """A copy of the project with the made-up entries in place of its own, built by the same command."""
    for room in ROOMS:
        shutil.copytree(PROJECT / room, folder / room)
    shutil.copy2(PROJECT / "mkdocs.yml", folder)
    _write(folder / "content", {entry.path: entry.source for entry in entries})
    environment = {**os.environ, "PYTHONPATH": str(folder / "hooks")}
    command = (sys.executable, "-m", "ecoteca", "build", "--today", DAY.isoformat())
    results = ("feed/novita.xml", "pagefind/pagefind-entry.json", *_pages(entries))
    return Side("Ecoteca", folder, command, environment, results, folder / "content")


def stock(folder: Path, python: str, entries: Sequence[MadeUp]) -> Side:
    """A MkDocs project with the same texts, built in the environment of `python`, on the same day as ours."""
    _write(folder, {"mkdocs.yml": STOCK_SETTINGS, "docs/index.md": "# Voci inventate\n\nUna pagina per ogni voce.\n"})
    _write(folder / "docs", {entry.path: entry.plain_page for entry in entries})
    environment = renderer.settings(os.environ, DAY, None)
    environment.pop("PYTHONPATH", None)
    command = (python, "-m", "mkdocs", "build", "--strict")
    results = ("feed_rss_created.xml", "search/search_index.json", *_pages(entries))
    return Side("MkDocs", folder, command, environment, results, folder / "docs")


def _pages(entries: Iterable[MadeUp]) -> Iterable[str]:
    return (f"{entry.path.removesuffix('.md')}/index.html" for entry in entries)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def cost_of(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Runs a command and says what it took; ends this program with what the command said when it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{output.read().decode(errors='replace')}\nNon riuscito: {' '.join(command)}")
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # macOS counts in bytes, Linux in kB
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def measure(sides: Sequence[Side], entry: MadeUp, runs: int) -> dict[str, list[Pair]]:
    """For each of `STEPS`, what each side took in each round; `entry` is the one that is edited."""
    costs: dict[str, list[Pair]] = {step: [] for step in STEPS}
    for run in range(1, runs + 1):
        for step in STEPS:
            taken = []
            for side in sides:
                if step == FROM_NOTHING:
                    side.forget()
                elif step == EDITED:
                    side.edit(entry)
                taken.append(side.build())
            costs[step].append(tuple(taken))
            said = ", ".join(f"{side.name} {_number(cost.wall)} s" for side, cost in zip(sides, taken, strict=True))
            click.echo(f"Giro {run} di {runs}, {step}: {said}", err=True)
    return costs


def table(names: Sequence[str], costs: Mapping[str, Sequence[Pair]]) -> str:
    """Medians with their bounds for each side and, where two are compared, the first's ratio to the second."""
    lines = [_row(HEADINGS)]
    for step, pairs in costs.items():
        sides = len(pairs[0])
        for side, name in enumerate(names[:sides]):
            lines.append(_row(("" if side else step, name, *_figures([pair[side] for pair in pairs]))))
        if sides == 2:
            ratios = [ours.wall / theirs.wall for ours, theirs in pairs]
            cpu = median(ours.cpu / theirs.cpu for ours, theirs in pairs)
            memory = median(ours.memory / theirs.memory for ours, theirs in pairs)
            figures = (_number(median(ratios), 2), _bounds(ratios, 2), _number(cpu, 2), _number(memory, 2))
            each = " ".join(_number(ratio, 2) for ratio in ratios)
            lines.append(f"{_row(('', 'rapporto', *figures))}   {each}")
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    labels, figures = cells[:2], cells[2:]
    return "".join((f"{labels[0]:<21}{labels[1]:<10}", *(f"{cell:>12}" for cell in figures))).rstrip()


def _figures(costs: Sequence[Cost]) -> tuple[str, ...]:
    walls = [cost.wall for cost in costs]
    cpu, memory = median(cost.cpu for cost in costs), median(cost.memory for cost in costs)
    return _number(median(walls)), _bounds(walls), _number(cpu), _number(memory, 0)


def _bounds(values: Sequence[float], digits: int = 1) -> str:
    return f"{_number(min(values), digits)}–{_number(max(values), digits)}"


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _whole(least: int, most: int) -> Parsed:
    def parse(text: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        raise ValueError(f"«{text}» non va bene: serve un numero da {least} a {most}")

    return Parsed("numero", parse)


def time_feeds(folder: Path, entries: Sequence[MadeUp]) -> str:
    """How long all feeds of these entries take once the catalogue stands, as a sentence with what they are."""
    side = ours(folder / "ecoteca", entries)
    catalogue = build(read_corpus(side.folder), DAY)
    renderer = Renderer(side.folder, catalogue, SETTINGS, DAY)
    start = time.perf_counter()
    files = feed_files(channels(renderer), SETTINGS)
    seconds = time.perf_counter() - start
    size = sum(map(len, files.values())) / 1_000_000
    return f"{len(files)} file di feed, {size:.0f} MB, {len(renderer.news)} notizie: {_number(seconds, 2)} s"


@click.command(cls=Command)
@click.argument("N", metavar="[N]", type=_whole(20, MOST), default=1000)
@click.option("--runs", type=_whole(1, 99), metavar="GIRI", default=3, help="Quante volte; di norma 3.")
@click.option("--in", "where", metavar="CARTELLA", help="Dove fare i due progetti di prova, che poi restano lì.")
@click.option("--feeds", is_flag=True, help="Misura solo quanto ci vuole a scrivere tutti i feed.")
def bench(n: int, runs: int, where: str | None, feeds: bool) -> None:
    """Confronta i tempi con quelli di MkDocs, su N voci inventate (di norma 1000).

    L'altra parte è MkDocs con Material, la sua ricerca e mkdocs-rss-plugin, sugli stessi testi. Per non confondere la
    misura, chiudi gli altri programmi: quello che conta è comunque il rapporto tra due costruzioni vicine.
    """
    with tempfile.TemporaryDirectory(prefix="ecoteca-") as temporary:
        folder = Path(where or temporary).resolve()
        if where and folder.exists():
            raise click.BadParameter(f"«{where}» c'è già: indica una cartella nuova", param_hint="--in")
        click.echo(f"Invento {n} voci…", err=True)
        entries = made_up(n)
        if feeds:
            for run in range(1, runs + 1):
                click.echo(f"Giro {run} di {runs}: {time_feeds(folder / str(run), entries)}")
            return
        sides = (
            ours(folder / "ecoteca", entries),
            stock(folder / "mkdocs", os.environ[STOCK_PYTHON], entries),
        )
        costs = measure(sides, entries[n // 2], runs)
        check = (sys.executable, "-m", "ecoteca", "check", "--today", DAY.isoformat())
        costs["scripts/check"] = [(cost_of(check, sides[0].folder, sides[0].environment),) for _ in range(runs)]
    characters = sum(len(entry.body) for entry in entries) // n
    click.echo(f"\n{n} voci di {characters} caratteri in media; giri: {runs}; processori: {os.cpu_count()}\n")
    click.echo(table([side.name for side in sides], costs))
    click.echo(
        "\nMediane; in fondo alle righe del rapporto, ogni coppia. Rapporto: Ecoteca diviso MkDocs, sotto 1 è più svelta."
    )
    click.echo("Memoria: quella del processo più grande.")


if __name__ == "__main__":
    try:
        bench.main(prog_name="scripts bench", standalone_mode=False)
    except click.UsageError as error:
        sys.exit(f"Errore: {usage_sentence(error)} Aiuto: --help")
    except click.Abort:
        sys.exit("Interrotto.")
