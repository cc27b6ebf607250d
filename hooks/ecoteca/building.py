"""From the project to a published portal, or to a live preview of it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ecoteca import ledger, publishing, renderer

Say = Callable[[str], None]
"""Shows one line of progress to whoever started the command."""

NOT_PUBLISHED = "Costruzione non riuscita: il portale pubblicato resta com'era."

_PREVIEW_STEPS = (
    (re.compile(r"Serving on (?P<url>\S+)"), "Anteprima pronta: {url} (Ctrl+C per finire)"),
    (re.compile(r"Detected file changes"), "Modifica vista: rifaccio le pagine…"),
    (re.compile(r"Documentation built in (?P<seconds>\d+)\.(?P<tenth>\d)"), "Pagine pronte in {seconds},{tenth} s"),
)


class NotDone(Exception):
    """A command could not do its work; each line of the text is Italian and meant for whoever started it."""


def build(
    project: Path, target: Path, today: date, site_url: str | None, environment: Mapping[str, str], say: Say
) -> None:
    """Builds the portal of `project` as of `today` and publishes it to `target`, a resolved path.

    `site_url` replaces the address in mkdocs.yml; `environment` is the caller's. Raises `NotDone`, with the published
    portal as it was, when the renderer finds something wrong, when something published would be lost, or the
    folder cannot be written.
    """
    started = time.monotonic()
    try:
        with publishing.staging(target, lambda: say("Un'altra costruzione è in corso: aspetto che finisca…")) as stage:
            say("Costruisco il portale…")
            _render(project, stage, renderer.settings(environment, today, site_url))
            lost = ledger.settle(project, stage.path, target)
            if lost:
                raise NotDone("\n".join((*lost, NOT_PUBLISHED)))
            publishing.publish(stage.path, target)
    except OSError as error:
        raise NotDone(f"Non riesco a pubblicare in {target}: {error}. Il portale di prima resta com'era.") from error
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    say(f"Pubblicato in {target} ({seconds} s)")


def _render(project: Path, stage: publishing.Staging, environment: Mapping[str, str]) -> None:
    """Runs the renderer into the staging folder; `NotDone` with what an editor needs of its output when it fails."""
    arguments = renderer.command(environment, "build", "--strict", "--site-dir", str(stage.path))
    with renderer.running(arguments, project, environment, inherited=(stage.lock,)) as process:
        output, _ = process.communicate()
    if process.returncode == 0:
        return
    lines = output.splitlines() if wants_everything(environment) else list(renderer.readable(output.splitlines()))
    lines.append(NOT_PUBLISHED)
    raise NotDone("\n".join(lines))


def preview(project: Path, port: int, today: date, environment: Mapping[str, str], say: Say) -> None:
    """Serves the portal on this machine, making pages again when a file changes, until it is interrupted.

    Raises `NotDone` where the port is taken, or when the renderer ends by itself because the first build failed.
    """
    _require_free(port)
    say("Preparo l'anteprima…")
    fixed = renderer.settings(environment, today, None)
    # Asked for in so many words, because with some versions of click MkDocs' default is not to reload.
    arguments = renderer.command(fixed, "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}")
    with renderer.running(arguments, project, fixed) as process:
        assert process.stdout is not None
        output = process.stdout if wants_everything(environment) else renderer.readable(_narrated(process.stdout))
        for line in output:
            say(line.rstrip())
    raise NotDone("L'anteprima si è fermata: correggi quanto scritto sopra e riavviala.")


def _narrated(lines: Iterable[str]) -> Iterator[str]:
    """The preview's output as it comes, with its steps told in Italian."""
    for line in lines:
        told = (text.format(**found.groupdict()) for step, text in _PREVIEW_STEPS if (found := step.search(line)))
        yield next(told, line)


def _require_free(port: int) -> None:
    """`NotDone` where another program listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise NotDone(f"La porta {port} non è disponibile: scegline un'altra, per esempio --port 8001.") from error


def wants_everything(environment: Mapping[str, str]) -> bool:
    """Whether a developer asked for the whole technical output."""
    return environment.get("ECOTECA_DEBUG") == "1"
