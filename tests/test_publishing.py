"""The published portal changes whole or not at all, and nothing but a portal is ever replaced."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from ecoteca import publishing
from ecoteca.publishing import MARKER, publish, refusal, staging


def put(target: Path, text: str) -> None:
    """Publishes a portal of one page."""
    with staging(target, unexpected_wait) as stage:
        (stage.path / "index.html").write_text(text)
        publish(stage.path, target)


def unexpected_wait() -> None:
    pytest.fail("nobody else holds the lock")


def page(target: Path) -> str:
    return (target / "index.html").read_text()


def hidden(folder: Path) -> list[str]:
    """What publishing has left beside the portal."""
    return sorted(item.name for item in folder.iterdir() if item.name.startswith("."))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "www" / "site"


# Publishing


def test_the_first_portal_appears_with_the_folders_that_lead_to_it(target: Path) -> None:
    put(target, "uno")
    assert page(target) == "uno"
    assert (target / MARKER).is_file()


def test_the_next_portal_takes_the_place_of_the_old_one_whole(target: Path) -> None:
    put(target, "uno")
    (target / "vecchia.html").touch()
    put(target, "due")
    assert page(target) == "due"
    assert not (target / "vecchia.html").exists()
    assert hidden(target.parent) == [".site.lock"]


def test_there_is_no_moment_without_a_whole_portal(target: Path) -> None:
    put(target, "0")
    done = threading.Event()
    missing: list[OSError] = []
    looks = 0

    def read() -> None:
        nonlocal looks
        while not done.is_set():
            try:
                os.stat(target / "index.html")
            except OSError as error:
                missing.append(error)
            looks += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(200):
            put(target, str(number))
    finally:
        done.set()
        reader.join()
    assert not missing
    assert looks > 200


def test_a_web_server_can_read_what_a_careful_user_publishes(target: Path) -> None:
    before = os.umask(0o077)
    try:
        put(target, "uno")
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == 0o755


def test_an_unpublished_build_leaves_the_old_portal_and_nothing_else(target: Path) -> None:
    put(target, "uno")
    with staging(target, unexpected_wait) as stage:
        (stage.path / "index.html").write_text("a metà")
    assert page(target) == "uno"
    assert hidden(target.parent) == [".site.lock"]


def test_what_a_killed_build_left_is_cleared_by_the_next(target: Path) -> None:
    put(target, "uno")
    leftover = target.parent / ".site.staging"
    leftover.mkdir()
    (leftover / "index.html").write_text("a metà")
    with staging(target, unexpected_wait) as stage:
        assert list(stage.path.iterdir()) == []
    assert page(target) == "uno"
    assert hidden(target.parent) == [".site.lock"]


def test_two_builds_of_one_portal_take_turns(target: Path) -> None:
    waited = threading.Event()
    order: list[str] = []

    def second() -> None:
        with staging(target, waited.set):
            order.append("second begins")

    other = threading.Thread(target=second)
    with staging(target, unexpected_wait):
        other.start()
        assert waited.wait(timeout=10)
        order.append("first ends")
    other.join(timeout=10)
    assert order == ["first ends", "second begins"]


# File systems that cannot exchange two folders


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, "no exchange here")

    monkeypatch.setattr(publishing, "_exchange", refuse)


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_the_portal_is_replaced_in_two_steps(target: Path) -> None:
    put(target, "uno")
    put(target, "due")
    assert page(target) == "due"
    assert hidden(target.parent) == [".site.lock"]


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_a_failing_second_step_undoes_the_first(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(target, "uno")
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name == ".site.staging":
            raise OSError(errno.EIO, "disk trouble")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="disk trouble"):
        put(target, "due")
    assert page(target) == "uno"
    assert hidden(target.parent) == [".site.lock"]


def test_a_build_killed_between_the_two_steps_is_undone_by_the_next(target: Path) -> None:
    put(target, "uno")
    target.rename(target.parent / ".site.old")
    with staging(target, unexpected_wait):
        assert page(target) == "uno"
    assert hidden(target.parent) == [".site.lock"]


def test_a_disk_that_fails_is_no_reason_to_try_another_way(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(one: Path, other: Path) -> None:
        raise OSError(errno.EIO, "disk trouble")

    put(target, "uno")
    monkeypatch.setattr(publishing, "_exchange", fail)
    with pytest.raises(OSError, match="disk trouble"):
        put(target, "due")
    assert page(target) == "uno"


# Where a portal may be published


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "home" / "anna" / "ecoteca"
    for room in ("content", "docs", ".git"):
        (project / room).mkdir(parents=True)
    return project


@pytest.mark.parametrize("where", ["site", "public/site", "../site", "../../../srv/portale"])
def test_a_new_folder_may_be_published_to(project: Path, where: str) -> None:
    assert refusal((project / where).resolve(), project, project.parent) is None


def test_an_empty_folder_and_a_portal_may_be_published_to(project: Path) -> None:
    target = project / "site"
    target.mkdir()
    assert refusal(target, project, project.parent) is None
    put(target, "uno")
    assert refusal(target, project, project.parent) is None


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (".", "contiene il progetto"),
        ("..", "contiene il progetto"),
        ("/", "contiene il progetto"),
        ("content", "è dentro «content»"),
        ("content/site", "è dentro «content»"),
        ("docs/site", "è dentro «docs»"),
        (".git/site", "è dentro «.git»"),
    ],
)
def test_the_project_is_never_published_over(project: Path, where: str, reason: str) -> None:
    assert reason in (refusal((project / where).resolve(), project, project.parent) or "")


def test_a_home_folder_is_never_published_over(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home" / "bruno"
    assert "cartella personale" in (refusal(home, project, home) or "")


def test_other_peoples_files_are_never_published_over(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documenti"
    folder.mkdir()
    (folder / "tesi.odt").touch()
    assert "non è un portale pubblicato" in (refusal(folder, project, project.parent) or "")
    assert "è un file" in (refusal(folder / "tesi.odt", project, project.parent) or "")


def test_a_mount_point_cannot_be_replaced(project: Path) -> None:
    assert "punto di montaggio" in (refusal(Path("/proc"), project, project.parent) or "")
