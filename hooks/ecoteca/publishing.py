"""The published portal changes whole or not at all.

A build writes to a staging folder beside the published one, under a lock, and when it has passed the two change places
in one step. Whoever reads the published folder finds the old portal or the new one, never a mixture, never nothing.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MARKER = ".ecoteca"
"""The file that tells a published portal from any other folder, so that only portals are ever replaced."""

MARKER_TEXT = "Portale pubblicato da Ecoteca: ogni costruzione sostituisce tutta questa cartella.\n"

SOURCES = frozenset({"content", "docs", "hooks", "overrides", "requirements", "scripts", "tests"})
"""The project's own rooms, into which nothing is published. Its folders that begin with a dot are refused as well."""

_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h>
_HERE = -100  # AT_FDCWD of <fcntl.h>: relative paths start from the current folder
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder a build writes to, and the open lock, which the renderer inherits.

    Should the build be killed and the renderer outlive it, the lock is held until the renderer ends too, so that the
    next build never works in the same folder at the same time.
    """

    path: Path
    lock: int


def refusal(target: Path, project: Path, home: Path) -> str | None:
    """Why publishing to `target` would do harm, as an Italian sentence; None when it may be done.

    All paths are resolved. Harm is losing files that no build has written, or writing where the next build reads.
    """
    if project.is_relative_to(target):
        return "la cartella contiene il progetto: scegline una dentro o fuori, per esempio site"
    if home.is_relative_to(target):
        return "la cartella contiene la tua cartella personale: scegline un'altra"
    if target.is_relative_to(project):
        room = target.relative_to(project).parts[0]
        if room in SOURCES or room.startswith("."):
            return f"la cartella è dentro «{room}», che è del progetto: scegline un'altra, per esempio site"
    if not target.exists():
        return None
    if not target.is_dir():
        return "è un file, non una cartella"
    if target.is_mount():
        return "la cartella è un punto di montaggio e non si può sostituire: scegline una al suo interno"
    if any(target.iterdir()) and not (target / MARKER).is_file():
        return f"la cartella non è vuota e non è un portale pubblicato (manca {MARKER}): svuotala o scegline un'altra"
    return None


@contextmanager
def staging(target: Path, on_wait: Callable[[], None]) -> Iterator[Staging]:
    """An empty folder beside `target`, on the same file system, which only one build at a time has.

    Waits for its turn, after calling `on_wait`, when another build of `target` is running; clears what killed builds
    left; removes the folder at the end if it was not published. The lock file stays, empty, for the next build.
    Raises `OSError` where the folder that holds `target` cannot be made or written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(_sibling(target, "lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        _recover(target)
        staged = _sibling(target, "staging")
        staged.mkdir()
        try:
            yield Staging(staged, lock)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    finally:
        os.close(lock)


def publish(staged: Path, target: Path) -> None:
    """Puts the finished folder `staged` in the place of `target`, on the same file system, and removes the old one.

    The two are exchanged in one step (Linux's `renameat2`). Where the kernel or the file system does not know how, the
    old folder is set aside and the new one moved in, two steps between which there is no portal for an instant: if the
    second fails the first is undone, and if the process is killed there, the next build puts the old folder back.
    Raises `OSError` with the old portal in place.
    """
    (staged / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
    staged.chmod(0o755)
    if not target.exists():
        staged.rename(target)
        return
    try:
        _exchange(staged, target)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _replace_in_two_steps(staged, target)
    # The portal is published by now: what cannot be removed of the old one is left to the next build.
    shutil.rmtree(staged, ignore_errors=True)


def _sibling(target: Path, role: str) -> Path:
    """The hidden neighbour of `target` with a `role`; under the lock one name is enough."""
    return target.with_name(f".{target.name}.{role}")


def _recover(target: Path) -> None:
    """Clears what a killed build left beside `target`, first putting back an old portal that it had set aside."""
    aside = _sibling(target, "old")
    if aside.exists() and not target.exists():
        aside.rename(target)
    for leftover in (aside, _sibling(target, "staging")):
        if leftover.exists():
            shutil.rmtree(leftover)


def _exchange(one: Path, other: Path) -> None:
    """Two existing folders change places atomically; `OSError` with `ENOSYS` where the C library has no such call."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def _replace_in_two_steps(staged: Path, target: Path) -> None:
    """The way round for file systems without an exchange; afterwards the old folder is at `staged`, as after one."""
    aside = _sibling(target, "old")
    target.rename(aside)
    try:
        staged.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    aside.rename(staged)
