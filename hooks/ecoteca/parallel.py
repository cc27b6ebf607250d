"""Work that falls into many equal pieces, done by all processors."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LEAST = 100
"""Fewest items that are worth a process: some tenths of a second of work, against some hundredths for the process."""

_TURNS = 16
"""How many times each process takes items, if all are as fast. All turns together must fit into a pipe (64 kB)."""

_WIDTH = 4
"""Bytes of a turn."""


def mapped(function: Callable[[Item], Result], items: Sequence[Item], least: int = LEAST) -> list[Result]:
    """`function` of every item, in order, done by as many processors as there are, where each has at least `least`.

    Each takes some items, and more when it is done with them, so that none waits for one that is slow or has much else
    to do. The other processes are copies of this one, so whatever `function` needs is there already; results travel back
    and must be plain values. What `function` changes elsewhere is lost. An exception is raised here as it was there.
    """
    processes = _processes(len(items), least)
    if processes == 1:
        return [function(item) for item in items]
    size = max(1, len(items) // (processes * _TURNS))
    turns, end = os.pipe()  # what is read from it once is gone, whoever reads it
    try:
        os.write(end, b"".join(start.to_bytes(_WIDTH, "big") for start in range(0, len(items), size)))
        os.close(end)
        helpers = [_start(function, items, size, turns) for _ in range(1, processes)]
        done = _taken(function, items, size, turns)
        for process, connection in helpers:
            answer = connection.recv()
            process.join()
            if isinstance(answer, Exception):
                raise answer
            done |= answer
    finally:
        os.close(turns)
    return [result for start in sorted(done) for result in done[start]]


def _processes(count: int, least: int) -> int:
    """How many processes work on `count` items; one where another thread runs, which a copy would be without."""
    if "fork" not in get_all_start_methods() or threading.active_count() > 1:
        return 1
    return max(1, min(os.cpu_count() or 1, count // least))


def _taken(function: Callable[[Any], Any], items: Sequence[Any], size: int, turns: int) -> dict[int, list[Any]]:
    """The results of the items that this process has taken, by the place of the first of each turn."""
    done = {}
    while turn := os.read(turns, _WIDTH):
        start = int.from_bytes(turn, "big")
        done[start] = [function(item) for item in items[start : start + size]]
    return done


def _start(function: Callable[[Any], Any], items: Sequence[Any], size: int, turns: int) -> tuple[Any, Connection]:
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(function, items, size, turns, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _work(function: Callable[[Any], Any], items: Sequence[Any], size: int, turns: int, connection: Connection) -> None:
    try:
        connection.send(_taken(function, items, size, turns))
    except Exception as error:
        connection.send(error)
