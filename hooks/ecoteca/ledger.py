"""What was ever published and must answer for ever: the ids of entries with their first day, and every address.

A published portal carries its ledger in `registro.txt`; `ledger.txt` in the project keeps it when the portal is built
from nothing. A build may add to them and take nothing away: who had a feed, a calendar or a link would lose it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PUBLISHED = "registro.txt"
"""Address of the ledger below the portal's root."""

KEPT = "ledger.txt"
"""The ledger in the project."""

ID, OUT, ADDRESS, WAITING = "id", "uscita", "indirizzo", "in-attesa"
"""How the lines begin: an id; an id and the day on which it came out; an address. What waits for its day is not lost while
it waits; such lines are for the build alone."""

SHAPELESS = ("assets/", "pagefind/", PUBLISHED, ".ecoteca")
"""What no reader holds the address of: it changes as it likes."""

_LINE = re.compile(rf"{ID} (?P<id>\S+)|{OUT} (?P<out>\S+) (?P<day>\d{{4}}-\d\d-\d\d)|{ADDRESS} (?P<address>.*)")

PUT_BACK = (
    "Una scheda pubblicata non si cancella e il suo id non cambia: rimettila, e se non vale più usa state: ritirata."
)
"""How an id that is missing is mended."""

_ADVICE: Mapping[str, str] = {
    "feed/": "Chi segue questo feed lo perderebbe: rimetti la parola nel vocabolario, o il tipo di scheda.",
    "calendario/": "Chi è abbonato a questo calendario lo perderebbe: rimetti la parola, o ritira le scadenze con withdrawn.",
    "temi/": "Rimetti il tema in content/vocabolari/temi.yaml: non c'è una scheda che possa prenderne il posto.",
    "settori/": "Rimetti il settore in content/vocabolari/settori.yaml: non c'è una scheda che possa prenderne il posto.",
    "": "Aggiungi il vecchio indirizzo in aliases della scheda che ne prende il posto, oppure rimetti la pagina.",
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the project's ledger says: ids and addresses with the number of their line, the day (ISO) on which each id came
    out, and lines that say nothing of the kind."""

    ids: Mapping[str, int]
    out: Mapping[str, str]
    addresses: Mapping[str, int]
    strange: Mapping[str, int]


def read_ledger(project: Path) -> Ledger:
    """The ledger of a project; an empty one where it has none yet."""
    ids: dict[str, int] = {}
    out: dict[str, str] = {}
    addresses: dict[str, int] = {}
    strange: dict[str, int] = {}
    for line, number in _lines(project / KEPT).items():
        said = _LINE.fullmatch(line)
        if said is None:
            strange[line] = number
        elif said["id"]:
            ids[said["id"]] = number
        elif said["out"]:
            out[said["out"]] = said["day"]
        else:
            addresses[said["address"]] = number
    return Ledger(ids, out, addresses, strange)


def settle(project: Path, staged: Path, target: Path) -> list[str]:
    """Writes the ledger of the portal at `staged`, which is to replace that at `target`, or says what would be lost.

    Each sentence of the result is Italian and names one thing lost with the way to mend it; nothing is written then.
    """
    said = _lines(staged / PUBLISHED)
    current = {*said, *(f"{ADDRESS} {address}" for address in _addresses(staged))}
    known = {*_lines(project / KEPT), *_lines(target / PUBLISHED)}
    waiting = {line.removeprefix(f"{WAITING} ") for line in said if line.startswith(WAITING)}
    places = tuple(line for line in waiting if line.startswith(ADDRESS))
    lost = sorted(line for line in known - current - waiting if not line.startswith((*places, f"{OUT} ")))
    if not lost:
        _write(staged / PUBLISHED, _joined(known, {line for line in current if not line.startswith(WAITING)}))
    return [_told(line) for line in lost]


def keep(project: Path, target: Path) -> int:
    """Adds what the portal at `target` has published to the ledger in the project; how many lines are new."""
    before, published = {*_lines(project / KEPT)}, {*_lines(target / PUBLISHED)}
    after = _joined(before, published)
    _write(project / KEPT, after)
    return len(after - before)


def _joined(before: set[str], new: set[str]) -> set[str]:
    """A ledger with new lines; what has come out once does not come out again."""
    out = tuple(f"{line.rpartition(' ')[0]} " for line in before if line.startswith(f"{OUT} "))
    return before | {line for line in new if not line.startswith(out)}


def advice_on(address: str) -> str:
    """How an address that would not answer any more is mended."""
    return next(text for start, text in _ADVICE.items() if address.startswith(start))


def _addresses(site: Path) -> Iterable[str]:
    """The address of every file below the root; of a page that of its folder."""
    for folder, _, files in os.walk(site):
        for name in (Path(folder, file).relative_to(site).as_posix() for file in files):
            if not name.startswith(SHAPELESS):
                yield name.removesuffix("index.html")


def _told(line: str) -> str:
    kind, _, name = line.partition(" ")
    if kind == ID:
        return f"Sparirebbe l'id «{name}», già pubblicato. {PUT_BACK}"
    return f"Non risponderebbe più l'indirizzo «{name}», già pubblicato. {advice_on(name)}"


def _lines(file: Path) -> dict[str, int]:
    """The lines of a ledger, each with its number; none where there is no file."""
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {line: number for number, line in enumerate(lines, start=1)}


def _write(file: Path, lines: Collection[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
