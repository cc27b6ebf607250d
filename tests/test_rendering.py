"""Templates are compiled once for all processes, whatever else lies beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from ecoteca.pages.rendering import TEMPLATES, Renderer
from support import ROOT, SETTINGS, TODAY, Project


@pytest.fixture
def renderer(tmp_path: Path, project: Project) -> Renderer:
    """A renderer with templates of its own."""
    shutil.copytree(ROOT / TEMPLATES, tmp_path / "templates" / TEMPLATES)
    return Renderer(tmp_path / "templates", project.catalogue(), SETTINGS, TODAY)


def test_what_editing_programs_leave_is_no_template(renderer: Renderer, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / TEMPLATES
    (folder / ".feeds.html.swp").write_bytes(b"\xff\xfe")
    (folder / ".#feeds.html").symlink_to("nessuno")
    (folder / "feeds.html.orig").write_text("{% if %}")
    renderer.prepare()


def test_a_mistake_in_any_template_is_found(renderer: Renderer, tmp_path: Path) -> None:
    (tmp_path / "templates" / TEMPLATES / "newsletter" / "nuovo.html").write_text("{% if %}")
    with pytest.raises(TemplateSyntaxError):
        renderer.prepare()
