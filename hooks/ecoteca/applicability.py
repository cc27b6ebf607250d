"""Whether a duty and its deadlines concern a company: rules over answers, in three values.

The logic is Kleene's: what is not known stays unknown until it can no longer change the result. The browser does the
same in docs/assets/js/applicability.js, and both are tested on the same companies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod
from typing import Literal

from ecoteca.entries.applicability import Applicability, Condition
from ecoteca.vocabularies import UNSURE, GuideQuestion

Answers = Mapping[str, frozenset[str] | None]
"""The answers chosen, by question. A question that is missing or None is unknown; `UNSURE` among the answers leaves
open all those that were not chosen."""

Questions = Mapping[str, GuideQuestion]
"""The questions by id, in the order in which they are asked."""

Outcome = Literal["certo", "possibile", "no"]

_TRIALS = 50_000
"""With more kinds of company than this a rule is believed without being tried on all of them."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a duty applies, and which questions could still change that."""

    outcome: Outcome
    open_questions: tuple[str, ...]


def evaluate(condition: Condition, answers: Answers) -> bool | None:
    """Whether a condition holds; None where the answers do not say."""
    if condition.question is not None:
        given = answers.get(condition.question)
        if given is None:
            return None
        return True if given.intersection(condition.is_) else None if UNSURE in given else False
    if condition.not_ is not None:
        inner = evaluate(condition.not_, answers)
        return None if inner is None else not inner
    deciding = bool(condition.any_)  # one true decides an `any`, one false an `all`
    values = {evaluate(part, answers) for part in (*condition.any_, *condition.all_)}
    return deciding if deciding in values else None if None in values else not deciding


def assess(rule: Applicability, answers: Answers) -> Assessment:
    """Whether a duty applies. A rule that is itself in doubt never makes a duty certain."""
    holds = evaluate(rule.when, answers)
    if holds is None:
        return Assessment("possibile", tuple(dict.fromkeys(_undecided(rule.when, answers))))
    return Assessment(("possibile" if rule.uncertain else "certo") if holds else "no", ())


def narrowed(rule: Applicability, only_if: Condition | None) -> Applicability:
    """The rule of a deadline: its duty's, with the condition that the deadline has of its own."""
    if only_if is None:
        return rule
    return rule.model_copy(update={"when": Condition.model_validate({"all": [rule.when, only_if]})})


def _undecided(condition: Condition, answers: Answers) -> Iterator[str]:
    """The questions, as often as they stand there, that keep a condition from being decided."""
    if evaluate(condition, answers) is None:
        if condition.question is not None:
            yield condition.question
        for part in _parts(condition):
            yield from _undecided(part, answers)


def sensible(questions: Questions, answers: Answers) -> dict[str, frozenset[str] | None]:
    """The answers of a company, where a question that makes no sense for it is answered with none of its answers."""
    found: dict[str, frozenset[str] | None] = {}
    for key, question in questions.items():
        asked = question.only_if is None or evaluate(question.only_if, found)
        found[key] = answers.get(key) if asked else frozenset() if asked is False else None
    return found


def remaining(questions: Questions, rules: Iterable[Applicability], answers: Answers) -> tuple[str, ...]:
    """The questions still to ask, in order: unanswered, sensible for this company, and able to decide some rule."""
    known = sensible(questions, answers)
    wanted = {key for rule in rules for key in assess(rule, known).open_questions if answers.get(key) is None}
    for key in reversed(list(questions)):
        condition = questions[key].only_if
        if key in wanted and condition is not None and not evaluate(condition, known):
            wanted.discard(key)
            wanted.update(other for other in _undecided(condition, known) if answers.get(other) is None)
    return tuple(key for key in questions if key in wanted)


def atoms(condition: Condition, *, positive: bool = True) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Every question of a condition with the answers it looks for, and whether they speak for it (or exempt from it)."""
    if condition.question is not None:
        yield condition.question, condition.is_, positive
    for part in _parts(condition):
        yield from atoms(part, positive=positive is not (part is condition.not_))


def can_apply(condition: Condition, questions: Questions) -> bool:
    """Whether some company can meet a condition at all; the condition's questions must exist."""
    looked_for: dict[str, set[str]] = {}
    for key, answers, _ in atoms(condition):
        looked_for.setdefault(key, set()).update(answers)
    choices = [_choices(questions[key], words) for key, words in looked_for.items()]
    if prod(map(len, choices)) > _TRIALS:
        return True
    return any(evaluate(condition, dict(zip(looked_for, company, strict=True))) for company in product(*choices))


def _choices(question: GuideQuestion, words: set[str]) -> list[frozenset[str]]:
    """The answers that differ as far as `words` go: one or none of them, or any group where several can be chosen."""
    most = len(words) if question.multiple else 1
    groups = chain.from_iterable(combinations(sorted(words), size) for size in range(most + 1))
    others = any(answer.id not in words for answer in question.answers)
    return [frozenset(group) for group in groups if group or others or question.only_if is not None]


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return (*condition.all_, *condition.any_, *((condition.not_,) if condition.not_ is not None else ()))
