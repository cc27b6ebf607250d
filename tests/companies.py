"""Companies as data: what each answers in «Cosa si applica a me?» and the duties that must come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from support import ROOT

PROFILES = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Profile:
    """A company. `certain` duties are those whose rule it meets, `never` those whose rule it does not meet; whether it
    meets the rules of the `possible` ones cannot be told from its answers. Duties not named are left open."""

    name: str
    answers: dict[str, frozenset[str]]
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    never: tuple[str, ...]


def read_profile(path: Path) -> Profile:
    """A company as it is written under `profiles/`."""
    data = yaml.safe_load(path.read_text("utf-8"))
    answers = {key: frozenset(chosen) for key, chosen in data.pop("answers").items()}
    return Profile(data.pop("name"), answers, **{key: tuple(found) for key, found in data.items()})
