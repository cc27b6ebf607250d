"""In a preview an entry that cannot be shown says why where its page would be."""

from __future__ import annotations

from ecoteca.catalogue import build
from ecoteca.checks import check
from ecoteca.pages.problem_pages import problem_pages
from ecoteca.pages.rendering import Page, Renderer
from portals import Html
from support import ROOT, SETTINGS, TODAY, Project


def pages(project: Project) -> dict[str, Page]:
    """The pages of what there is to mend, by address."""
    corpus = project.corpus()
    problems = check(corpus, TODAY)
    renderer = Renderer(ROOT, build(corpus.without(problems), TODAY), SETTINGS, TODAY)
    return {page.url: page for page in problem_pages(corpus, problems, renderer)}


def test_each_problem_is_told_with_its_line(project: Project) -> None:
    project.add("adempimenti", "mud", themes=["ignoto"], state="chissà")
    project.add("glossario", "fir")
    [(url, page)] = pages(project).items()
    assert url == "adempimenti/mud/"
    assert (page.section, page.source) == ("adempimenti", "content/adempimenti/mud.md")
    told = Html(page.html).text
    assert told.count("Riga ") == 2
    assert "non è nel vocabolario «temi» (trovato «ignoto»)" in told


def test_what_is_wrong_is_shown_as_text(project: Project) -> None:
    project.add("adempimenti", "mud", themes=["<script>alert(1)</script>"])
    [page] = pages(project).values()
    assert "<script>" not in page.html
    assert "data-pagefind-body" not in page.html


def test_a_file_whose_name_or_folder_is_the_problem_has_no_page(project: Project) -> None:
    project.write("content/adempimenti/Il MUD.md", "---\n---\n")
    project.write("content/nuova/mud.md", "---\n---\n")
    assert pages(project) == {}
