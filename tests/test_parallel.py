"""Work shared out among processes gives what one process would give."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from ecoteca import parallel
from support import Project

MANY = range(3 * parallel.LEAST + 1)


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the machine had three processors, and no thread of another test were running."""
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_results_are_in_order_and_come_from_all_processors() -> None:
    def slowly(number: int) -> tuple[int, int]:
        time.sleep(0.001)
        return number, os.getpid()

    found = parallel.mapped(slowly, MANY)
    assert [number for number, _ in found] == list(MANY)
    assert len({process for _, process in found}) == 3


def test_who_is_done_takes_more() -> None:
    def slow_at_first(number: int) -> int:
        time.sleep(0.3 if number == 0 else 0)
        return os.getpid()

    found = parallel.mapped(slow_at_first, MANY)
    assert found.count(found[0]) < len(MANY) / 3


@pytest.mark.parametrize("count", [1, 2, 3, 5, 47, 48, 49, 1000])
def test_every_item_has_its_turn_however_many_there_are(count: int) -> None:
    assert parallel.mapped(str, range(count), least=1) == [str(number) for number in range(count)]


def test_few_items_stay_in_this_process() -> None:
    assert set(parallel.mapped(lambda _: os.getpid(), range(2 * parallel.LEAST - 1))) == {os.getpid()}


def test_with_another_thread_everything_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert set(parallel.mapped(lambda _: os.getpid(), MANY)) == {os.getpid()}


@pytest.mark.parametrize("unlucky", [0, 150, len(MANY) - 1])
def test_an_error_is_raised_here_wherever_it_happened(unlucky: int) -> None:
    def fail_once(number: int) -> int:
        if number == unlucky:
            raise ValueError(f"il numero {unlucky}")
        return number

    with pytest.raises(ValueError, match=f"il numero {unlucky}"):
        parallel.mapped(fail_once, MANY)


def test_the_problems_of_broken_entries_arrive_from_all_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    for number in MANY:
        project.add("glossario", f"voce-{number:03d}", body="# no", themes=["ignoto"], state="chissà")
    shared = project.problems()
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert shared == project.problems()
    assert len(shared) == 3 * len(MANY)
