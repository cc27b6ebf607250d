"""What an editor sees of the renderer, and what the renderer is told."""

from __future__ import annotations

from datetime import date

from ecoteca import renderer

OUTPUT = """\
INFO    -  Cleaning site directory
INFO    -  The following pages exist in the docs directory, but are not included in the nav:
             - chi-siamo.md
WARNING -  Doc file 'index.md' contains a link 'nulla.md'
             more about it
content/adempimenti/mud.md:14: scadenza: deve essere una data.
  un rientro che spiega
DEBUG   -  Reading pages
Traceback (most recent call last):
  File "portal.py", line 3, in on_files
    raise KeyError("boh")
KeyError: 'boh'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "portal.py", line 5, in on_files
jinja2.exceptions.TemplateNotFound: duty.html

Aborted with 1 warnings in strict mode!
"""


def test_problems_are_kept_and_noise_is_not() -> None:
    assert list(renderer.readable(OUTPUT.splitlines())) == [
        "Doc file 'index.md' contains a link 'nulla.md'",
        "             more about it",
        "content/adempimenti/mud.md:14: scadenza: deve essere una data.",
        "  un rientro che spiega",
        "Errore interno: KeyError: 'boh'",
        "Errore interno: jinja2.exceptions.TemplateNotFound: duty.html",
    ]


def test_nothing_of_the_callers_setting_changes_the_bytes_of_a_build() -> None:
    rome = {"LANG": "it_IT.UTF-8", "LANGUAGE": "it", "LC_TIME": "de_DE", "TZ": "Europe/Rome", "PYTHONHASHSEED": "7"}
    far = {"TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "ECOTECA_TODAY": "1999-12-31"}
    day = date(2026, 4, 30)
    assert renderer.settings(rome, day, None) == renderer.settings(far, day, None)


def test_the_renderer_is_told_the_day_and_the_address() -> None:
    told = renderer.settings({"PATH": "/bin"}, date(2026, 4, 30), "https://example.org/ecoteca/")
    assert told["PATH"] == "/bin"
    assert told["ECOTECA_TODAY"] == "2026-04-30"
    assert told["SOURCE_DATE_EPOCH"] == "1777507200"
    assert told["ECOTECA_SITE_URL"] == "https://example.org/ecoteca/"


def test_another_renderer_can_be_chosen() -> None:
    assert "mkdocs" in renderer.command({}, "build")
    assert "properdocs" in renderer.command({"ECOTECA_RENDERER": "properdocs"}, "build")
