"""What is wrong in the content, said so that an editor who is not a programmer can mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Format = Literal["text", "github", "json"]

FOUND_LIMIT = 80
"""Longest excerpt, in characters, of what was found that a message repeats."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in one place.

    `path` is relative to the project and uses `/`; `line` counts from 1 (1 also where the whole file is meant);
    `field` is the dotted key in the front matter, «testo» for the body, empty for the file itself. `message` says
    what must be, `found` what stands there instead (empty where nothing does), `fix` how to mend it.
    """

    path: str
    line: int
    field: str
    message: str
    found: str = ""
    fix: str = ""

    def text(self) -> str:
        """The problem as one line, the way compilers write theirs."""
        return f"{printable(self.path)}:{self.line}: {self.sentence}"

    def github(self) -> str:
        """The problem as a workflow command, which the pull request's page shows beside the line."""
        data = self.sentence.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        path = printable(self.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        return f"::error file={path},line={self.line},title=Contenuto da correggere::{data}"

    @property
    def sentence(self) -> str:
        """Everything but the place."""
        field = f"{excerpt(self.field)}: " if self.field else ""
        found = f" (trovato «{excerpt(self.found)}»)" if self.found else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{field}{self.message}{found}.{fix}"


def excerpt(text: str) -> str:
    """`text` on one line, without invisible characters, cut to `FOUND_LIMIT`."""
    shown = printable(text[: FOUND_LIMIT + 1])
    return shown if len(text) <= FOUND_LIMIT else shown[:FOUND_LIMIT] + "…"


def printable(text: str) -> str:
    """`text` with what a terminal would obey or hide written out; names of files can hold anything too."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def report(problems: Iterable[Problem], form: Format) -> str:
    """All problems, sorted by place, in the format asked for; empty text where there are none (`[]` in JSON)."""
    ordered = sorted(set(problems))
    if form == "json":
        return json.dumps([asdict(problem) for problem in ordered], ensure_ascii=False, indent=2)
    return "\n".join(problem.github() if form == "github" else problem.text() for problem in ordered)
