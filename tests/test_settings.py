"""Settings: the portal's address may change or have a path, the names of what it published may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support import SETTINGS


@pytest.mark.parametrize(
    ("site_url", "complete"),
    [
        ("https://ecoteca.example/", "https://ecoteca.example/feed/novita.xml"),
        ("https://example.org/ecoteca/", "https://example.org/ecoteca/feed/novita.xml"),
    ],
)
def test_an_address_is_completed_at_the_root_and_under_a_path(site_url: str, complete: str) -> None:
    assert replace(SETTINGS, site_url=site_url).absolute("feed/novita.xml") == complete


def test_a_permanent_name_does_not_depend_on_where_the_portal_stands() -> None:
    moved = replace(SETTINGS, site_url="https://altrove.example/nuovo/")
    assert moved.tag("mud") == SETTINGS.tag("mud") == "tag:ecoteca.example,2026:mud"
