"""The search index holds the marked pages, all of them and no others, and the same pages give the same index."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ecoteca.outputs.search import BUNDLE, UNUSED, Indexing, SearchIndexError, _start, marked_pages, scratch

FOUND = """<!doctype html><html lang="it"><head><title>{title}</title></head><body><header>Menu</header>
<div data-pagefind-body><p data-pagefind-filter="Tipo" data-pagefind-meta="tipo">{kind}</p>
<h1 data-pagefind-meta="title">{title}<a class="headerlink" href="#x">#</a></h1>
<p data-pagefind-meta="summary" data-pagefind-ignore="index">{summary}</p>
<p data-pagefind-ignore="all">Pubblicata ieri</p><p>Il testo.<sup data-pagefind-ignore>1</sup></p></div></body></html>"""

LISTED = '<!doctype html><html lang="it"><head><title>Indice</title></head><body><h1>Tutte le voci</h1></body></html>'


def put(site: Path, address: str, html: str) -> None:
    """Writes one page of a built site."""
    page = site / address / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html, encoding="utf-8")


def entry(title: str, kind: str = "Adempimento", summary: str = "I rifiuti dell'anno scorso.") -> str:
    """A page that is to be found."""
    return FOUND.format(title=title, kind=kind, summary=summary)


def small_portal(site: Path, addresses: tuple[str, ...] = ("adempimenti/mud", "guide/rentri", "domande/fir")) -> Path:
    """Three pages to be found, of three kinds, and one that is not."""
    for address in addresses:
        folder, _, name = address.partition("/")
        put(site, address, entry(title=name.upper(), kind=folder.title()))
    put(site, "adempimenti", LISTED)
    return site


def kept(site: Path) -> Path:
    """Where the index of a site is kept for the next run."""
    return site.with_name(f"{site.name}.kept")


def index(site: Path) -> int:
    """Indexes a built site from its own pages and returns how many are found."""
    pages = {str(page.parent.relative_to(site)): page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    return Indexing(pages, site, kept(site)).finish()


def fragments(site: Path) -> list[dict[str, Any]]:
    """What the index knows of each page, by address."""
    texts = (gzip.decompress(path.read_bytes()) for path in (site / BUNDLE / "fragment").iterdir())
    known = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]
    return sorted(known, key=lambda fragment: str(fragment["url"]))


def everything(folder: Path) -> dict[str, bytes]:
    """All files below `folder`, by relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_marked_page_is_found_and_no_other(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    assert index(site) == marked_pages(site) == 3
    assert [fragment["url"] for fragment in fragments(site)] == ["/adempimenti/mud/", "/domande/fir/", "/guide/rentri/"]


def test_a_result_carries_title_kind_and_summary(tmp_path: Path) -> None:
    put(tmp_path, "adempimenti/mud", entry("MUD", summary="Chi produce rifiuti pericolosi."))
    index(tmp_path)
    [found] = fragments(tmp_path)
    assert found["meta"] == {"title": "MUD", "tipo": "Adempimento", "summary": "Chi produce rifiuti pericolosi."}
    assert found["filters"] == {"Tipo": ["Adempimento"]}


def test_only_the_marked_part_is_read_and_nothing_that_is_there_to_be_looked_at(tmp_path: Path) -> None:
    """Nor the summary: a result shows it by itself, and would show it again as what was found."""
    put(tmp_path, "adempimenti/mud", entry("MUD"))
    index(tmp_path)
    [found] = fragments(tmp_path)
    assert found["content"] == "Adempimento. MUD. Il testo."


def test_a_text_that_looks_like_pagefinds_syntax_stays_text(tmp_path: Path) -> None:
    put(tmp_path, "domande/x", entry("&lt;b&gt; tema[content]:x", kind="Tipo:altro, Tema:finto"))
    index(tmp_path)
    [found] = fragments(tmp_path)
    assert found["meta"]["title"] == "<b> tema[content]:x"
    assert found["filters"] == {"Tipo": ["Tipo:altro, Tema:finto"]}


def test_a_page_that_only_talks_about_the_mark_is_not_marked(tmp_path: Path) -> None:
    about = "Scrivi &lt;div data-pagefind-body&gt;: data-pagefind-body"
    put(tmp_path, "progetto", LISTED.replace("Tutte le voci", about))
    assert marked_pages(tmp_path) == 0


def test_every_page_is_in_the_italian_index(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    put(site, "normativa/en", entry("Waste").replace('lang="it"', 'lang="en"'))
    index(site)
    assert list(json.loads((site / BUNDLE / "pagefind-entry.json").read_text())["languages"]) == ["it"]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = ("adempimenti/mud", "guide/rentri", "domande/fir", "cam/arredi", "bandi/filiere", "eventi/webinar")
    one = small_portal(tmp_path / "uno", addresses)
    index(one)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PAGEFIND_KEEP_INDEX_URL", "true")
    monkeypatch.chdir(tmp_path)
    other = small_portal(Path("un altro/posto"), addresses[::-1])
    index(other)
    assert everything(one) == everything(other)


def test_articles_pass_through_memory_only_where_there_is_plenty(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ecoteca.outputs.search.MEMORY", tmp_path)
    assert scratch(1000) == tmp_path
    assert scratch(shutil.disk_usage(tmp_path).free) is None
    monkeypatch.setattr("ecoteca.outputs.search.MEMORY", tmp_path / "manca")
    assert scratch(1000) is None
    assert index(small_portal(tmp_path / "sito")) == 3


def test_what_killed_builds_left_in_memory_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecoteca.outputs.search.MEMORY", tmp_path)
    old, at_work, other = (tmp_path / name for name in ("ecoteca-vecchia", "ecoteca-nuova", "altrui"))
    for folder in (old, at_work, other):
        put(folder, "guide/x", LISTED)
    for folder in (old, other):
        os.utime(folder, (0, 0))
    index(small_portal(tmp_path / "sito"))
    assert [folder.exists() for folder in (old, at_work, other)] == [False, True, True]


def test_what_an_earlier_index_left_is_gone(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    stale = site / BUNDLE / "fragment" / "it_vecchio.pf_fragment"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"")
    index(site)
    assert not stale.exists()


def test_interfaces_that_nobody_loads_are_not_published(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    index(site)
    published = {path.name for path in (site / BUNDLE).iterdir()}
    assert not published & set(UNUSED)
    assert {"pagefind.js", "pagefind-component-ui.js", "pagefind-worker.js", "wasm.it.pagefind"} <= published


def test_a_marked_page_without_text_fails_the_build(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    put(site, "domande/vuota", LISTED.replace("<h1>Tutte le voci</h1>", "<div data-pagefind-body></div>"))
    with pytest.raises(SearchIndexError, match="ha 3 pagine, ma quelle segnate con data-pagefind-body sono 4"):
        index(site)


def test_a_site_without_marks_fails_the_build(tmp_path: Path) -> None:
    put(tmp_path, "", LISTED)
    with pytest.raises(SearchIndexError, match="Nessuna pagina è segnata"):
        index(tmp_path)


def test_what_pagefind_complains_of_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = small_portal(tmp_path)
    monkeypatch.setattr("ecoteca.outputs.search.LANGUAGE", "--no-such-option")
    with pytest.raises(SearchIndexError, match="Pagefind non ha fatto l'indice"):
        index(site)


def test_the_same_articles_need_no_second_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = small_portal(tmp_path)
    index(site)
    first = everything(site)
    monkeypatch.setattr("ecoteca.outputs.search._start", None)
    assert index(site) == 3
    assert everything(site) == first


@pytest.mark.parametrize("address", ["guide/rentri", "guide/nuova"])
def test_after_a_change_the_index_is_that_of_a_first_run(tmp_path: Path, address: str) -> None:
    again, first = (small_portal(tmp_path / name) for name in ("di nuovo", "dal niente"))
    index(again)
    for site in (again, first):
        put(site, address, entry("Un altro titolo"))
        index(site)
    assert everything(again) == everything(first)


def test_a_kept_index_is_held_against_the_pages_too(tmp_path: Path) -> None:
    site = small_portal(tmp_path)
    index(site)
    pages = {"adempimenti/mud": entry("MUD")}
    with pytest.raises(SearchIndexError, match="ha 1 pagine, ma quelle segnate con data-pagefind-body sono 3"):
        Indexing(pages, site, kept(site)).finish()
    (site / "guide/rentri/index.html").unlink()
    (site / "domande/fir/index.html").unlink()
    assert index(site) == 1


def test_a_build_that_fails_leaves_nothing_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    folders: list[Path] = []

    def start(pages: Path, bundle: Path) -> subprocess.Popen[str]:
        folders.append(pages)
        started.append(_start(pages, bundle))
        return started[-1]

    monkeypatch.setattr("ecoteca.outputs.search._start", start)
    Indexing({"adempimenti/mud/": entry("MUD")}, tmp_path, kept(tmp_path)).abandon()
    assert [process.returncode is not None for process in started] == [True]
    assert [folder.exists() for folder in folders] == [False]
