"""The whole check of the content, as the command and the build run it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ecoteca.checks import check
from ecoteca.corpus import read_corpus
from ecoteca.problems import Problem


def check_content(root: Path, paths: Sequence[Path], today: date) -> list[Problem]:
    """Every problem of the content below `root`, or of the files and folders named.

    All files are always read, because a problem of one may lie in another; `paths` only chooses what is shown.
    """
    problems = check(read_corpus(root), today)
    chosen = [path.resolve() for path in paths]
    return [problem for problem in problems if not chosen or _among(root / problem.path, chosen)]


def _among(file: Path, chosen: Sequence[Path]) -> bool:
    return any(file.resolve().is_relative_to(path) for path in chosen)
