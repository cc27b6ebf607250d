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


def mapped(function: Callable[[Item], Result], items: Sequence[Item], least: int = LEAST) -> list[Result]:
    """`function` of every item, in order, with the items shared out among the processors, at least `least` to each.

    The other processes are copies of this one, so whatever `function` needs is there already; results travel back and
    must be plain values. What `function` changes elsewhere is lost. An exception is raised here as it was raised there.
    """
    shares = _shares(len(items), least)
    results: list[Any] = [None] * len(items)
    helpers = [(share, *_start(function, items[share::shares])) for share in range(1, shares)]
    results[::shares] = [function(item) for item in items[::shares]]
    for share, process, connection in helpers:
        answer = connection.recv()
        process.join()
        if isinstance(answer, Exception):
            raise answer
        results[share::shares] = answer
    return results


def _shares(count: int, least: int) -> int:
    """How many processes work on `count` items; one where another thread runs, which a copy would be without."""
    if "fork" not in get_all_start_methods() or threading.active_count() > 1:
        return 1
    return max(1, min(os.cpu_count() or 1, count // least))


def _start(function: Callable[[Any], Any], items: Sequence[Any]) -> tuple[Any, Connection]:
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(function, items, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _work(function: Callable[[Any], Any], items: Sequence[Any], connection: Connection) -> None:
    try:
        connection.send([function(item) for item in items])
    except Exception as error:
        connection.send(error)
