"""What every published page promises, whatever is in it; asked of a portal in miniature, and of the real one."""

from __future__ import annotations

import gzip
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar

from ecoteca.entries import BY_FOLDER
from ecoteca.outputs.feeds import ALL_NEWS, FORMATS
from ecoteca.outputs.mails import MOST_BYTES
from portals import Html, Site, new_project, publish, redirects_to

EDIT = "https://git.ecoteca.example/ecoteca/edit/main/"

DATA = ("application/json", "text/pagefind-template")
"""Kinds of script element that the browser does not run."""

WORD = re.compile(r"(temi|settori)/[^/]+/index\.html")
"""The page of a theme or a sector."""

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

Promise = Callable[[Site], Iterator[str]]
"""Yields a sentence for each place where a site breaks a promise."""


def one_title_a_page(site: Site) -> Iterator[str]:
    """A screen reader tells pages apart by their one h1 and their title."""
    for name, page in site.pages.items():
        if page.count("h1") != 1:
            yield f"{name}: {page.count('h1')} titoli di primo livello"
        if page.count("title") != 1:
            yield f"{name}: {page.count('title')} elementi title"


def every_id_once(site: Site) -> Iterator[str]:
    """A link to an anchor that stands twice leads to the wrong one."""
    for name, page in site.pages.items():
        for identifier, times in Counter(page.ids).items():
            if times > 1:
                yield f"{name}: l'id «{identifier}» c'è {times} volte"


def labels_that_exist(site: Site) -> Iterator[str]:
    """A label or description by id says nothing where the id is missing."""
    for name, page in site.pages.items():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
            for tag in page.having(attribute):
                for identifier in tag[attribute].split():
                    if identifier not in page.ids:
                        yield f"{name}: {attribute}=«{identifier}» non c'è"


def breadcrumbs_below_the_home_page(site: Site) -> Iterator[str]:
    """Who arrives from a search engine must see where they are."""
    for name, page in site.pages.items():
        if name in ("index.html", "404.html"):
            continue
        if not any(tag["class"] == "eco-breadcrumbs" for tag in page.having("class", "nav")):
            yield f"{name}: manca il percorso"


def links_lead_somewhere(site: Site) -> Iterator[str]:
    """A link inside the portal opens a page or file of it, at an anchor that is there."""
    for name, page in site.pages.items():
        links = [tag["href"] for tag in page.having("href")] + [tag["src"] for tag in page.having("src")]
        for href in links:
            target = site.target(name, href)
            if target is None:
                continue
            file, anchor = target
            if file not in site.files:
                yield f"{name}: «{href}» non porta a niente"
            elif anchor and anchor not in site.pages[file].ids:
                yield f"{name}: «{href}» non trova il suo punto"


def menus_mark_the_page_one_is_on(site: Site) -> Iterator[str]:
    """The menu and the tabs, which many pages share, say where one is: on the page's own line and on no other."""
    for name, page in site.pages.items():
        for tag in page.having("class", "a"):
            if tag["class"].split()[0] in ("eco-nav__link", "eco-tabs__link", "eco-subtabs__link"):
                own = site.target(name, tag["href"]) == (name, "")
                if own is not (tag.get("aria-current") == "page"):
                    yield f"{name}: «{tag['href']}» {'non è segnata' if own else 'è segnata'} nel menu"


def redirects_lead_somewhere(site: Site) -> Iterator[str]:
    """An old address answers with the page that stood there."""
    for name, content in site.files.items():
        old = redirects_to(Html(content.decode())) if name.endswith(".html") else ""
        target = site.target(name, old)
        if old and (target is None or target[0] not in site.pages):
            yield f"{name}: il rinvio non porta a una pagina"


