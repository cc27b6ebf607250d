"""What a link or an image may point at."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_WEB = re.compile(r"https?://([a-z0-9-]+\.)+[a-z0-9-]+(:[0-9]{1,5})?([/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@([a-z0-9-]+\.)+[a-z0-9-]+(\?.*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RELATIVE = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*(#.*)?")

# What an address may hold besides letters, digits and `_.-~`: the reserved characters of RFC 3986, and escapes.
_ADDRESS_CHARACTERS = ":/?#[]@!$&'()*+,;=%"

_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def invisible(text: str) -> bool:
    """Whether `text` holds a control, formatting or unassigned character, other than the soft hyphen."""
    return any(
        char == "\ufffd" or (char != "\u00ad" and unicodedata.category(char) in _INVISIBLE)
        for char in text
        if char > "~" or char < " "
    )


def is_web(href: str) -> bool:
    """Whether `href` is a whole http or https address that may be published."""
    return _WEB.fullmatch(href) is not None and not _unsafe(href)


def is_external(href: str) -> bool:
    """Whether `href` is a whole http, https or mailto address that may be published."""
    return is_web(href) or (_MAIL.fullmatch(href) is not None and not _unsafe(href))


def is_internal(href: str) -> bool:
    """Whether `href` is a relative path, with or without `#…`, or `#…` alone, in a form that may be published."""
    if not href or _unsafe(href) or _is_host(href):
        return False
    return href[0] == "#" or _RELATIVE.fullmatch(href) is not None


def encoded(href: str) -> str:
    """An external address with accents and other characters percent-encoded, as HTML wants it."""
    return quote(href, safe=_ADDRESS_CHARACTERS)


def link_fault(href: str) -> tuple[str, str] | None:
    """Why a link must not point at `href`, and how to mend it; None where it may.

    What is not known to be good is refused, so no disguise of a bad scheme has to be recognised.
    """
    if is_external(href) or (is_internal(href) and href != "#"):
        return None
    if href in ("", "#"):
        return "il collegamento non ha un indirizzo", "Scrivi fra le parentesi tonde dove porta."
    return _fault(href)


def image_fault(src: str) -> tuple[str, str] | None:
    """Why an image must not come from `src`, and how to mend it; None where it may."""
    if is_web(src):
        return (
            "l'immagine deve stare nel portale, non su un altro sito",
            "Salva il file accanto alla voce, se la licenza lo permette, e scrivi il suo percorso relativo.",
        )
    if src in ("", "#"):
        return "l'immagine non ha un percorso", "Scrivi fra le parentesi tonde il percorso relativo del file."
    if is_internal(src) and "#" not in src:
        return None
    return _fault(src)


def _fault(target: str) -> tuple[str, str]:
    if _unsafe(target):
        return (
            "l'indirizzo contiene spazi, barre rovesciate o caratteri invisibili",
            "Ricopialo dalla barra del browser; per un file della base di conoscenza usa solo «/».",
        )
    if target.startswith("//") or _is_host(target):
        return "all'indirizzo manca il protocollo", "Comincia da «https://»."
    if target.startswith("/"):
        return (
            "il percorso deve essere relativo a questo file, non cominciare con «/»",
            "Scrivi il percorso del file .md di arrivo, per esempio «../adempimenti/mud.md».",
        )
    if target.lower().startswith(("http:", "https:", "mailto:")):
        return (
            "l'indirizzo non è scritto per intero o contiene un nome utente",
            "Controlla che abbia la forma «https://sito.it/pagina» o «mailto:ufficio@ente.it».",
        )
    if _SCHEME.match(target):
        return (
            "gli indirizzi ammessi cominciano con http://, https:// o mailto:",
            "Cambia l'indirizzo o togli il collegamento.",
        )
    return (
        "il percorso può avere solo lettere senza accenti, cifre, punti, trattini e barre",
        "Scrivi il percorso del file .md di arrivo, per esempio «../adempimenti/mud.md».",
    )


def _is_host(target: str) -> bool:
    """Whether `target` looks like the name of a site, which Markdown takes for a file."""
    return target.lower().startswith("www.")


def _unsafe(target: str) -> bool:
    """Whether a browser could read `target` otherwise than it looks: blanks, backslashes, invisible characters."""
    return "\\" in target or target.split() != [target] or invisible(target)
