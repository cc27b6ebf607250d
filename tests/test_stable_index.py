"""The filters of the index are put in order without losing anything, and an unknown format is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ecoteca.outputs.stable_index import SIGNATURE, FormatError, Item, decode, encode, stabilise


def put(path: Path, item: Item) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(SIGNATURE + encode(item)))


def bundle(folder: Path, filters: list[tuple[str, list[Item]]]) -> Path:
    """An index as Pagefind writes it, with its filters in the order given."""
    references: list[Item] = []
    for place, (name, values) in enumerate(filters):
        put(folder / "filter" / f"it_{place}.pf_filter", [name, values])
        references.append([name, f"it_{place}"])
    put(folder / "pagefind.it_old.pf_meta", ["1.5.2", [["it_a", 7]], [["a", "z", "it_b"]], references, [], ["title"]])
    entry = {"version": "1.5.2", "languages": {"it": {"hash": "it_old", "wasm": "it", "page_count": 1}}}
    (folder / "pagefind-entry.json").write_text(json.dumps(entry))
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("item", [0, 23, 24, 255, 256, 65_536, 2**32, "", "però", "x" * 300, [], [[1], ["a", [2]]]])
def test_an_item_is_read_as_it_was_written(tmp_path: Path, item: Item) -> None:
    put(tmp_path / "x", item)
    assert decode(tmp_path / "x") == item


def test_any_order_of_filters_ends_in_the_same_files(tmp_path: Path) -> None:
    kinds: list[Item] = [["Bando", [1]], ["Adempimento", [0, 2]]]
    themes: list[Item] = [["Rifiuti", [0]]]
    one = bundle(tmp_path / "uno", [("Tipo", kinds), ("Tema", themes)])
    other = bundle(tmp_path / "due", [("Tema", themes), ("Tipo", kinds[::-1])])
    stabilise(one)
    stabilise(other)
    assert bytes_of(one) == bytes_of(other)


def test_nothing_is_lost(tmp_path: Path) -> None:
    folder = bundle(tmp_path, [("Tipo", [["Bando", [1]], ["Adempimento", [0, 2]]])])
    stabilise(folder)
    name = json.loads((folder / "pagefind-entry.json").read_text())["languages"]["it"]["hash"]
    contents = decode(folder / f"pagefind.{name}.pf_meta")
    assert isinstance(contents, list)
    [file] = (folder / "filter").iterdir()
    assert contents == ["1.5.2", [["it_a", 7]], [["a", "z", "it_b"]], [["Tipo", file.stem]], [], ["title"]]
    assert decode(file) == ["Tipo", [["Adempimento", [0, 2]], ["Bando", [1]]]]


@pytest.mark.parametrize("data", [b"pagefind", SIGNATURE + b"\xa0", SIGNATURE + b"\x9f", SIGNATURE + b"\x01\x01"])
def test_an_unknown_format_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(gzip.compress(data))
    with pytest.raises(FormatError):
        decode(tmp_path / "x")
