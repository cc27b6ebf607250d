"""Work done by several processors: many equal pieces shared out, or one piece begun while the rest goes on."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import current_process, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LEAST = 100
"""Fewest items that are worth a process: some tenths of a second of work, against some hundredths for the process."""

_TURNS = 16
"""How many times each process takes items, if all are as fast. All turns together must fit into a pipe (64 kB)."""

_NICE = 10
"""By how much a process that yields is nicer, on the scale of `nice`: it gets a tenth of what another one gets."""

_WIDTH = 4
"""Bytes of a turn."""


class Later(Generic[Result]):
    """The result of a function without arguments, which another process works out meanwhile; or this one, when asked.

    The process is a copy of this one, so whatever the function needs is there already; its result travels back and must
    be a plain value, and what it changes elsewhere is lost. It ends with this process, asked for its result or not; where
    this one is killed, when its work is done.
    """

    def __init__(self, function: Callable[[], Result], *, apart: bool, yields: bool = False) -> None:
        """Begins the work, `apart` or else not before somebody asks for the result.

        A process that `yields` lets others go first when there are more than processors.
        """
        self._wait = self._received if apart else function
        self._answer: list[Result] = []
        if apart:
            context = get_context("fork")
            self._here, there = context.Pipe(duplex=False)
            self._process = context.Process(target=_work, args=(function, yields, self._here, there), daemon=True)
            self._process.start()
            there.close()

    def result(self) -> Result:
        """Waits for it. An exception is raised here as it was there; ChildProcessError where the process was killed."""
        if not self._answer:
            self._answer.append(self._wait())
        return self._answer[0]

    def _received(self) -> Result:
        try:
            answer = self._here.recv()
        except EOFError:
            self._process.join()
            message = f"un processo è finito senza risultato ({self._process.exitcode}): forse mancava memoria"
            raise ChildProcessError(message) from None
        self._process.join()
        if isinstance(answer, Exception):
            raise answer
        result: Result = answer
        return result


def begun(function: Callable[[], Result], *, worthwhile: bool) -> Later[Result]:
    """The work of `function`, begun in another process where it is worth one and the machine has a processor for it.

    Whoever goes on meanwhile goes first: the result is not needed yet.
    """
    return Later(function, apart=worthwhile and _processors() > 1, yields=True)


def mapped(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """`function` of every item, in order, done by as many processors as there are, where each has at least `LEAST`.

    Each takes some items, and more when it is done with them, so that none waits for one that is slow or has much else
    to do. For the function and its results holds what `Later` says.
    """
    processes = max(1, min(_processors(), len(items) // LEAST))
    if processes == 1:
        return [function(item) for item in items]
    size = max(1, len(items) // (processes * _TURNS))
    turns, end = os.pipe()  # what is read from it once is gone, whoever reads it
    try:
        os.write(end, b"".join(start.to_bytes(_WIDTH, "big") for start in range(0, len(items), size)))
        os.close(end)
        share = partial(_taken, function, items, size, turns)
        others = [Later(share, apart=True) for _ in range(1, processes)]
        done = share()
        for other in others:
            done |= other.result()
    finally:
        os.close(turns)
    return [result for start in sorted(done) for result in done[start]]


def _processors() -> int:
    """How many processes can work; one where another thread runs, which a copy would be without, and in a copy itself."""
    if "fork" not in get_all_start_methods() or threading.active_count() > 1 or current_process().daemon:
        return 1
    return os.cpu_count() or 1


def _taken(function: Callable[[Any], Any], items: Sequence[Any], size: int, turns: int) -> dict[int, list[Any]]:
    """The results of the items that this process has taken, by the place of the first of each turn."""
    done = {}
    while turn := os.read(turns, _WIDTH):
        start = int.from_bytes(turn, "big")
        done[start] = [function(item) for item in items[start : start + size]]
    return done


def _work(function: Callable[[], Any], yields: bool, here: Connection, there: Connection) -> None:
    if yields:
        os.nice(_NICE)
    here.close()  # if nobody is left to read the result, sending it must fail and not wait for ever
    try:
        there.send(function())
    except BrokenPipeError:
        pass
    except Exception as error:
        error.add_note(traceback.format_exc())  # which does not travel by itself
        there.send(error)
