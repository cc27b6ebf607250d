"""Who must do what: the rules of duties over a company's answers, in three values.

The companies are in `profiles/`, as data. What the browser makes of them is in `test_chooser_in_browser.py`.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies import PROFILES, read_profile, rules_of
from ecoteca.applicability import (
    Answers,
    Assessment,
    assess,
    atoms,
    can_apply,
    evaluate,
    narrowed,
    remaining,
    sensible,
)
from ecoteca.corpus import read_corpus
from ecoteca.entries import Duty
from ecoteca.entries.applicability import Applicability, Condition
from ecoteca.vocabularies import UNSURE, GuideQuestion
from support import ROOT, VOCABULARIES, WHATEVER_COMES, Project

CORPUS = read_corpus(ROOT)
REAL_QUESTIONS = CORPUS.vocabularies.questions
RULES = {
    name: rule
    for _, entry in CORPUS.entries
    if isinstance(entry, Duty) and entry.applies is not None
    for name, rule in rules_of(entry, entry.deadlines).items()
}


def question(key: str, *answers: str, multiple: bool = False, only_if: Any = None) -> GuideQuestion:
    """A question as an editor writes it."""
    fields = {
        "id": key,
        "name": f"Che cosa dici di {key}?",
        "explain": "Una spiegazione.",
        "example": "Un esempio.",
        "multiple": multiple,
        "answers": [{"id": answer, "name": f"Risposta {answer}"} for answer in answers],
        "only_if": only_if,
    }
    return GuideQuestion.model_validate(fields)


def condition(**fields: Any) -> Condition:
    """A condition as an editor writes it; `is_` and `not_` stand for the two words that Python keeps for itself."""
    return Condition.model_validate({key.rstrip("_"): value for key, value in fields.items()})


TEXTS = {"reason": "Perché sì.", "find_out": "Chiedi.", "first_step": "Comincia", "basis": "art. 1"}


def rule(when: Condition, *, uncertain: bool = False) -> Applicability:
    return Applicability.model_validate({"when": when, "uncertain": uncertain} | TEXTS)


def one_of(*conditions: Condition) -> Condition:
    return Condition.model_validate({"any": list(conditions)})


def all_of(*conditions: Condition) -> Condition:
    return Condition.model_validate({"all": list(conditions)})


def negated(inner: Condition) -> Condition:
    return Condition.model_validate({"not": inner})


QUESTIONS = {
    "addetti": question("addetti", "0", "1-10", "11-50"),
    "pericolosi": question("pericolosi", "si", "no"),
    "mercato": question("mercato", "scatole", "lampade", "nessuno", multiple=True),
}
HAZARDOUS = condition(question="pericolosi", is_=["si"])
MANY = condition(question="addetti", is_=["11-50"])
BOXES = condition(question="mercato", is_=["scatole"])


def leaf(key: str) -> st.SearchStrategy[Condition]:
    names = [answer.id for answer in QUESTIONS[key].answers]
    return st.sets(st.sampled_from(names), min_size=1).map(
        lambda found: condition(question=key, is_=[name for name in names if name in found])
    )


CONDITIONS = st.recursive(
    st.sampled_from(sorted(QUESTIONS)).flatmap(leaf),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: one_of(*parts))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: all_of(*parts))
        | inner.map(negated)
    ),
    max_leaves=8,
)
FULL = [
    {"addetti": frozenset({size}), "pericolosi": frozenset({hazard}), "mercato": frozenset(goods)}
    for size, hazard, goods in product(
        ("0", "1-10", "11-50"), ("si", "no"), ({"scatole"}, {"lampade"}, {"scatole", "lampade"}, {"nessuno"})
    )
]
COMPANIES = st.sampled_from(FULL)
UNKNOWN = st.sets(st.sampled_from(sorted(QUESTIONS)))


def partly(company: Answers, unknown: set[str]) -> dict[str, frozenset[str] | None]:
    """A company that does not know everything: some answers are missing, some are «non so»."""
    forgotten = [None, frozenset({UNSURE})]
    return {key: forgotten[len(key) % 2] if key in unknown else given for key, given in company.items()}


# Three values


def test_what_nobody_answered_is_neither_yes_nor_no() -> None:
    assert evaluate(HAZARDOUS, {}) is None
    assert evaluate(HAZARDOUS, {"pericolosi": None}) is None
    assert evaluate(HAZARDOUS, {"pericolosi": frozenset({UNSURE})}) is None
    assert evaluate(HAZARDOUS, {"pericolosi": frozenset({"si"})}) is True
    assert evaluate(HAZARDOUS, {"pericolosi": frozenset({"no"})}) is False


def test_one_known_answer_decides_where_it_can() -> None:
    company = {"addetti": frozenset({"11-50"})}
    assert evaluate(one_of(MANY, HAZARDOUS), company) is True
    assert evaluate(all_of(MANY, HAZARDOUS), company) is None
    assert evaluate(all_of(negated(MANY), HAZARDOUS), company) is False


def test_not_being_sure_of_the_rest_keeps_what_was_chosen() -> None:
    company = {"mercato": frozenset({"scatole", UNSURE})}
    assert evaluate(BOXES, company) is True
    assert evaluate(condition(question="mercato", is_=["lampade"]), company) is None


@WHATEVER_COMES
@given(CONDITIONS, COMPANIES, UNKNOWN)
def test_learning_more_never_takes_back_a_yes_or_a_no(
    tried: Condition, company: dict[str, frozenset[str]], unknown: set[str]
) -> None:
    before = evaluate(tried, partly(company, unknown))
    assert before is None or before is evaluate(tried, company)


@WHATEVER_COMES
@given(CONDITIONS, COMPANIES)
def test_who_answers_everything_gets_a_yes_or_a_no(tried: Condition, company: dict[str, frozenset[str]]) -> None:
    assert evaluate(tried, company) is not None


@WHATEVER_COMES
@given(CONDITIONS, CONDITIONS, COMPANIES, UNKNOWN)
def test_and_or_and_not_keep_their_laws(
    one: Condition, other: Condition, company: dict[str, frozenset[str]], unknown: set[str]
) -> None:
    known = partly(company, unknown)
    assert evaluate(negated(negated(one)), known) is evaluate(one, known)
    assert evaluate(negated(one_of(one, other)), known) is evaluate(all_of(negated(one), negated(other)), known)
    assert evaluate(one_of(one, other), known) is evaluate(one_of(other, one), known)


# From a rule to what a reader is told


def test_a_rule_in_doubt_is_never_certain() -> None:
    company = {"pericolosi": frozenset({"si"})}
    assert assess(rule(HAZARDOUS), company) == Assessment("certo", ())
    assert assess(rule(HAZARDOUS, uncertain=True), company) == Assessment("possibile", ())
    assert assess(rule(HAZARDOUS, uncertain=True), {"pericolosi": frozenset({"no"})}) == Assessment("no", ())


@WHATEVER_COMES
@given(CONDITIONS, COMPANIES, UNKNOWN)
def test_a_possible_duty_says_which_answers_it_waits_for(
    tried: Condition, company: dict[str, frozenset[str]], unknown: set[str]
) -> None:
    found = assess(rule(tried), partly(company, unknown))
    assert (found.outcome == "possibile") == bool(found.open_questions)
    assert set(found.open_questions) <= unknown


def test_only_questions_that_can_change_something_are_asked() -> None:
    rules = [rule(one_of(HAZARDOUS, MANY))]
    assert remaining(QUESTIONS, rules, {}) == ("addetti", "pericolosi")
    assert remaining(QUESTIONS, rules, {"addetti": frozenset({"0"})}) == ("pericolosi",)
    assert remaining(QUESTIONS, rules, {"addetti": frozenset({"11-50"})}) == ()
    assert remaining(QUESTIONS, rules, {key: frozenset({UNSURE}) for key in QUESTIONS}) == ()


FARMS = {
    "settore": question("settore", "agricoltura", "commercio"),
    "piccola": question("piccola", "si", "no", only_if={"question": "settore", "is": ["agricoltura"]}),
}
SMALL = condition(question="piccola", is_=["si"])


def test_a_question_that_makes_no_sense_is_not_asked_and_means_none_of_its_answers() -> None:
    shop: Answers = {"settore": frozenset({"commercio"}), "piccola": frozenset({"si"})}
    assert remaining(FARMS, [rule(SMALL)], {"settore": frozenset({"commercio"})}) == ()
    assert evaluate(SMALL, sensible(FARMS, shop)) is False


def test_a_question_waits_for_the_one_that_gives_it_sense() -> None:
    assert remaining(FARMS, [rule(SMALL)], {}) == ("settore",)
    assert remaining(FARMS, [rule(SMALL)], {"settore": frozenset({"agricoltura"})}) == ("piccola",)
    assert remaining(FARMS, [rule(SMALL)], {"settore": frozenset({UNSURE})}) == ()


def test_what_exempts_is_told_from_what_obliges() -> None:
    tried = all_of(HAZARDOUS, negated(one_of(MANY, negated(BOXES))))
    assert list(atoms(tried)) == [
        ("pericolosi", ("si",), True),
        ("addetti", ("11-50",), False),
        ("mercato", ("scatole",), True),
    ]


@WHATEVER_COMES
@given(CONDITIONS)
def test_a_rule_that_nobody_can_meet_is_recognised(tried: Condition) -> None:
    assert can_apply(tried, QUESTIONS) == any(evaluate(tried, company) for company in FULL)


# From a duty's rule to its deadlines


@WHATEVER_COMES
@given(CONDITIONS, CONDITIONS, COMPANIES, UNKNOWN)
def test_a_deadline_concerns_those_whom_its_duty_concerns_and_its_condition_meets(
    when: Condition, only_if: Condition, company: dict[str, frozenset[str]], unknown: set[str]
) -> None:
    known = partly(company, unknown)
    duty, deadline = assess(rule(when), known), assess(narrowed(rule(when), only_if), known)
    own = evaluate(only_if, known)
    assert deadline.outcome == (
        "no" if own is False else "possibile" if own is None and duty.outcome != "no" else duty.outcome
    )
    assert narrowed(rule(when), None) == rule(when)


def test_a_deadline_of_a_duty_in_doubt_is_in_doubt_too() -> None:
    company = {"pericolosi": frozenset({"si"}), "addetti": frozenset({"11-50"})}
    assert assess(narrowed(rule(HAZARDOUS, uncertain=True), MANY), company) == Assessment("possibile", ())


def test_a_question_is_asked_for_a_deadline_only_where_the_duty_may_apply() -> None:
    rules = [rule(HAZARDOUS), narrowed(rule(HAZARDOUS), BOXES)]
    assert remaining(QUESTIONS, rules, {"pericolosi": frozenset({"si"})}) == ("mercato",)
    assert remaining(QUESTIONS, rules, {"pericolosi": frozenset({UNSURE})}) == ("mercato",)
    assert remaining(QUESTIONS, rules, {"pericolosi": frozenset({"no"})}) == ()


# What editors are told


def problems(project: Project, **asked: str) -> list[str]:
    """What an editor is told of a duty for those who sell lamps and give one more answer."""
    [(key, answer)] = asked.items()
    when = {"all": [{"question": "mercato", "is": ["lampade"]}, {"question": key, "is": [answer]}]}
    project.add("adempimenti", "prova", applies=TEXTS | {"when": when})
    return project.problems()


def test_a_sound_rule_is_accepted(project: Project) -> None:
    assert problems(project, addetti="0") == []


def test_a_rule_cannot_wait_for_an_answer_that_does_not_exist(project: Project) -> None:
    [told] = problems(project, addetti="oltre-dieci")
    assert "applies.when.all[2].is[1]: la domanda non offre questa risposta (trovato «oltre-dieci»)" in told
    assert "Forse volevi «oltre-10»." in told


def test_a_rule_cannot_ask_a_question_that_does_not_exist(project: Project) -> None:
    [told] = problems(project, adetti="0")
    assert "applies.when.all[2].question: non è nel vocabolario «domande-guida» (trovato «adetti»)" in told


def test_a_rule_cannot_contradict_itself(project: Project) -> None:
    when = {"all": [{"question": "addetti", "is": [answer]} for answer in ("0", "1-10")]}
    project.add("adempimenti", "prova", applies=TEXTS | {"when": when})
    [told] = project.problems()
    assert "applies.when: nessuna impresa può soddisfare questa condizione" in told


LAMPS = {"question": "mercato", "is": ["lampade"]}
LED = {"question": "lampade-led", "is": ["si"]}


def told_of_deadline(project: Project, only_if: Any, concerns: str | None = "alcuni", when: Any = LAMPS) -> list[str]:
    """What an editor is told of a deadline with a condition, and of the duty whose rule is `when`."""
    deadline = {"rule": "ogni mese", "what": "Pagare", "day": 1, "only_if": only_if}
    if concerns:
        deadline["concerns"] = concerns
    project.add("adempimenti", "prova", deadlines=[deadline], applies=TEXTS | {"when": when} if when else None)
    return project.problems()


def test_a_sound_condition_of_a_deadline_is_accepted(project: Project) -> None:
    assert told_of_deadline(project, LED) == []


def test_whom_a_deadline_concerns_is_said_in_words_too(project: Project) -> None:
    [told] = told_of_deadline(project, LED, concerns=None)
    what = "una scadenza con una condizione deve dire anche a parole chi riguarda. Aggiungi concerns."
    assert told.endswith(f": deadlines[1].only_if: {what}")


def test_a_condition_of_a_deadline_that_nothing_reads_is_refused(project: Project) -> None:
    [told] = told_of_deadline(project, LED, when=None)
    what = "senza applies la guida non legge questa condizione. Aggiungi applies, oppure togli only_if."
    assert told.endswith(f": deadlines[1].only_if: {what}")


def test_a_condition_of_a_deadline_asks_what_can_be_asked_and_answered(project: Project) -> None:
    [told] = told_of_deadline(project, {"question": "lampade-led", "is": ["sii"]})
    assert told.endswith("only_if.is[1]: la domanda non offre questa risposta (trovato «sii»). Forse volevi «si».")
    [told] = told_of_deadline(project, {"question": "lampada-led", "is": ["si"]})
    assert "only_if.question: non è nel vocabolario «domande-guida» (trovato «lampada-led»)" in told


@pytest.mark.parametrize(
    ("only_if", "when"),
    [
        ({"all": [{"question": "addetti", "is": [size]} for size in ("0", "1-10")]}, LAMPS),
        ({"question": "addetti", "is": ["0"]}, {"question": "addetti", "is": ["1-10"]}),
        ({"not": {"question": "mercato", "is": ["lampade"]}}, LAMPS),
    ],
)
def test_a_condition_of_a_deadline_contradicts_neither_itself_nor_its_duty(
    project: Project, only_if: Any, when: Any
) -> None:
    [told] = told_of_deadline(project, only_if, when=when)
    what = "nessuna impresa che ha questo adempimento può soddisfare questa condizione. Confrontala con applies.when."
    assert f": deadlines[1].only_if: {what}" in told


def test_a_rule_that_nobody_can_meet_is_told_once(project: Project) -> None:
    when = {"all": [{"question": "addetti", "is": [size]} for size in ("0", "1-10")]}
    [told] = told_of_deadline(project, LED, when=when)
    assert "applies.when: nessuna impresa può soddisfare questa condizione" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("id: nessuno", "id: altro", "items[2].answers: chi non ha nulla dell'elenco deve poterlo dire."),
        ("id: lampade,", "id: scatole,", "items[2].answers[2].id: risposta scritta due volte (trovato «scatole»)."),
        ("id: lampade,", "id: non-so,", "items[2].answers[2].id: «non so» c'è sempre da sé (trovato «non-so»)."),
        (
            "question: mercato, is: [lampade]",
            "question: lampade-led, is: [si]",
            "only_if: una domanda può dipendere solo da domande che vengono prima (trovato «lampade-led»).",
        ),
        ("is: [lampade]", "is: [lampada]", "only_if: la domanda non offre questa risposta (trovato «lampada»)."),
    ],
)
def test_questions_are_checked_too(project: Project, before: str, after: str, told: str) -> None:
    text = VOCABULARIES["domande-guida"]
    assert before in text
    project.write("content/vocabolari/domande-guida.yaml", text.replace(before, after))
    assert any(told in problem for problem in project.problems())


# The questions as they are


def test_every_sector_can_be_chosen() -> None:
    assert [answer.id for answer in REAL_QUESTIONS["settore"].answers] == list(CORPUS.vocabularies.sectors)


# Companies


def test_there_are_companies_of_many_kinds() -> None:
    assert len(PROFILES) >= 25
    assert len({read_profile(path).name for path in PROFILES}) == len(PROFILES)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_company_gives_answers_that_exist(path: Path) -> None:
    for key, chosen in read_profile(path).answers.items():
        assert chosen <= {answer.id for answer in REAL_QUESTIONS[key].answers} | {UNSURE}, key


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_company_names_duties_and_deadlines_that_exist(path: Path) -> None:
    profile = read_profile(path)
    assert {*profile.certain, *profile.possible, *profile.never} <= RULES.keys()


def test_many_companies_say_which_deadlines_are_theirs_and_which_are_not() -> None:
    told = [(profile.certain, profile.never) for profile in map(read_profile, PROFILES)]
    assert (
        sum(any("/" in name for name in certain) and any("/" in name for name in never) for certain, never in told)
        >= 12
    )


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_company_sees_what_concerns_it_and_not_what_does_not(path: Path) -> None:
    profile = read_profile(path)
    known = sensible(REAL_QUESTIONS, profile.answers)
    expected = {
        # A rule that is itself in doubt makes no duty certain, whatever the company answers.
        **{key: "possibile" if RULES[key].uncertain else "certo" for key in profile.certain},
        **dict.fromkeys(profile.possible, "possibile"),
        **dict.fromkeys(profile.never, "no"),
    }
    assert {key: assess(RULES[key], known).outcome for key in expected} == expected