def feed_announced(site: Site) -> Iterator[str]:
    """Feed readers find the feed of everything from any page, and a page's own feeds in every format from that page."""
    own = {
        "index.html": ALL_NEWS,
        "novita/index.html": ALL_NEWS,
        "newsletter/index.html": "feed/newsletter",
        "scadenze/index.html": "feed/scadenze-30-giorni",
        **{name: f"feed/{name.removesuffix('/index.html')}" for name in site.pages if WORD.match(name)},
        **{f"{folder}/index.html": f"feed/tipi/{folder}" for folder in BY_FOLDER if folder != "newsletter"},
    }
    for name, page in site.pages.items():
        announced = [tag for tag in page.having("type", "link") if "alternate" in tag["rel"].split()]
        found = {site.target(name, tag["href"]): tag["type"] for tag in announced}
        wanted = {(f"{ALL_NEWS}.xml", ""): FORMATS["xml"]}
        wanted |= {(f"{own[name]}.{ending}", ""): kind for ending, kind in FORMATS.items()} if name in own else {}
        if found != wanted or any(target is None or target[0] not in site.files for target in found):
            yield f"{name}: annuncia {found}"


def nothing_inline_and_nothing_foreign(site: Site) -> Iterator[str]:
    """The policy of the portal is in every page, and no page needs an exception from it."""
    for name, page in site.pages.items():
        policies = [tag for tag in page.having("http-equiv", "meta") if "script-src 'self'" in tag["content"]]
        if len(policies) != 1:
            yield f"{name}: manca la Content-Security-Policy"
        for kind, tag in page.tags:
            if "style" in tag or kind == "style" or any(attribute.startswith("on") for attribute in tag):
                yield f"{name}: stile o gestore di eventi nella pagina ({kind})"
            if kind == "script" and "src" not in tag and tag.get("type") not in DATA:
                yield f"{name}: script scritto nella pagina"
            loaded = tag.get("src") or (tag.get("href") if kind == "link" and "canonical" not in tag["rel"] else None)
            if loaded and site.target(name, loaded) is None:
                yield f"{name}: carica {loaded}"


def edit_links_open_the_entrys_own_file(site: Site) -> Iterator[str]:
    """Who sees a mistake gets to the file that holds it."""
    for name, page in site.entry_pages().items():
        own = f"{EDIT}content/{name.removesuffix('/index.html')}.md"
        found = [tag["href"] for tag in page.having("href", "a") if tag["href"].startswith(EDIT)]
        if found != [own]:
            yield f"{name}: il collegamento per correggere porta a {found}"


def images_described(site: Site) -> Iterator[str]:
    """Every picture has an alternative text, empty only where it decorates the frame."""
    for name, page in site.pages.items():
        for tag in page.having("src", "img"):
            if not tag.get("alt") and "/assets/" not in f"/{tag['src']}":
                yield f"{name}: immagine senza testo alternativo ({tag['src']})"


def italian(site: Site) -> Iterator[str]:
    """Speech programs read every page in Italian."""
    for name, page in site.pages.items():
        if [tag["lang"] for tag in page.having("lang", "html")] != ["it"]:
            yield f"{name}: la lingua non è l'italiano"


def feed_valid(site: Site) -> Iterator[str]:
    """Every feed can be read; its items lead to pages, have names of their own and travel without the portal."""
    for name in sorted(name for name in site.files if name.startswith("feed/") and name.endswith((".xml", ".atom"))):
        feed = feedparser.parse(site.files[name])
        if feed.bozo:
            yield f"{name}: {feed.bozo_exception}"
        for item in feed.entries:
            target = site.target("", item.link)
            if target is None or target[0] not in site.pages:
                yield f"{name}: «{item.link}» non porta a una pagina"
            if not item.id.startswith("tag:ecoteca.example,2026:"):
                yield f"{name}: il nome «{item.id}» non è permanente"
            if item.get("published_parsed") is None:
                yield f"{name}: «{item.title}» non ha data"
        if len({item.id for item in feed.entries}) != len(feed.entries):
            yield f"{name}: due voci hanno lo stesso nome"
        rss = ElementTree.fromstring(site.files[name])
        for content in (*rss.iter(CONTENT), *rss.iter("{http://www.w3.org/2005/Atom}content")):
            yield from (f"{name}: {flaw}" for flaw in bound_to_the_portal(content.text or ""))


