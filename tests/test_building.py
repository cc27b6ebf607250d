"""A build publishes what the renderer made, or leaves everything as it was.

A made-up renderer stands in for the real one, which has its own tests.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from ecoteca import building
from ecoteca.building import NotDone
from portals import environment_of, new_project
from support import TODAY

HOOKS = Path(building.__file__).parents[1]

RENDERER = """
import os, sys, time
from pathlib import Path

parent = os.getppid()
task = os.environ["TASK"]
if sys.argv[1] == "serve":
    print("INFO    -  Serving on http://127.0.0.1:8000/", flush=True)
    print("INFO    -  Documentation built in 1.27 seconds", flush=True)
    print("WARNING -  Titolo mancante", flush=True)
    sys.exit(1)
site = Path(sys.argv[sys.argv.index("--site-dir") + 1])
(site / "index.html").write_text(task)
if task == "sbagliata":
    print("INFO    -  Cleaning")
    print("ERROR   -  content/mud.md:3: titolo: manca.")
    sys.exit(1)
if task == "lenta":
    # Like a real one, it goes on for a while when its parent is killed.
    while os.getppid() == parent:
        time.sleep(0.01)
    time.sleep(0.3)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Settings with which the made-up renderer runs."""
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "fake_renderer.py").write_text(RENDERER)
    return os.environ | {
        "ECOTECA_RENDERER": "fake_renderer",
        "ECOTECA_TODAY": "2026-04-30",
        "PYTHONPATH": f"{HOOKS}{os.pathsep}{modules}",
        "TASK": "pronta",
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "www" / "site"


def build(target: Path, environment: dict[str, str], task: str) -> list[str]:
    """What was said while building."""
    said: list[str] = []
    building.build(target.parents[1], target, date(2026, 4, 30), None, environment | {"TASK": task}, said.append)
    return said


def start(target: Path, environment: dict[str, str], task: str) -> subprocess.Popen[str]:
    """The command at work in a process of its own, already rendering."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ecoteca", "build", "--out", str(target)],
        env=environment | {"TASK": task},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    page = target.parent / ".site.staging" / "index.html"
    for _ in range(1000):
        if page.exists():
            return process
        time.sleep(0.01)
    process.kill()
    raise AssertionError(process.communicate())


def page(target: Path) -> str:
    return (target / "index.html").read_text()


def hidden(target: Path) -> list[str]:
    return sorted(item.name for item in target.parent.iterdir() if item.name.startswith("."))


def test_a_build_that_passes_is_published(target: Path, environment: dict[str, str]) -> None:
    said = build(target, environment, "pronta")
    assert page(target) == "pronta"
    assert said[0] == "Costruisco il portale…"
    assert said[1].startswith(f"Pubblicato in {target} (")


def test_published_files_can_be_read_by_a_web_server(target: Path, environment: dict[str, str]) -> None:
    before = os.umask(0o077)
    try:
        build(target, environment, "pronta")
    finally:
        os.umask(before)
    assert (target / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_build_that_fails_says_why_and_leaves_the_portal_alone(target: Path, environment: dict[str, str]) -> None:
    build(target, environment, "pronta")
    with pytest.raises(NotDone) as failure:
        build(target, environment, "sbagliata")
    assert str(failure.value).splitlines() == [
        "content/mud.md:3: titolo: manca.",
        "Costruzione non riuscita: il portale pubblicato resta com'era.",
    ]
    assert page(target) == "pronta"
    assert hidden(target) == [".site.lock"]


def test_a_developer_can_ask_for_the_whole_output(target: Path, environment: dict[str, str]) -> None:
    with pytest.raises(NotDone, match="INFO    -  Cleaning"):
        build(target, environment | {"ECOTECA_DEBUG": "1"}, "sbagliata")


def test_a_folder_that_cannot_be_made_is_an_answer_not_a_traceback(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "www").write_text("")
    with pytest.raises(NotDone, match="Non riesco a pubblicare"):
        build(tmp_path / "www" / "site", environment, "pronta")


def test_a_killed_build_leaves_the_portal_alone_and_the_next_one_clears_up(
    target: Path, environment: dict[str, str]
) -> None:
    build(target, environment, "pronta")
    with start(target, environment, "lenta") as process:
        process.kill()
    assert page(target) == "pronta"
    # The renderer has outlived its parent for a moment: its folder is not taken from under it.
    said = build(target, environment, "dopo")
    assert said[0] == "Un'altra costruzione è in corso: aspetto che finisca…"
    assert page(target) == "dopo"
    assert hidden(target) == [".site.lock"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_stops_the_renderer_and_clears_up(
    target: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    build(target, environment, "pronta")
    with start(target, environment, "lenta") as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert errors == "Interrotto.\n"
    assert page(target) == "pronta"
    assert hidden(target) == [".site.lock"]


@pytest.mark.parametrize("name", ["feed/novita.xml", "feed/temi"])
def test_two_files_for_one_address_stop_the_build(tmp_path: Path, name: str) -> None:
    project = new_project(tmp_path / "project")
    (project / "docs" / name).parent.mkdir(parents=True)
    (project / "docs" / name).write_text("Un altro.")
    with pytest.raises(NotDone, match=f"Due file per lo stesso indirizzo {name}"):
        building.build(project, tmp_path / "site", TODAY, None, environment_of(project), print)
    assert not (tmp_path / "site").exists()


def test_a_mail_that_is_too_heavy_stops_the_build(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    path = project / "content/newsletter/2026-11.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n" + "Una frase che si ripete troppe volte. " * 2600, encoding="utf-8")
    with pytest.raises(NotDone, match="la mail supera 100 kB"):
        building.build(project, tmp_path / "site", TODAY, None, environment_of(project), print)


def test_the_preview_tells_its_steps_and_problems_in_italian(tmp_path: Path, environment: dict[str, str]) -> None:
    said: list[str] = []
    with pytest.raises(NotDone, match="L'anteprima si è fermata"):
        building.preview(tmp_path, free_port(), date(2026, 4, 30), environment, said.append)
    assert said == [
        "Preparo l'anteprima…",
        "Anteprima pronta: http://127.0.0.1:8000/ (Ctrl+C per finire)",
        "Pagine pronte in 1,2 s",
        "Titolo mancante",
    ]


def test_the_preview_does_not_fight_for_a_port(tmp_path: Path, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(NotDone, match="--port"):
        building.preview(tmp_path, taken.getsockname()[1], date(2026, 4, 30), environment, print)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
