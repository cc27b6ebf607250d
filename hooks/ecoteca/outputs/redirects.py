"""Old addresses → pages that lead to the new ones, on any static host."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ecoteca.catalogue import Record
from ecoteca.settings import Settings

_PAGE = Markup(
    '<!doctype html>\n<html lang="it"><head><meta charset="utf-8"><title>{title}</title>\n'
    '<meta name="robots" content="noindex"><link rel="canonical" href="{canonical}">\n'
    '<meta http-equiv="refresh" content="0; url={way}"></head>\n'
    '<body><p>Questa pagina si è spostata: <a href="{way}">{title}</a>.</p></body></html>\n'
)


def redirects(records: Iterable[Record], settings: Settings) -> dict[str, bytes]:
    """A file for each old address of each record, by its path below the portal's root."""
    return {f"{alias}/index.html": _page(record, settings) for record in records for alias in record.entry.aliases}


def _page(record: Record, settings: Settings) -> bytes:
    # Aliases are always one folder and one name deep, so the root is two steps up.
    way, canonical = f"../../{record.url}", settings.absolute(record.url)
    return _PAGE.format(title=record.entry.title, canonical=canonical, way=way).encode()