def bound_to_the_portal(html: str) -> Iterator[str]:
    """What would make no sense, or harm, outside of the portal's own pages."""
    for kind, tag in Html(html).tags:
        if {"class", "style", "id"} & set(tag) or kind in ("script", "style", "svg", "form", "input", "button"):
            yield f"<{kind}> {tag}"
        for address in filter(None, (tag.get("href"), tag.get("src"))):
            if not address.startswith(("https://", "http://", "mailto:")):
                yield f"indirizzo relativo: {address}"


def mails_stay_whole(site: Site) -> Iterator[str]:
    """A mail is small enough for Gmail, loads nothing and says where to read it otherwise."""
    for name in sorted(name for name in site.files if name.endswith("/mail.html")):
        mail = Html(site.files[name].decode())
        if len(site.files[name]) > MOST_BYTES:
            yield f"{name}: {len(site.files[name])} byte"
        if any(kind in ("script", "link", "img", "iframe") for kind, _ in mail.tags):
            yield f"{name}: carica qualcosa"
        page = f"{site.address}{name.removesuffix('mail.html')}"
        if page not in {tag["href"] for tag in mail.having("href", "a")}:
            yield f"{name}: non dice dove si legge nel browser"


def calendars_lead_back(site: Site) -> Iterator[str]:
    """A date in a calendar leads to the page that explains it."""
    for name in sorted(name for name in site.files if name.endswith(".ics")):
        for event in Calendar.from_ical(site.files[name]).walk("VEVENT"):
            target = site.target("", str(event["URL"]))
            if target is None or target[0] not in site.pages:
                yield f"{name}: «{event['SUMMARY']}» non porta a una pagina"


def what_holds_is_found(site: Site) -> Iterator[str]:
    """The search finds the pages of all entries but those that say that they no longer hold."""
    for name, page in site.entry_pages().items():
        ended = "Questa pagina è superata." in page.text or "Questa pagina è stata ritirata." in page.text
        if any(page.having("data-pagefind-body")) is ended:
            yield f"{name}: la ricerca {'la trova' if ended else 'non la trova'}"


def sitemap_lists_the_pages(site: Site) -> Iterator[str]:
    """Search engines, and instant navigation, know each page by its address and no other file."""
    listed = set(re.findall(r"<loc>([^<]+)</loc>", site.files["sitemap.xml"].decode()))
    pages = {site.address + name.removesuffix("index.html") for name in site.pages if name != "404.html"}
    yield from sorted(f"{url}: manca nella mappa del sito" for url in pages - listed)
    yield from sorted(f"{url}: è nella mappa del sito e non è una pagina" for url in listed - pages)


PROMISES: tuple[Promise, ...] = (
    one_title_a_page,
    every_id_once,
    labels_that_exist,
    breadcrumbs_below_the_home_page,
    links_lead_somewhere,
    menus_mark_the_page_one_is_on,
    redirects_lead_somewhere,
    feed_announced,
    feed_valid,
    mails_stay_whole,
    calendars_lead_back,
    what_holds_is_found,
    nothing_inline_and_nothing_foreign,
    edit_links_open_the_entrys_own_file,
    images_described,
    italian,
    sitemap_lists_the_pages,
)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_every_page_keeps_its_promises(portal: Site, promise: Promise) -> None:
    assert list(promise(portal)) == []


def test_the_real_portal_keeps_all_promises(real_portal: Site) -> None:
    assert [broken for promise in PROMISES for broken in promise(real_portal)] == []


def test_below_a_path_every_link_stays_below_it(portal_below_a_path: Site) -> None:
    below = portal_below_a_path
    assert [broken for promise in PROMISES for broken in promise(below)] == []
    absolute = {tag["href"] for page in below.pages.values() for tag in page.having("href") if tag["href"][0] == "/"}
    assert {href for href in absolute if not href.startswith("/ecoteca/")} == set()
    assert all(item.link.startswith(below.address) for item in feedparser.parse(below.files[f"{ALL_NEWS}.xml"]).entries)


