"""HTML of ours made fit to travel: no class, script or style, and no address that means something only on our pages."""

from __future__ import annotations

import re

import nh3

TAGS = frozenset(
    {
        *("h2", "h3", "h4", "p", "br", "hr", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd"),
        *("a", "abbr", "b", "code", "del", "em", "i", "img", "ins", "s", "strong", "sub", "sup"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    }
)
"""What every reader of feeds shows; the text of other elements stays."""

ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}

_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_GAPS = re.compile(r"\s*\n\s*")


def without_headerlinks(html: str) -> str:
    """The same without the links that headings carry to themselves."""
    return _HEADERLINK.sub("", html)


def travelling(html: str, page: str) -> str:
    """A part of the page at the complete address `page` as it can be read anywhere else."""
    cleaned = nh3.clean(
        without_headerlinks(html),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", page),
        link_rel=None,
    )
    return (cleaned if "<pre>" in cleaned else _GAPS.sub("\n", cleaned)).strip()
