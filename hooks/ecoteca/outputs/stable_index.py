"""The same pages give the same index.

Pagefind writes its filters in the order of a hash table whose seed is drawn at each run, and names files after their
contents, so no two of its runs agree byte for byte. Here the filters are put in order and named anew; all else that it
writes is already the same each time, where folders list their files in the same order.

Its files are gzip around a signature and one CBOR item (RFC 8949), made of whole numbers, texts and lists only.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import TypeAlias

Item: TypeAlias = "int | str | list[Item]"

SIGNATURE = b"pagefind_dcd"
"""What stands before the item in every file of the index."""

_NUMBER, _TEXT, _LIST = 0, 3, 4  # CBOR's major types
_FILTERS = 3  # place in the index's contents: version, pages, chunks of words, filters, sorts, fields


class FormatError(ValueError):
    """The index is not written in the way this module knows: Pagefind has changed."""


def stabilise(bundle: Path) -> None:
    """Rewrites the filters of the index in `bundle` in alphabetical order, under names made from their contents.

    Raises FormatError when the files are not what they were in Pagefind 1.5.
    """
    entry_file = bundle / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for code, language in entry["languages"].items():
        contents_file = bundle / f"pagefind.{language['hash']}.pf_meta"
        contents = _list(decode(contents_file))
        contents[_FILTERS] = [_ordered_filter(bundle / "filter", code, each) for each in _by_name(contents[_FILTERS])]
        data = encode(contents)
        language["hash"] = f"{code}_{_digest(data)}"
        contents_file.unlink()
        _put(bundle / f"pagefind.{language['hash']}.pf_meta", data)
    entry_file.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def decode(path: Path) -> Item:
    """The item in one file of the index."""
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        raise FormatError(f"{path.name}: no signature")
    item, end = _read(data, len(SIGNATURE))
    if end != len(data):
        raise FormatError(f"{path.name}: more than one item")
    return item


def encode(item: Item) -> bytes:
    """`item` as CBOR, in its shortest form."""
    if isinstance(item, int):
        return _head(_NUMBER, item)
    if isinstance(item, str):
        text = item.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_LIST, len(item)) + b"".join(encode(each) for each in item)


def _ordered_filter(folder: Path, code: str, reference: Item) -> Item:
    """Puts one filter's values in order and returns the reference to its new file."""
    name, old = _list(reference)
    file = folder / f"{old}.pf_filter"
    _, values = _list(decode(file))
    data = encode([name, _by_name(values)])
    new = f"{code}_{_digest(data)}"
    file.unlink()
    _put(folder / f"{new}.pf_filter", data)
    return [name, new]


def _by_name(items: Item) -> list[Item]:
    return sorted(_list(items), key=lambda each: str(_list(each)[0]))


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.compress(SIGNATURE + data, mtime=0))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


def _list(item: Item) -> list[Item]:
    if not isinstance(item, list):
        raise FormatError(f"a list was expected, not {item!r}")
    return item


def _read(data: bytes, at: int) -> tuple[Item, int]:
    """The item that begins at `at`, and where it ends."""
    major, size = data[at] >> 5, data[at] & 0b11111
    at += 1
    if size >= 24:
        if size > 27:
            raise FormatError("a length without end")
        width = 1 << (size - 24)
        size = int.from_bytes(data[at : at + width], "big")
        at += width
    if major == _NUMBER:
        return size, at
    if major == _TEXT:
        return data[at : at + size].decode(), at + size
    if major != _LIST:
        raise FormatError(f"an item of type {major}")
    items: list[Item] = []
    for _ in range(size):
        item, at = _read(data, at)
        items.append(item)
    return items, at


def _head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    for step, width in enumerate((1, 2, 4, 8)):
        if size < 1 << (8 * width):
            return bytes([major << 5 | 24 + step]) + size.to_bytes(width, "big")
    raise FormatError(f"a number too large: {size}")
