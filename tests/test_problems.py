"""Problems: what an editor, a pull request's page and a program are told, each in its own way."""

from __future__ import annotations

import json

from ecoteca.problems import FOUND_LIMIT, Problem, excerpt, report

MUD = "content/adempimenti/mud.md"
LATE = Problem(MUD, 14, "deadlines[1].on", "deve essere una data", "domani", "Per esempio 2026-04-30.")


def test_a_problem_is_one_line_with_its_place_what_was_found_and_how_to_mend_it() -> None:
    assert LATE.text() == (
        "content/adempimenti/mud.md:14: deadlines[1].on: deve essere una data (trovato «domani»). Per esempio 2026-04-30."
    )


def test_what_is_not_known_leaves_no_trace() -> None:
    assert Problem(MUD, 1, "", "il file è vuoto").text() == f"{MUD}:1: il file è vuoto."


def test_what_was_found_is_repeated_briefly() -> None:
    assert excerpt("x" * FOUND_LIMIT) == "x" * FOUND_LIMIT
    assert excerpt("x" * (FOUND_LIMIT + 1)) == "x" * FOUND_LIMIT + "…"


def test_what_a_terminal_would_obey_or_hide_is_written_out() -> None:
    assert excerpt("a\x1b[31m\u202eb\nc") == "a\\u001b[31m\\u202eb\\u000ac"


def test_a_hostile_file_name_or_field_stays_on_its_line() -> None:
    hostile = Problem("content/a\n::error::b.md", 1, "c\n::error::d", "deve essere un testo")
    for line in (hostile.text(), hostile.github()):
        assert "\n" not in line
    assert hostile.github().startswith("::error file=content/a\\u000a%3A%3Aerror%3A%3Ab.md,line=1,")


def test_on_github_a_problem_is_an_annotation_of_its_line() -> None:
    percent = Problem(MUD, 3, "summary", "deve avere al massimo 240 caratteri", "il 100% dei rifiuti, sempre: tutti")
    assert percent.github() == (
        "::error file=content/adempimenti/mud.md,line=3,title=Contenuto da correggere::"
        "summary: deve avere al massimo 240 caratteri (trovato «il 100%25 dei rifiuti, sempre: tutti»)."
    )


def test_problems_come_in_order_of_place_and_each_once() -> None:
    first, second = Problem("content/a.md", 9, "", "a"), Problem(MUD, 2, "", "b")
    shown = report([LATE, second, first, LATE], "text")
    assert shown.splitlines() == [first.text(), second.text(), LATE.text()]


def test_programs_get_every_part_by_its_name() -> None:
    assert json.loads(report([LATE], "json")) == [
        {
            "path": MUD,
            "line": 14,
            "field": "deadlines[1].on",
            "message": "deve essere una data",
            "found": "domani",
            "fix": "Per esempio 2026-04-30.",
        }
    ]


def test_where_all_is_well_nothing_is_said_but_programs_get_an_empty_list() -> None:
    assert [report([], "text"), report([], "github"), report([], "json")] == ["", "", "[]"]
