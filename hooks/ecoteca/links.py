"""Links between entries, as editors write them: relative paths to `.md` files, the way a forge's own view follows them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ecoteca.reading import CONTENT


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relative link leads: a path from the project's root, and the anchor after `#` (empty for none)."""

    path: str
    anchor: str


def is_external(href: str) -> bool:
    """Whether an address leaves the portal."""
    return urlsplit(href).scheme.lower() in ("http", "https", "mailto")


def target_of(href: str, source: str) -> Target | None:
    """The file that `href` names in the entry at path `source`; None where it leaves `content/`.

    A link that is only an anchor names the entry itself.
    """
    parts = urlsplit(href)
    if not parts.path:
        return Target(source, unquote(parts.fragment))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))
    if not path.startswith(f"{CONTENT}/"):
        return None
    return Target(path, unquote(parts.fragment))
