"""The renderer as a program apart: how it is started, and what of its output an editor needs.

It is MkDocs, or its drop-in fork properdocs; the library knows neither, only this command line and log format.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

MODULE_VARIABLE = "ECOTECA_RENDERER"
"""Names the module that renders, `mkdocs` where unset."""

TODAY_VARIABLE = "ECOTECA_TODAY"
"""Passes the day of the build (ISO date) to the renderer's hook."""

SITE_URL_VARIABLE = "ECOTECA_SITE_URL"
"""Passes the portal's address to mkdocs.yml; where unset, the one written there holds."""

_LEVEL = re.compile(r"^(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+-\s+(?P<message>.*)$")
_EXCEPTION = re.compile(r"^[\w.]+(?:: .*)?$")
_NOISE = re.compile(r"^(?:Aborted with .*|During handling of .*|The above exception .*|\s*)$")


def command(environment: Mapping[str, str], *arguments: str) -> list[str]:
    """The command line that runs the renderer on the project in the current folder."""
    action, *options = arguments
    module = environment.get(MODULE_VARIABLE, "mkdocs")
    return [sys.executable, "-m", module, action, "--config-file", "mkdocs.yml", *options]


def settings(environment: Mapping[str, str], today: date, site_url: str | None) -> dict[str, str]:
    """`environment` with all that could change the bytes of a build fixed: day, time zone, locale, order of sets."""
    fixed = {name: value for name, value in environment.items() if not name.startswith(("LC_", "LANG"))}
    fixed |= {
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(int(datetime.combine(today, time(), UTC).timestamp())),
        TODAY_VARIABLE: today.isoformat(),
        # The output is read line by line as it comes, without colours; Material prints an advertisement otherwise.
        "PYTHONUNBUFFERED": "1",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    if site_url is not None:
        fixed[SITE_URL_VARIABLE] = site_url
    return fixed


@contextmanager
def running(
    arguments: list[str], project: Path, environment: Mapping[str, str], inherited: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[str]]:
    """The renderer at work in `project`, its output in one stream; when the block is left early, it is ended.

    It leads a process group of its own, so that what it has started ends with it. Its files can be read by everybody,
    whatever the caller's umask, because a web server will have to. `inherited` are file descriptors it keeps open.
    """
    process = subprocess.Popen(
        arguments,
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="backslashreplace",
        start_new_session=True,
        umask=0o022,
        pass_fds=inherited,
    )
    with process:
        try:
            yield process
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[str]) -> None:
    """Asks the renderer's process group to stop, as Ctrl+C would, and makes it so after three seconds."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=3)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def readable(lines: Iterable[str]) -> Iterator[str]:
    """What an editor needs of the renderer's output: problems and errors, without log levels, progress and tracebacks.

    A line that is not indented decides for the indented ones below it; a traceback becomes the exception that ends it.
    """
    kept = True
    in_traceback = False
    for line in lines:
        text = line.rstrip()
        if text.startswith("Traceback (most recent call last)"):
            in_traceback = True
        elif in_traceback:
            if _EXCEPTION.match(text):
                in_traceback = False
                yield f"Errore interno: {text}"
        elif match := _LEVEL.match(text):
            kept = match["level"] not in {"DEBUG", "INFO"}
            if kept and not _NOISE.match(match["message"]):
                yield match["message"]
        elif _NOISE.match(text):
            continue
        elif kept or not text[0].isspace():
            kept = True
            yield text
