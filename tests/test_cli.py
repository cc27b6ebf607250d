"""The commands: their arguments, exit codes and manners."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from ecoteca import building, cli
from ecoteca.console import parse_day, parse_port, parse_site_url
from ecoteca.problems import Problem

PROBLEM = Problem("content/adempimenti/mud.md", 14, "scadenza", "deve essere una data", "domani", "Scrivi 2026-04-30.")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two entries, in which the caller stands."""
    folder = tmp_path / "content" / "adempimenti"
    folder.mkdir(parents=True)
    for name in ("mud.md", "rentri.md"):
        (folder / name).write_text("---\n---\n")
    monkeypatch.setattr(cli, "PROJECT", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ECOTECA_TODAY", raising=False)
    return tmp_path


class Checks:
    """Stands in for the checks: answers with these problems and remembers what it was asked."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.asked: tuple[Path, list[Path], date]

    def __call__(self, root: Path, paths: Sequence[Path], today: date) -> list[Problem]:
        self.asked = (root, list(paths), today)
        return self.problems


@pytest.fixture
def checks(project: Path, monkeypatch: pytest.MonkeyPatch) -> Checks:
    checks = Checks()
    monkeypatch.setattr("ecoteca.checking.check_content", checks)
    return checks


# check


def test_content_without_problems_passes(checks: Checks, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr() == ("", "Nessun problema in 2 voci\n")


def test_problems_are_listed_and_counted(checks: Checks, capsys: pytest.CaptureFixture[str]) -> None:
    checks.problems = [PROBLEM, Problem("content/adempimenti/mud.md", 2, "id", "manca")]
    assert cli.main(["check"]) == 1
    assert capsys.readouterr() == (
        "content/adempimenti/mud.md:2: id: manca.\n"
        "content/adempimenti/mud.md:14: scadenza: deve essere una data (trovato «domani»). Scrivi 2026-04-30.\n",
        "2 problemi in un file\n",
    )


def test_programs_read_problems_as_json_and_nothing_else(checks: Checks, capsys: pytest.CaptureFixture[str]) -> None:
    checks.problems = [PROBLEM]
    assert cli.main(["check", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["line"] == 14
    checks.problems = []
    assert cli.main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_pull_request_shows_problems_beside_the_lines(checks: Checks, capsys: pytest.CaptureFixture[str]) -> None:
    checks.problems = [PROBLEM]
    assert cli.main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=content/adempimenti/mud.md,line=14,")


def test_paths_are_relative_to_the_caller(
    checks: Checks, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / "content")
    assert cli.main(["check", "adempimenti/mud.md"]) == 0
    assert checks.asked[:2] == (project, [project / "content" / "adempimenti" / "mud.md"])
    assert capsys.readouterr().err == "Nessun problema in una voce\n"


def test_the_day_can_be_given_or_comes_from_the_environment_or_is_today_in_italy(
    checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.main(["check"])
    assert abs((checks.asked[2] - date.today()).days) <= 1
    monkeypatch.setenv("ECOTECA_TODAY", "2026-01-02")
    cli.main(["check"])
    assert checks.asked[2] == date(2026, 1, 2)
    cli.main(["check", "--today", "2026-03-04"])
    assert checks.asked[2] == date(2026, 3, 4)


def test_an_error_of_the_program_is_one_line_that_says_what_to_do(
    checks: Checks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks.problems = [None]  # type: ignore[list-item]
    monkeypatch.delenv("ECOTECA_DEBUG", raising=False)
    assert cli.main(["check"]) == cli.EXIT_INTERNAL
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "ECOTECA_DEBUG=1" in error
    monkeypatch.setenv("ECOTECA_DEBUG", "1")
    with pytest.raises(AttributeError):
        cli.main(["check"])


# build


def test_build_hands_on_what_it_was_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(building, "build", lambda *given: calls.append(given[:4]))
    monkeypatch.chdir(project / "content")
    monkeypatch.delenv("ECOTECA_SITE_URL", raising=False)
    assert cli.main(["build", "--today", "2026-04-30"]) == 0
    assert cli.main(["build", "--site-url", "https://a.it/b", "--out", "../www", "--today", "2026-04-30"]) == 0
    day = date(2026, 4, 30)
    assert calls == [
        (project, project / "site", day, None),
        (project, project / "www", day, "https://a.it/b/"),
    ]


def test_build_refuses_a_dangerous_folder_before_doing_anything(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "--out", "content"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_build_that_is_not_done_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise building.NotDone("Titolo mancante\nCostruzione non riuscita.")

    monkeypatch.setattr(building, "build", fail)
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err == "Titolo mancante\nCostruzione non riuscita.\n"


# Manners


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["bild"], "comando sconosciuto «bild». Forse volevi «build»?"),
        (["build", "--site-ulr", "x"], "opzione sconosciuta «--site-ulr». Forse volevi «--site-url»?"),
        (["build", "--out"], "l'opzione «--out» non è usata bene"),
        (["build", "altro"], "gli argomenti sono troppi"),
        (["build", "--today", "domani"], "--today: «domani» non è una data: scrivila come 2026-04-30."),
        (["build", "--site-url", "ftp://a.it"], "--site-url: «ftp://a.it» non è l'indirizzo di un portale"),
        (["serve", "--port", "http"], "--port: «http» non è una porta"),
        (["check", "--format", "xml"], "--format: «xml» non va bene: scegli fra text, github, json."),
        (["check", "nulla.md"], "PERCORSO: «nulla.md» non esiste."),
        (["check", ".."], "PERCORSO: «..» non è in content/."),
    ],
)
def test_a_slip_in_the_arguments_is_answered_in_italian_with_exit_2(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], answer: str
) -> None:
    assert cli.main(words) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"Errore: {answer}")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["serve", "--help"], ["check", "--help"]])
def test_help_is_in_italian(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert cli.main(words) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Uso: scripts")
    assert not re.search(r"\b(Usage|Options|Commands|Show|default)\b|\w\.\.\.$", shown, re.MULTILINE)


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert capsys.readouterr().err.startswith("Uso: scripts COMANDO")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://www.ecoteca.it", "https://www.ecoteca.it/"),
        ("http://localhost:8000/a/b/", "http://localhost:8000/a/b/"),
    ],
)
def test_the_portals_address_ends_with_a_slash(given: str, meant: str) -> None:
    assert parse_site_url(given) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.ecoteca.it",
        "//a.it",
        "https://",
        "file:///a",
        "https://a.it/?q",
        "https://a.it/#b",
        "https://anna@a.it/",
        "https://a.it/b c",
        "https://a.it/\n",
        'https://a.it/"><b>',
        "https://a.it:99999/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_of_a_portal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="non è l'indirizzo di un portale"):
        parse_site_url(text)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "20260430", "2026-W18-4", "30/04/2026", "2026-04-30T10:00", "٢٠٢٦-04-30"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="non è una data"):
        parse_day(text)


@pytest.mark.parametrize("text", ["", "80", "65536", "-8000", "8000.0", "٨٠٠٠"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="non è una porta"):
        parse_port(text)
