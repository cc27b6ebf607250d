"""The cache saves time and changes nothing: what is kept is found by all that it was made from, or made again."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecoteca import cache, corpus
from ecoteca.cache import Cache, key_of
from ecoteca.corpus import ENTRIES
from ecoteca.reading import Source
from support import Project

KEY = key_of(b"chiave")


@pytest.fixture
def read(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the entries that were read since the last look, in a project with three entries."""
    paths: list[str] = []
    typed = corpus._typed

    def counted(source: Source) -> Any:
        paths.append(source.path)
        return typed(source)

    monkeypatch.setattr(corpus, "_typed", counted)
    for slug in ("alfa", "beta", "gamma"):
        project.add("glossario", slug, f"\nVedi [la prima](alfa.md), voce {slug}.\n")
    return paths


def since(read: list[str]) -> list[str]:
    """The names of what was read since the last look."""
    names = [Path(path).stem for path in read]
    read.clear()
    return names


def test_what_has_not_changed_is_not_read_again_and_is_the_same(project: Project, read: list[str]) -> None:
    first = project.corpus()
    assert since(read) == ["alfa", "beta", "gamma"]
    assert project.corpus() == first
    assert since(read) == []


def test_what_has_changed_is_read_again_and_nothing_else(project: Project, read: list[str]) -> None:
    project.corpus()
    since(read)
    file = project.root / "content/glossario/beta.md"
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"voce", b"Voce"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "Voce beta" in project.corpus().items[1].body.text
    assert since(read) == ["beta"]


def test_the_same_text_under_another_name_is_another_entry(project: Project, read: list[str]) -> None:
    project.corpus()
    since(read)
    (project.root / "content/glossario/beta.md").rename(project.root / "content/glossario/delta.md")
    assert [item.address for item in project.corpus().items][1] == "glossario/delta"
    assert since(read) == ["delta"]


def test_another_program_reads_everything_again(
    project: Project, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.corpus()
    since(read)
    monkeypatch.setattr(cache, "_program", lambda: b"un altro programma")
    project.corpus()
    assert since(read) == ["alfa", "beta", "gamma"]


def test_an_entry_with_problems_is_read_each_time(project: Project, read: list[str]) -> None:
    project.add("glossario", "beta", title=12)
    first = project.problems()
    since(read)
    assert project.problems() == first != []
    assert since(read) == ["beta"]


def test_what_is_gone_is_forgotten(project: Project, read: list[str]) -> None:
    project.corpus()
    size = (project.root / ENTRIES).stat().st_size
    (project.root / "content/glossario/beta.md").unlink()
    project.corpus()
    assert (project.root / ENTRIES).stat().st_size < size


def empty(raw: bytes) -> bytes:
    return b""


def cut_off(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def one_bit_changed(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


def something_else(raw: bytes) -> bytes:
    return signed(pickle.dumps(["non", "un", "dizionario"]))


def other_values(raw: bytes) -> bytes:
    return signed(pickle.dumps(dict.fromkeys(pickle.loads(raw[32:]), b"non un valore")))


def signed(content: bytes) -> bytes:
    """What a cache file with this content looks like."""
    return hashlib.sha256(content).digest() + content


@pytest.mark.parametrize("broken", [empty, cut_off, one_bit_changed, something_else, other_values])
def test_a_broken_file_is_ignored_and_replaced(
    project: Project, read: list[str], broken: Callable[[bytes], bytes]
) -> None:
    first = project.corpus()
    file = project.root / ENTRIES
    sound = file.read_bytes()
    since(read)
    file.write_bytes(broken(sound))
    assert project.corpus() == first
    assert since(read) == ["alfa", "beta", "gamma"]
    assert project.corpus() == first
    assert since(read) == []


def test_where_nothing_can_be_kept_everything_is_made_each_time(project: Project, read: list[str]) -> None:
    (project.root / ".cache").write_text("qui non è una cartella")
    first = project.corpus()
    since(read)
    assert project.corpus() == first
    assert since(read) == ["alfa", "beta", "gamma"]


def test_nothing_but_the_kept_file_stays_behind(project: Project, read: list[str]) -> None:
    project.corpus()
    assert [path.name for path in (project.root / ".cache").iterdir()] == [ENTRIES.name]


class Harmful:
    """A value that, when it is made from its pickle, makes a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


def test_a_file_from_elsewhere_can_run_nothing(tmp_path: Path) -> None:
    harm, file = tmp_path / "danno", tmp_path / "cache"
    for content in (Harmful(harm), {KEY: pickle.dumps(Harmful(harm))}):
        file.write_bytes(signed(pickle.dumps(content)))
        assert Cache(file).get(KEY) is None
    assert not harm.exists()
    pickle.loads(pickle.dumps(Harmful(harm)))
    assert harm.exists(), "the pickle itself does what it should not"


def test_keys_tell_where_one_part_ends() -> None:
    assert key_of(b"ab", b"c") != key_of(b"a", b"bc")
