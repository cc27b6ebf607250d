"""What one run has worked out, kept for the next in a file of its own.

A value is found by the bytes it was made from together with all the code that made it, never by a name or a date, so
an old one cannot be taken for a new one. The file only saves time: where it is missing, broken or of an older program,
everything is made again. Runs at the same time do not disturb each other: each puts a whole file in the place of the old.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pydantic

_DIGEST_SIZE = hashlib.sha256().digest_size


class Cache:
    """The values kept in `file`. What is neither asked for nor put in before `save` is forgotten."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._old = _load(file)
        self._used: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> Any:
        """The value that was put under `key`; None where there is none."""
        kept = self._old.get(key)
        if kept is None:
            return None
        try:
            value = _Unpickler(io.BytesIO(kept)).load()
        except Exception:  # whatever is wrong with it, it can be made again
            del self._old[key]
            return None
        self._used[key] = kept
        return value

    def put(self, key: bytes, value: object) -> None:
        """Keeps `value`, unless it is there already."""
        if key not in self._used:
            self._used[key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def save(self) -> None:
        """Writes what is to be kept, where that has changed. A folder that cannot be written is no reason to fail."""
        if self._used.keys() == self._old.keys():
            return
        content = pickle.dumps(self._used, pickle.HIGHEST_PROTOCOL)
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(exist_ok=True)
            new.write_bytes(hashlib.sha256(content).digest() + content)
            new.replace(self._file)
        except OSError:
            with suppress(OSError):
                new.unlink()


def key_of(*parts: bytes) -> bytes:
    """The key of what is made from `parts` by the library as it is now."""
    digest = hashlib.sha256(_program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


@cache
def _program() -> bytes:
    """The fingerprint of all code that can have a part in a value: the library, the packages beside pydantic, Python."""
    digest = hashlib.sha256(sys.version.encode())
    library, packages = Path(__file__).parent, Path(pydantic.__file__).parents[1]
    for source in sorted(library.rglob("*.py")):
        code = source.read_bytes()
        digest.update(f"\n{source.relative_to(library)} {len(code)}\n".encode() + code)
    digest.update("\n".join(sorted(path.name for path in packages.glob("*.dist-info"))).encode())
    return digest.digest()


def _load(file: Path) -> dict[bytes, bytes]:
    try:
        raw = file.read_bytes()
    except OSError:
        return {}
    content = raw[_DIGEST_SIZE:]
    if hashlib.sha256(content).digest() != raw[:_DIGEST_SIZE]:
        return {}
    try:
        kept = _Unpickler(io.BytesIO(content)).load()
    except Exception:
        return {}
    return kept if isinstance(kept, dict) else {}


class _Unpickler(pickle.Unpickler):
    """Makes values of the library's own types and days, and nothing else.

    A pickle can name any function to be called. The file is written by us in a folder that Git ignores, but nothing
    hinders somebody from adding one to a change, among files that reviewers do not look at.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime"):
            return date if name == "date" else datetime
        # Nothing is imported for it: whoever asks for a value has imported its type.
        found = getattr(sys.modules.get(module), name, None) if module.startswith("ecoteca.") else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, pydantic.BaseModel)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")
