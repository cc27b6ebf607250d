"""Text of an entry never becomes markup: hostile text in every field, looked for in pages, results and feed.

The content is the miniature, in which every text that an editor can write is replaced by a canary: one that sings if
anything takes it for more than text. What a field is declared to refuse (an identifier, an address, a word of a
vocabulary) stays as it was. The browser is told to ignore the portal's Content-Security-Policy, which would silence a
canary that should never have been let out.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from ecoteca.declared import declare
from ecoteca.entries import BY_FOLDER
from ecoteca.entries.fields import Key, marked_values
from ecoteca.reading import Document, dotted, read_entry, source_at
from portals import Html, Site, hosted, new_project, one_line, publish, redirects_to
from support import entry_text

SONGS = (
    '<script>window.sang=1</script><img src=x onerror="window.sang=2">&lt;u&gt; Tipo:finto "\'`{{7*7}}${7*7}]]>-->',
    "\"><svg onload=window.sang=3>&lt;img src=x onerror=window.sang=4&gt;{% raw %}{{+ 7*7 +}}'</title>[content]",
    "<img src=x onerror=window.sang=5>&#60;u>\"'{{7*7}}${7}",
)
"""The last is short enough for every field."""

ADDRESS_SONG = "?'onclick='window.sang=6'&lt;={{7*7}}"
"""What an address can hold of them."""

BODY = """
## Titolo &lt;script&gt;window.sang=7&lt;/script&gt; `<img src=x onerror=window.sang=8>`

Testo &lt;img src=x onerror=window.sang=9&gt; {{7*7}}, `<script>window.sang=10</script>` e \\<u>.

