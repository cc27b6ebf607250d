"""Companies as data: what each answers in «Cosa si applica a me?», the duties and the deadlines that must come out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from ecoteca.applicability import narrowed
from ecoteca.entries import Duty
from ecoteca.entries.applicability import Applicability
from ecoteca.entries.deadline import Deadline
from support import ROOT

PROFILES = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Profile:
    """A company. `certain` duties are those whose rule it meets, `never` those whose rule it does not meet; whether it
    meets the rules of the `possible` ones cannot be told from its answers. So it is with deadlines, which are named
    `duty/deadline`. What is not named is left open."""

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


def rules_of(duty: Duty, deadlines: Iterable[Deadline]) -> dict[str, Applicability]:
    """The rules of a duty in the guide and of some of its deadlines, under the names that profiles give them."""
    assert duty.applies is not None
    return {duty.id: duty.applies} | {
        f"{duty.id}/{deadline.id}": narrowed(duty.applies, deadline.only_if) for deadline in deadlines
    }
