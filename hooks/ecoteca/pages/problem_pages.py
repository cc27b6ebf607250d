"""In a preview, where an entry cannot be shown: what there is to mend, in the place of its page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ecoteca.corpus import Corpus
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.problems import Problem
from ecoteca.reading import SLUG


def problem_pages(corpus: Corpus, problems: Iterable[Problem], renderer: Renderer) -> tuple[Page, ...]:
    """A page for each entry that has `problems`, which are sorted by place, unless its file's very name is one."""
    found = {path: list(own) for path, own in groupby(problems, key=lambda problem: problem.path)}
    pages = []
    for item in corpus.items:
        own = found.get(item.document.path)
        if own and SLUG.fullmatch(item.document.slug):
            url = f"{item.address}/"
            title = f"Da correggere: {item.document.path}"
            html = renderer.render("problems.html", url, {"path": item.document.path, "problems": own})
            pages.append(Page(url, title, "", html, item.document.folder, item.document.path))
    return tuple(pages)
