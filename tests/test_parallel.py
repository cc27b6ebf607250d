"""Work shared out among processes gives what one process would give."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from select import select
from traceback import format_exception

import pytest

from ecoteca import parallel
from support import ROOT, Project

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
def test_every_item_has_its_turn_however_many_there_are(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "LEAST", 1)
    assert parallel.mapped(str, range(count)) == [str(number) for number in range(count)]


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


def test_what_is_begun_goes_on_meanwhile() -> None:
    begun = parallel.begun(lambda: (os.getpid(), os.nice(0)), worthwhile=True)
    assert begun._here.poll(20), "nobody has asked for the result"
    process, nice = begun.result()
    assert process != os.getpid()
    assert nice == min(19, os.nice(0) + parallel._NICE), "who goes on goes first"
    assert begun.result() == (process, nice)


def test_what_is_not_worth_a_process_is_done_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def where_and_when() -> tuple[int, float]:
        return os.getpid(), time.monotonic()

    few = parallel.begun(where_and_when, worthwhile=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = parallel.begun(where_and_when, worthwhile=True)
    asked = time.monotonic()
    for process, done in (few.result(), alone.result()):
        assert process == os.getpid()
        assert done >= asked


@pytest.mark.parametrize("worthwhile", [True, False])
def test_an_error_of_what_was_begun_is_raised_when_asked_for(worthwhile: bool) -> None:
    def fail() -> None:
        raise ValueError("non va")

    begun = parallel.begun(fail, worthwhile=worthwhile)
    with pytest.raises(ValueError, match="non va") as raised:
        begun.result()
    assert "in fail" in "".join(format_exception(raised.value)), "where it happened is not lost"


def test_a_process_that_is_killed_is_told() -> None:
    begun = parallel.begun(lambda: os.kill(os.getpid(), signal.SIGKILL), worthwhile=True)
    with pytest.raises(ChildProcessError, match=r"senza risultato \(-9\)"):
        begun.result()


def test_a_process_has_no_processes_of_its_own() -> None:
    begun = parallel.begun(lambda: (os.getpid(), parallel.mapped(lambda _: os.getpid(), MANY)), worthwhile=True)
    process, found = begun.result()
    assert set(found) == {process}


ORPHAN = """
import os, signal, time
from ecoteca import parallel
os.cpu_count = lambda: 2
def much():
    os.write(1, b"%d" % os.getpid())
    time.sleep(0.5)
    return "x" * 1_000_000
parallel.begun(much, worthwhile=True)
time.sleep(0.2)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_whose_result_nobody_reads_ends_too() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    killed = subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, env=environment)
    with killed:
        assert killed.stdout is not None
        orphan = int(os.read(killed.stdout.fileno(), 100))
        assert killed.wait() == -signal.SIGKILL
        ended, _, _ = select([killed.stdout], [], [], 20)  # the output ends with the last process that has it open
        if not ended:
            os.kill(orphan, signal.SIGKILL)
        assert ended


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
