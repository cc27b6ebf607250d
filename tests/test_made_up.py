"""The made-up entries that speed is measured with are entries like any other, and always the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecoteca import prose
from made_up import DAY, MIX, MOST, MadeUp, made_up
from support import ROOT, Project

ENOUGH = 3 * len(MIX)


@pytest.fixture(scope="module")
def entries() -> list[MadeUp]:
    return made_up(ENOUGH)


def test_they_pass_every_check_with_the_real_vocabularies(tmp_path: Path, entries: list[MadeUp]) -> None:
    project = Project(tmp_path)
    for vocabulary in (ROOT / "content" / "vocabolari").iterdir():
        project.write(f"content/vocabolari/{vocabulary.name}", vocabulary.read_bytes())
    for entry in entries:
        project.write(f"content/{entry.path}", entry.source)
    assert project.problems() == []
    assert len(project.catalogue(DAY).records) == ENOUGH


def test_they_are_the_same_each_time_however_many_follow(entries: list[MadeUp]) -> None:
    assert [entry.source for entry in made_up(2 * ENOUGH)][:ENOUGH] == [entry.source for entry in entries]


def test_another_seed_gives_other_texts(entries: list[MadeUp]) -> None:
    assert all(one.body != other.body for one, other in zip(entries, made_up(ENOUGH, seed=2), strict=True))


def test_they_are_as_long_and_as_rich_as_real_ones(entries: list[MadeUp]) -> None:
    assert all(3000 < len(entry.body) < 4500 for entry in entries)
    bodies = [prose.parse(entry.body) for entry in entries[1:]]
    assert all(body.headings and body.links and not body.flaws for body in bodies)
    assert all(part in entry.body for entry in entries for part in ("\n- **", "\n1. ", "\n| ", "\n> [!", "[^1]"))


def test_the_page_of_any_mkdocs_site_has_the_same_text(entries: list[MadeUp]) -> None:
    assert all(entry.plain_page.endswith(entry.body) for entry in entries)


def test_even_the_last_act_is_not_of_the_future() -> None:
    last = made_up(MOST)[-len(MIX) :]
    assert max(entry.fields["adopted"] for entry in last if "adopted" in entry.fields) < DAY