[Collegamento](https://example.org/?"onclick="window.sang=11 "titolo\\"><img src=x onerror=window.sang=12>")
e ![Figura "><img src=x onerror=window.sang=13>](../immagini/cappello.png).

| Tabella `<img src=x onerror=window.sang=14>` |
| --- |
| &quot;&gt;&lt;svg onload=window.sang=15&gt; |

```html"><img
</code></pre><script>window.sang=16</script>
```

Nota.[^n]

[^n]: Nota &lt;script&gt;window.sang=17&lt;/script&gt;.
"""

STRANGERS = 'img[src="x"], svg[onload], u, [onerror], [onload], [onclick], script:not([src]):not([type])'
"""What can only be in a page if a canary was taken for markup."""

VOCABULARY_TEXTS = ("title", "source", "name", "intro", "area", "code", "explain", "example", "hint")

SILENT = {
    ("content/adempimenti/custodia-pennacchi.md", "deadlines[1].what"),
    ("content/adempimenti/registro-cappelli.md", "developments[3].note"),
}
"""What no page shows: the deadline of a duty that was withdrawn, a fact of tomorrow."""

OPENED = (
    "",
    "adempimenti/",
    "calendari/",
    "cam/",
    "cosa-si-applica/",
    "glossario/",
    "normativa/",
    "novita/",
    "scadenze/",
    "settori/cappellai/",
    "stato/",
    "temi/",
    "temi/cappelli/",
)
"""Pages that gather entries, one of each template."""

ANSWERED = ("settore=cappellai", "settore=teatri&teste=oltre-10&cappelli=usati,bagnati&piume=si")
"""«Cosa si applica a me?» amid its questions and after them."""


@dataclass(slots=True)
class Aviary:
    """The canaries by number: what each says, and the file and field in which it sits."""

    songs: dict[int, str] = field(default_factory=dict)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)

    def canary(self, place: tuple[str, str], song: str) -> str:
        """A new canary, for now only on trial."""
        number = len(self.songs) + 1
        self.places[number] = place
        self.songs[number] = f"Canarino {number}: {song}"
        return self.songs[number]

    def distorted(self, text: str) -> list[str]:
        """The canaries in a text that do not say, letter for letter, what they were given to say."""
        heard = ((match, self.songs[int(match[1])]) for match in re.finditer(r"Canarino (\d+):", text))
        return [song for match, song in heard if not text.startswith(song, match.start())]

    def heard_in(self, text: str) -> set[int]:
        """The canaries in a text."""
        return {int(number) for number in re.findall(r"Canarino (\d+):", text)}

    def sitting_in(self, path: str) -> dict[str, str]:
        """The canaries of a file, by field."""
        return {name: self.songs[number] for number, (file, name) in self.places.items() if file == path}


def texts(value: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every text in a document's data, with its place."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from texts(item, (*key, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from texts(item, (*key, position))


def put(data: Any, key: Key, text: str) -> Any:
    """The same data with another text in one place."""
    changed = deepcopy(data)
    holder = changed
    for part in key[:-1]:
        holder = holder[part]
    holder[key[-1]] = text
    return changed


def accepted(document: Document, data: Any, key: Key) -> bool:
    """Whether a document may hold these data, and what stands at `key` is not a word, an id or an answer."""
    entry = declare(BY_FOLDER[document.folder], replace(document, data=data)).entry
    return entry is not None and "is" not in key and all(marked.key != key for marked in marked_values(entry))


def filled_with_canaries(document: Document, aviary: Aviary) -> dict[str, Any]:
    """The document's data with a canary wherever its declaration lets one in."""
    data: dict[str, Any] = deepcopy(dict(document.data))
    for turn, (key, text) in enumerate(texts(document.data)):
        if text.startswith("http"):
            data = with_address(document, data, key, text + ADDRESS_SONG)
            continue
        for song in (SONGS[turn % 2], SONGS[2]):
            number = len(aviary.songs) + 1
            changed = put(data, key, aviary.canary((document.path, dotted(key)), song))
            if accepted(document, changed, key):
                data = changed
                break
            del aviary.songs[number], aviary.places[number]
    return data


def with_address(document: Document, data: Any, key: Key, address: str) -> dict[str, Any]:
    """The data with a hostile address, if the declaration takes it."""
    changed: dict[str, Any] = put(data, key, address)
    return changed if accepted(document, changed, key) else data


@pytest.fixture(scope="module")
def aviary() -> Aviary:
    """The canaries; filled when the portal is built."""
    return Aviary()


@pytest.fixture(scope="module")
def canaries(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The portal of the canaries, published and served."""
    folder = tmp_path_factory.mktemp("canaries")
    project = new_project(folder / "project")
    for file in sorted(project.glob("content/*/*.md")):
        path = file.relative_to(project).as_posix()
        document = read_entry(source_at(file, path))
        file.write_text(entry_text(filled_with_canaries(document, aviary), document.body + BODY), encoding="utf-8")
    for file in sorted(project.glob("content/vocabolari/*.yaml")):
        path = file.relative_to(project).as_posix()
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for turn, (key, _) in enumerate(texts(data)):
            if key[-1] in VOCABULARY_TEXTS:
                song = SONGS[2] if key[-1] in ("area", "code") else SONGS[turn % 2]
                data = put(data, key, aviary.canary((path, dotted(key)), song))
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with hosted(folder / "site") as address:
        yield publish(project, folder / "site", address)


def source_of(name: str) -> str:
    """The entry's file that became the page in the file `name`."""
    return f"content/{name.removesuffix('/index.html')}.md"


def test_there_is_a_canary_in_every_entry(canaries: Site, aviary: Aviary) -> None:
    for name in canaries.entry_pages():
        wanted = {"title", "summary"} if name.startswith("newsletter/") else {"title", "summary", "sources[1].title"}
        assert wanted <= set(aviary.sitting_in(source_of(name)))
    assert {Path(file).parent.name for file, _ in aviary.places.values()} == {*BY_FOLDER, "vocabolari"}


def test_every_canary_is_shown_letter_for_letter(canaries: Site, aviary: Aviary) -> None:
    assert [(name, song) for name, page in canaries.pages.items() for song in aviary.distorted(page.text)] == []


def test_every_text_of_an_entry_is_on_its_page(canaries: Site, aviary: Aviary) -> None:
    heard = {source_of(name): aviary.heard_in(page.text) for name, page in canaries.entry_pages().items()}
    unheard = {place for number, place in aviary.places.items() if number not in heard.get(place[0], {number})}
    assert {(file, name) for file, name in unheard if not name.startswith("applies.")} == SILENT


def test_why_a_duty_applies_is_told_by_who_asks(canaries: Site, aviary: Aviary) -> None:
    data = json.loads(canaries.files["cosa-si-applica/dati.json"])
    told = "\n".join(text for key, text in texts(data) if key[-1] != "event")  # those are in the calendars' own form
    applying = {number for number, (_, name) in aviary.places.items() if name.startswith("applies.")}
    asking = {number for number, (file, _) in aviary.places.items() if file.endswith("/domande-guida.yaml")}
    [title] = (number for number in asking if aviary.places[number][1] == "title")
    assert applying
    assert (applying | asking) - aviary.heard_in(told) == {title}
    assert aviary.distorted(told) == []


def test_no_tag_and_no_attribute_comes_from_a_canary(canaries: Site) -> None:
    for name, content in canaries.files.items():
        if not name.endswith(".html"):
            continue
        for tag, attributes in Html(content.decode()).tags:
            assert tag != "u", name
            assert attributes.get("src") != "x", name
            assert [attribute for attribute in attributes if attribute.startswith("on")] == [], name


def test_title_and_description_of_a_page_are_its_entrys(canaries: Site, aviary: Aviary) -> None:
    for name, page in canaries.entry_pages().items():
        own = aviary.sitting_in(source_of(name))
        assert [tag["content"] for tag in page.having("content", "meta") if tag.get("name") == "description"] == [
            own["summary"]
        ]
        assert page.text.startswith(f"{own['title']} · Ecoteca")


def test_an_old_address_names_its_page_as_text(canaries: Site, aviary: Aviary) -> None:
    old = Html(canaries.files["guide/registro/index.html"].decode())
    title = aviary.sitting_in("content/adempimenti/registro-cappelli.md")["title"]
    assert old.text == f"{title} Questa pagina si è spostata: {title}."
    assert redirects_to(old) == "../../adempimenti/registro-cappelli/"


def test_feeds_carry_text(canaries: Site, aviary: Aviary) -> None:
    feeds = [raw for name, raw in canaries.files.items() if name.startswith("feed/") and name.endswith(".xml")]
    items = [item for raw in feeds for item in ElementTree.fromstring(raw).findall("channel/item")]
    titles = [item.findtext("title", "") for item in items]
    for name in canaries.entry_pages():
        own = aviary.sitting_in(source_of(name))["title"]
        assert any(own in title for title in titles)
    categories = [category.text or "" for item in items for category in item.iter("category")]
    assert [song for text in (*titles, *categories) for song in aviary.distorted(text)] == []
    for item in items:
        # Readers take a description for HTML.
        description = Html(item.findtext("description", ""))
        assert description.tags == []
        assert aviary.heard_in(description.text) != set()
        assert aviary.distorted(description.text) == []


def test_calendars_carry_text(canaries: Site, aviary: Aviary) -> None:
    calendars = [Calendar.from_ical(raw) for name, raw in canaries.files.items() if name.endswith(".ics")]
    shown = [
        str(text)
        for calendar in calendars
        for part in (*calendar.walk("VEVENT"), *calendar.walk("VALARM"))
        for _, value in part.property_items(recursive=False)
        for text in getattr(value, "cats", [value])
    ]
    heard = aviary.heard_in("\n".join(shown))
    assert {
        ("content/adempimenti/bollo-spazzole.md", "deadlines[4].extensions[2].act"),
        ("content/adempimenti/bollo-spazzole.md", "deadlines[5].withdrawn.why"),
        ("content/adempimenti/custodia-pennacchi.md", "deadlines[1].what"),
        ("content/bandi/testa-alta.md", "phases[2].name"),
        ("content/eventi/giornata-feltro.md", "venue"),
        ("content/vocabolari/temi.yaml", "items[1].name"),
    } <= {aviary.places[number] for number in heard}
    assert [song for text in shown for song in aviary.distorted(text)] == []


def test_tables_carry_text(canaries: Site, aviary: Aviary) -> None:
    table = canaries.files["analisi/teste-e-cappelli/valli.csv"].decode("utf-8-sig").replace('""', '"')
    assert len(aviary.heard_in(table)) == 7
    assert aviary.distorted(table) == []


@pytest.fixture
def tame(browser: Browser) -> Iterator[Page]:
    """A page without the protection of the portal's policy."""
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def assert_silent(page: Page, aviary: Aviary, shown: str = "body") -> None:
    """Nothing of a canary has run or become an element, and what is shown of it is what was written."""
    assert page.evaluate("window.sang") is None, page.url
    assert page.locator(STRANGERS).count() == 0, page.url
    texts = page.locator(shown).all_text_contents()
    assert aviary.distorted(one_line("\n".join(texts))) == [], page.url


def test_no_canary_sings_in_any_page(canaries: Site, aviary: Aviary, tame: Page) -> None:
    for url in (*OPENED, *(name.removesuffix("index.html") for name in canaries.entry_pages())):
        tame.goto(canaries.address + url)
        assert_silent(tame, aviary)


def test_no_canary_sings_in_what_feeds_bring(canaries: Site, aviary: Aviary, tame: Page) -> None:
    items = json.loads(canaries.files["feed/novita.json"])["items"]
    tame.goto(f"{canaries.address}mail")  # a page that is not there, and so without anything of its own
    tame.set_content("".join(item["content_html"] for item in items))
    assert_silent(tame, aviary)
    assert len(aviary.heard_in(tame.locator("body").inner_text())) > 50


def test_no_canary_sings_in_a_mail(canaries: Site, aviary: Aviary, tame: Page) -> None:
    tame.goto(f"{canaries.address}newsletter/2026-11/mail.html")
    assert tame.evaluate("window.sang") is None
    assert tame.locator(STRANGERS).count() == 0
    assert aviary.distorted(one_line(as_written(tame.locator("body").inner_text()))) == []
    assert as_written(tame.title()) == aviary.sitting_in("content/newsletter/2026-11.md")["title"]


def as_written(text: str) -> str:
    """The text of a mail with the braces together again that were parted for the services that send it."""
    return text.replace("{ {", "{{").replace("} }", "}}")


def test_mails_carry_text(canaries: Site, aviary: Aviary) -> None:
    own = aviary.sitting_in("content/newsletter/2026-11.md")
    mail = message_from_bytes(canaries.files["newsletter/2026-11/newsletter.eml"], policy=default)
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert mail["subject"] == own["title"]
    assert plain.splitlines() == canaries.files["newsletter/2026-11/mail.txt"].decode("utf-8-sig").splitlines()
    for text in map(as_written, (one_line(plain), Html(html).text)):
        told = {name for name in own if not name.startswith("sources")}
        assert {name for name in told if own[name] not in text} <= {"summary"}
        assert aviary.distorted(text) == []


@pytest.mark.parametrize("answers", ANSWERED)
def test_no_canary_sings_in_what_applies(canaries: Site, aviary: Aviary, tame: Page, answers: str) -> None:
    tame.goto(f"{canaries.address}cosa-si-applica/#{answers}")
    expect(tame.locator(".eco-match__item").first).to_be_visible()
    for summary in tame.locator(".eco-match__more summary").all():
        summary.click()
    assert_silent(tame, aviary)
    told = {aviary.places[number][1] for number in aviary.heard_in(tame.locator(".eco-chooser").inner_text())}
    assert {"title", "applies.reason", "applies.first_step", "items[1].name"} <= told


def test_no_canary_sings_in_the_search(canaries: Site, aviary: Aviary, tame: Page) -> None:
    # Excerpts are cut anywhere, so of them only the silence is asked.
    whole = ".eco-found__type, .eco-found__title, .eco-found__summary"
    found = tame.locator(".eco-found:not(.eco-found--waiting)")
    tame.goto(canaries.address)
    tame.keyboard.press("Control+k")
    expect(tame.get_by_role("searchbox")).to_be_focused()
    tame.keyboard.insert_text("canarino script img")
    expect(found.first).to_be_visible()
    groups = tame.locator("pagefind-filter-pane details").all()
    assert [group.get_attribute("data-filter-name") for group in groups] == ["Tipo", "Tema", "Settore", "Stato"]
    for group in groups:
        group.locator("summary").click()
    assert_silent(tame, aviary, whole)
    assert len(aviary.heard_in(" ".join(tame.locator(whole).all_text_contents()))) >= 4
    # Pagefind reads the words of filters once too often: `&lt;` becomes `<`, still text.
    offered = tame.get_by_role("checkbox", name=re.compile("^Canarino")).first.get_attribute("value")
    assert offered in {unescape(song) for song in aviary.sitting_in("content/vocabolari/temi.yaml").values()}
    found.first.get_by_role("link").click()
    expect(tame.get_by_role("dialog")).to_be_hidden()
    assert_silent(tame, aviary, "article")