def test_a_move_of_the_portal_renames_no_news(portal: Site, portal_below_a_path: Site) -> None:
    here, there = (feedparser.parse(where.files[f"{ALL_NEWS}.xml"]) for where in (portal, portal_below_a_path))
    assert here.entries[0].link != there.entries[0].link
    assert [item.id for item in here.entries] == [item.id for item in there.entries]


def test_every_entry_of_its_day_has_a_page_and_no_other(portal: Site, miniature: Path) -> None:
    files = {path.relative_to(miniature / "content").with_suffix("") for path in miniature.glob("content/*/*.md")}
    shown = {Path(name).parent for name in portal.entry_pages()}
    assert files - shown == {Path("domande/nascosta"), Path("guide/futura")}
    assert shown - files == set()


def test_a_draft_and_tomorrows_entry_are_in_no_file(portal: Site) -> None:
    # Parts of the search index are compressed.
    texts = {name: gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw for name, raw in portal.files.items()}
    assert any(b"rifiuti" in text for name, text in texts.items() if name.startswith("pagefind/fragment/"))
    for word in (b"INVISIBILE", b"invisibile", b"domande/nascosta", b"guide/futura", b"guida-futura"):
        assert [name for name, text in texts.items() if word in text] == []
    assert [name for name in portal.files if "nascosta" in name or "futura" in name or "invisibile" in name] == []


@pytest.mark.parametrize(
    ("url", "leading"),
    [
        ("adempimenti/custodia-pennacchi/", {"adempimenti", "novita"}),
        ("cam/cappelli-2019/", {"cam", "cam/cappelli", "novita"}),
    ],
)
def test_what_no_longer_holds_keeps_its_page_and_its_past_and_leaves_lists_and_search(
    portal: Site, url: str, leading: set[str]
) -> None:
    page = portal.pages[f"{url}index.html"]
    linking = {
        str(Path(name).parent)
        for name, other in portal.pages.items()
        if other is not page
        and (f"{url}index.html", "") in {portal.target(name, tag["href"]) for tag in other.having("href")}
    }
    assert linking == leading
    assert url in portal.files["feed/novita.xml"].decode()


def test_nothing_but_the_portal_is_published(portal: Site) -> None:
    made = {name for name in portal.files if not name.startswith(("assets/", "pagefind/", "schemi/"))}
    others = {name for name in made if not name.endswith((".html", ".csv"))}
    assert {name for name in others if not name.startswith(("calendario/", "feed/"))} == {
        ".ecoteca",
        "cosa-si-applica/dati.json",
        "immagini/cappello.png",
        "newsletter/2026-11/mail.txt",
        "newsletter/2026-11/newsletter.eml",
        "registro.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
        "stato/dati.json",
    }
    assert {Path(name).suffix for name in others if name.startswith("calendario/")} == {".ics"}
    assert {Path(name).suffix for name in others if name.startswith("feed/")} == {f".{ending}" for ending in FORMATS}


def test_the_same_content_gives_the_same_bytes_anywhere(portal: Site, tmp_path: Path) -> None:
    elsewhere = new_project(tmp_path / "un altro posto, più in là" / "progetto")
    later = {path: path.read_bytes() for path in sorted(elsewhere.glob("content/*/*"), reverse=True)}
    for path, content in later.items():
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (1, 1))
    surroundings = {"TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8", "LANG": "C", "PYTHONHASHSEED": "42"}
    again = publish(elsewhere, tmp_path / "sito", portal.address, surroundings)
    assert [name for name in portal.files if again.files.get(name) != portal.files[name]] == []
    assert set(again.files) == set(portal.files)


def test_the_renderers_fork_publishes_the_same(portal: Site, miniature: Path, tmp_path: Path) -> None:
    fork = publish(miniature, tmp_path / "site", portal.address, {"ECOTECA_RENDERER": "properdocs"})
    assert [name for name in portal.files if fork.files.get(name) != portal.files[name]] == []
    assert set(fork.files) == set(portal.files)
