"""The look keeps its promises: readable contrast in both themes, nothing inline, nothing from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "docs" / "assets"
OVERRIDES = ROOT / "overrides"

GROUNDS = ("paper", "surface", "band")
TEXT = [(ink, ground) for ink in ("ink", "ink-soft", "link", "link-hover", "accent") for ground in GROUNDS]
TEXT += [(state, f"{state}-ground") for state in ("ok", "warn", "danger", "info", "muted", "accent")]
TEXT += [(state, "surface") for state in ("ok", "warn", "danger", "info")]
TEXT += [(ink, f"{s}-ground") for ink in ("ink", "link") for s in ("ok", "warn", "danger", "info", "accent")]
TEXT += [("frame-ink", "frame"), ("frame-soft", "frame"), ("ink", "warn-ground")]
CONTROLS = [(edge, ground) for edge in ("edge", "focus") for ground in GROUNDS] + [("frame-focus", "frame")]


def palette(theme: str) -> dict[str, str]:
    """The colours of one theme, by name: the dark one changes what it names and keeps the rest."""
    css = (ASSETS / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split('[data-theme="dark"]')
    colours = dict(re.findall(r"--eco-([\w-]+): (#[0-9a-f]{6});", light))
    return colours if theme == "light" else colours | dict(re.findall(r"--eco-([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def templates() -> Iterator[tuple[Path, str]]:
    """Every template, without its comments."""
    for path in OVERRIDES.rglob("*.html"):
        yield path, re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (CONTROLS, 3.0)], ids=["text", "controls"])
def test_every_pair_of_colours_can_be_read(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = palette(theme)
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


def test_templates_write_no_style_and_no_script_inside_the_page() -> None:
    for template, html in templates():
        if template.parent.name == "newsletter":
            continue  # a mail is no page of the portal: its styles go into its tags, where mail programs look for them
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", html), template
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or "text/pagefind-template" in script, template


def test_templates_never_unescape_what_an_editor_wrote() -> None:
    for template, html in templates():
        assert not re.search(r"\|\s*(striptags|safe)\b", html), template


def test_no_asset_comes_from_another_host() -> None:
    for path in [*ASSETS.rglob("*.css"), *ASSETS.rglob("*.js")]:
        assert not re.search(r"https?://|url\(\s*[\"']?//", path.read_text(encoding="utf-8")), path


def test_every_font_of_the_style_sheet_is_there_with_its_licence() -> None:
    css = (ASSETS / "css" / "tokens.css").read_text(encoding="utf-8")
    named = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', css))
    assert named == {path.name for path in (ASSETS / "fonts").glob("*.woff2")}
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL.txt").read_text(encoding="utf-8")
