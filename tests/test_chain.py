"""The chain from a European act to a duty: the same from wherever it is looked at, and it always ends."""

from __future__ import annotations

from datetime import date

import pytest

from ecoteca.chain import MAX_DEPTH, Link, chain_of
from support import TODAY, Project


def act(project: Project, name: str, **changes: object) -> None:
    """An act; what it implements is said in `changes`."""
    project.add("normativa", name, **changes)


def duty(project: Project, name: str, *acts: str) -> None:
    """A duty that rests on an article of each of some acts."""
    basis = [{"act": other, "article": f"art. {number}"} for number, other in enumerate(acts, start=1)]
    project.add("adempimenti", name, legal_basis=basis)


def drawn(project: Project, name: str) -> list[str]:
    """The chain of an entry as lines, each as far in as it hangs, the entry's own with a star."""
    catalogue = project.catalogue()

    def lines(links: tuple[Link, ...], depth: int) -> list[str]:
        return [
            line
            for link in links
            for line in (
                f"{'  ' * depth}{link.record.entry.id}{'*' if link.here else ''} {link.note}".rstrip(),
                *lines(link.below, depth + 1),
            )
        ]

    return lines(chain_of(catalogue.by_id[name], catalogue, TODAY), 0)


@pytest.fixture
def law(project: Project) -> Project:
    """A directive, the decree and the resolution that follow from it, duties, and criteria."""
    act(project, "direttiva", level="europeo", kind="direttiva", number=None)
    act(project, "decreto", implements=["direttiva"])
    act(project, "delibera", implements=["decreto"])
    duty(project, "registro", "decreto")
    duty(project, "catasto", "delibera")
    project.add("cam", "criteri", legal_basis=[{"act": "decreto", "article": "art. 9"}])
    return project


def test_a_duty_shows_the_way_from_the_european_act_to_its_article(law: Project) -> None:
    assert drawn(law, "catasto") == ["direttiva", "  decreto", "    delibera", "      catasto* art. 1"]
    assert drawn(law, "criteri") == ["direttiva", "  decreto", "    criteri* art. 9"]


def test_an_act_shows_what_is_above_and_all_that_comes_of_it_acts_first(law: Project) -> None:
    assert drawn(law, "decreto") == [
        "direttiva",
        "  decreto*",
        "    delibera",
        "      catasto art. 1",
        "    registro art. 1",
        "    criteri art. 9",
    ]


def test_from_its_top_the_whole_chain_is_seen(law: Project) -> None:
    whole = [line.replace("*", "") for line in drawn(law, "decreto")]
    assert [line.replace("*", "") for line in drawn(law, "direttiva")] == whole


def test_what_lies_beside_the_way_is_not_drawn(law: Project) -> None:
    act(law, "altro-decreto", implements=["direttiva"])
    assert "  altro-decreto" in drawn(law, "direttiva")
    assert drawn(law, "delibera") == ["direttiva", "  decreto", "    delibera*", "      catasto art. 1"]


def test_what_hangs_on_nothing_has_no_chain(project: Project) -> None:
    act(project, "legge")
    project.add("adempimenti", "mud")
    assert drawn(project, "legge") == drawn(project, "mud") == []


def test_a_duty_under_a_single_act_says_no_more_than_its_legal_basis(project: Project) -> None:
    act(project, "legge")
    duty(project, "mud", "legge")
    assert drawn(project, "mud") == []
    assert drawn(project, "legge") == ["legge*", "  mud art. 1"]


def test_a_duty_does_not_come_down_from_an_act_that_is_no_longer_law(law: Project) -> None:
    act(law, "vecchia-direttiva", level="europeo", kind="direttiva", number=None, repealed_on=date(2020, 1, 1))
    act(law, "decreto", implements=["vecchia-direttiva", "direttiva"])
    assert drawn(law, "registro") == ["direttiva", "  decreto", "    registro* art. 1"]
    assert drawn(law, "decreto")[:2] == ["vecchia-direttiva", "  decreto*"], "an act keeps its history"


def test_ways_from_the_same_act_are_drawn_as_one(law: Project) -> None:
    act(law, "fratello", implements=["direttiva"])
    duty(law, "deposito", "decreto", "fratello")
    assert drawn(law, "deposito") == [
        "direttiva",
        "  decreto",
        "    deposito* art. 1",
        "  fratello",
        "    deposito* art. 2",
    ]


def test_two_european_acts_head_a_chain_each(law: Project) -> None:
    act(law, "regolamento", level="europeo", kind="regolamento", number=None)
    act(law, "decreto", implements=["direttiva", "regolamento"])
    assert drawn(law, "registro") == [
        *("direttiva", "  decreto", "    registro* art. 1"),
        *("regolamento", "  decreto", "    registro* art. 1"),
    ]


def test_acts_that_implement_each_other_do_not_turn_for_ever(project: Project) -> None:
    act(project, "uno", implements=["due"])
    act(project, "due", implements=["uno"])
    assert drawn(project, "uno") == ["due", "  uno*", "    due"]


def test_a_very_long_chain_is_cut(project: Project) -> None:
    act(project, "atto-0")
    for number in range(1, 2 * MAX_DEPTH):
        act(project, f"atto-{number}", implements=[f"atto-{number - 1}"])
    assert len(drawn(project, "atto-0")) == MAX_DEPTH
    assert len(drawn(project, f"atto-{2 * MAX_DEPTH - 1}")) == MAX_DEPTH
