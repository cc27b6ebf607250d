"""Links between entries, as editors write them: relative paths to `.md` files, the way a forge's own view follows them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from ecoteca.reading import CONTENT


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relative link leads: a path from the project's root, and the anchor after `#` (empty for none)."""

    path: str
    anchor: str


def is_external(href: str) -> bool:
    """Whether an address leaves the portal."""
    parts = _split(href)
    return parts is not None and parts.scheme in ("http", "https", "mailto")


def target_of(href: str, source: str) -> Target | None:
    """The file that `href` names in the entry at path `source`; None where it leaves `content/` or is no address.

    A link that is only an anchor names the entry itself.
    """
    parts = _split(href)
    if parts is None or parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return Target(source, unquote(parts.fragment))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))
    if not path.startswith(f"{CONTENT}/"):
        return None
    return Target(path, unquote(parts.fragment))


def _split(href: str) -> SplitResult | None:
    """The parts of an address; None where it has no such parts, for example because of a stray bracket."""
    try:
        return urlsplit(href)
    except ValueError:
        return None
