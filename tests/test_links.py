"""Links between entries: relative paths to `.md` files, as a forge's own view follows them."""

from __future__ import annotations

import pytest

from ecoteca.links import Target, is_external, target_of

MUD = "content/adempimenti/mud.md"


@pytest.mark.parametrize(
    ("href", "path", "anchor"),
    [
        ("fir.md", "content/adempimenti/fir.md", ""),
        ("./fir.md", "content/adempimenti/fir.md", ""),
        ("../normativa/dlgs-152-2006.md", "content/normativa/dlgs-152-2006.md", ""),
        ("../normativa/dlgs-152-2006.md#chi-riguarda", "content/normativa/dlgs-152-2006.md", "chi-riguarda"),
        ("#sanzioni", MUD, "sanzioni"),
        ("mud.md#sanzioni", MUD, "sanzioni"),
        ("fir%2Emd", "content/adempimenti/fir.md", ""),
    ],
)
def test_a_relative_link_names_a_file_and_perhaps_a_point_in_it(href: str, path: str, anchor: str) -> None:
    assert target_of(href, MUD) == Target(path, anchor)


@pytest.mark.parametrize(
    "href",
    [
        "/adempimenti/fir/",
        "../../README.md",
        "../../../etc/passwd",
        "..%2F..%2FREADME.md",
        "//altrove.example",
        "//altrove.example/fir.md",
        "file:fir.md",
        "http://[",
        "//[",
        "https://a℀b.example/",
    ],
)
def test_what_leaves_the_content_or_is_no_address_leads_nowhere(href: str) -> None:
    assert target_of(href, MUD) is None


@pytest.mark.parametrize(
    "href", ["https://www.normattiva.it/", "http://example.org", "HTTPS://EXAMPLE.ORG", "mailto:ufficio@example.org"]
)
def test_complete_addresses_leave_the_portal(href: str) -> None:
    assert is_external(href)


@pytest.mark.parametrize("href", ["fir.md", "#sanzioni", "//altrove.example/", "ftp://example.org", "http://[", ""])
def test_everything_else_stays_or_is_refused(href: str) -> None:
    assert not is_external(href)
