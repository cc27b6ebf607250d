"""The portal as readers meet it: in Chromium, by keyboard and by touch, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from portals import Site

ONE_OF_EACH = (
    "",
    "adempimenti/",
    "adempimenti/bollo-spazzole/",
    "adempimenti/custodia-pennacchi/",
    "adempimenti/registro-cappelli/",
    "analisi/teste-e-cappelli/",
    "azioni/teste-coperte/",
    "bandi/testa-alta/",
    "calendari/",
    "cam/",
    "cam/cappelli/",
    "casi-studio/sartoria-tubo/",
    "cosa-si-applica/",
    "domande/cappello-bagnato/",
    "eventi/giornata-feltro/",
    "glossario/",
    "glossario/piuma/",
    "guide/cappelli-in-ordine/",
    "newsletter/2026-11/",
    "normativa/direttiva-cappelli/",
    "novita/",
    "progetto/campi/",
    "progetto/guida-redattori/",
    "scadenze/",
    "settori/cappellai/",
    "stato/",
    "temi/",
    "temi/cappelli/",
    "404.html",
)
"""A page from each template, of the miniature."""

TELEPHONE: ViewportSize = {"width": 360, "height": 740}


def open_and_remember(page: Page, url: str) -> None:
    """Opens a page, with all that instant navigation needs, and leaves a mark that only a full load wipes out."""
    page.goto(url, wait_until="networkidle")
    page.evaluate("window.remembered = true")


def search(page: Page, words: str, understood: str = "") -> None:
    """Looks for words as a reader at the keyboard does; `understood` is what they are taken for, if not for themselves."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="Parole da cercare")).to_be_focused()
    page.keyboard.insert_text(words)
    wait_for_answer(page, understood or words)


def wait_for_answer(page: Page, words: str) -> None:
    """Waits until the pages found are those for `words`."""
    expect(page.locator("pagefind-summary")).to_contain_text(f"«{words}»")
    expect(page.get_by_role("list", name="Pagine trovate")).to_have_attribute("aria-busy", "false")


def filter_by(page: Page, group: str, word: str) -> None:
    """Ticks a filter of the search with the keyboard."""
    page.locator("summary", has_text=group).focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(word)}\b")).focus()
    page.keyboard.press("Space")


def open_first_result(page: Page, portal: Site) -> None:
    """Follows the first page found and sees that it is the one promised."""
    # Pages found are filled in as they arrive, in any order.
    first = page.locator("[data-pf-result-index='0'] .eco-found__title a")
    title = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.startswith(portal.address)


def test_search_filter_and_open_a_result_with_the_keyboard(page: Page, portal: Site) -> None:
    page.goto(portal.address)
    search(page, "rifiuti")
    found = page.locator(".eco-found:not(.eco-found--waiting)")
    expect(found.nth(3)).to_be_visible()
    filter_by(page, "Tipo", "Adempimento")
    expect(page.locator("pagefind-summary")).to_have_text("1 pagina per «rifiuti»")
    expect(found.locator(".eco-found__type")).to_have_text(["Adempimento"])
    expect(found.locator(".eco-found__summary")).to_contain_text("rifiuti di cappelleria")
    open_first_result(page, portal)
    assert page.url == f"{portal.address}adempimenti/registro-cappelli/"


def test_the_real_portal_is_searched_filtered_and_opened(page: Page, real_portal: Site) -> None:
    page.goto(real_portal.address)
    search(page, "rifiuti")
    filter_by(page, "Tipo", "Adempimento")
    expect(page.locator(".eco-found__type", has_not_text="Adempimento")).to_have_count(0)
    open_first_result(page, real_portal)


@pytest.mark.parametrize("words", ["MUD", "rifiuti pericolosi", "imballaggi", "deposito temporaneo"])
def test_who_looks_for_a_duty_finds_it_before_the_law(page: Page, real_portal: Site, words: str) -> None:
    page.goto(real_portal.address)
    search(page, words)
    expect(page.locator("[data-pf-result-index='0'] .eco-found__type")).to_have_text("Adempimento")


def test_a_word_of_the_summary_is_found_and_the_summary_shown_once(page: Page, portal: Site) -> None:
    page.goto(portal.address)
    search(page, "mucchio")
    found = page.locator("[data-pf-result-index='0']")
    expect(found.locator(".eco-found__title")).to_have_text("Mettere in ordine i cappelli")
    expect(found.locator(".eco-found__summary")).to_contain_text("Dal mucchio al registro")
    expect(found.locator(".eco-found__excerpt")).not_to_contain_text("mucchio")


@pytest.mark.parametrize(
    ("words", "understood"),
    [("codice CER", "codice EER"), ("CER 080111", "codice EER"), ("08 01 11*", "codice EER"), ("130205", '"13 02 05"')],
)
def test_waste_codes_are_found_however_they_are_written(
    page: Page, real_portal: Site, words: str, understood: str
) -> None:
    page.goto(real_portal.address)
    search(page, words, understood)
    expect(page.locator("[data-pf-result-index='0'] .eco-found__title")).to_contain_text(
        re.compile("EER|codice|[Oo]li")
    )


def test_search_goes_on_after_instant_navigation(page: Page, portal: Site) -> None:
    open_and_remember(page, portal.address)
    search(page, "rifiuti")
    open_first_result(page, portal)
    page.get_by_role("navigation", name="Sezioni").get_by_role("link", name="Norme").click()
    expect(page.locator("h1")).to_have_text("Norme")
    search(page, "piume")
    open_first_result(page, portal)
    assert page.evaluate("window.remembered"), "le pagine sono state ricaricate per intero"


def test_a_filter_alone_lists_all_that_it_lets_through(page: Page, portal: Site) -> None:
    page.goto(portal.address)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    filter_by(page, "Tema", "Cappelli & affini")
    filter_by(page, "Tipo", "Azione")
    expect(page.locator(".eco-found__title")).to_have_text(["Teste coperte"])
    page.get_by_role("button", name="Togli i filtri").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_nothing_is_listed_before_something_is_asked_for(page: Page, portal: Site) -> None:
    hint = "Scrivi una parola, una sigla o il numero di un atto; oppure scegli un filtro."
    said, found = page.locator("pagefind-summary"), page.locator(".eco-found")
    page.goto(portal.address)
    page.keyboard.press("Control+k")
    expect(page.locator("pagefind-filter-pane summary").first).to_be_visible()
    expect(said).to_have_text(hint)
    expect(found).to_have_count(0)
    page.keyboard.insert_text("rifiuti")
    wait_for_answer(page, "rifiuti")
    expect(found).not_to_have_count(0)
    filter_by(page, "Tipo", "Adempimento")
    expect(said).to_have_text("1 pagina per «rifiuti»")
    page.get_by_role("button", name="Cancella").click()
    expect(said).to_have_text(re.compile(r"^\d+ pagine$"))
    page.get_by_role("button", name="Togli i filtri").click()
    expect(said).to_have_text(hint)
    expect(found).to_have_count(0)


def test_statuses_are_offered_without_their_dates(page: Page, portal: Site) -> None:
    page.goto(portal.address)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    statuses = page.locator("pagefind-filter-pane details", has_text="Stato")
    statuses.locator("summary").click()
    expect(statuses.get_by_role("checkbox").first).to_be_visible()
    offered = {box.get_attribute("value") for box in statuses.get_by_role("checkbox").all()}
    assert {"Abrogata", "Adottata", "Aperto", "In vigore"} <= offered
    assert "Superata" not in offered, "quelle schede non sono nella ricerca"
    page.get_by_role("checkbox", name="Abrogata").check()
    expect(page.locator(".eco-found__title")).to_have_text(["Regolamento (UE) 2016/9900 sulle piume"])


def test_escape_closes_the_search_and_gives_the_focus_back(page: Page, portal: Site) -> None:
    page.goto(f"{portal.address}glossario/")
    opener = page.get_by_role("button", name="Cerca")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_everything_works_below_a_path(page: Page, portal_below_a_path: Site) -> None:
    open_and_remember(page, f"{portal_below_a_path.address}guide/cappelli-in-ordine/")
    search(page, "rifiuti")
    open_first_result(page, portal_below_a_path)
    page.get_by_role("navigation", name="Percorso").get_by_role("link", name="Inizio").click()
    expect(page.locator("h1")).to_contain_text("Quali obblighi")
    assert page.url == portal_below_a_path.address
    search(page, "piume")
    open_first_result(page, portal_below_a_path)
    assert page.evaluate("window.remembered"), "le pagine sono state ricaricate per intero"
    page.goto(f"{portal_below_a_path.address}guide/registro/")
    expect(page).to_have_url(f"{portal_below_a_path.address}adempimenti/registro-cappelli/")


def test_the_policy_stops_scripts_and_other_hosts(page: Page, portal: Site, complaints: list[str]) -> None:
    page.goto(portal.address)
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.broken = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<button id="lure" onclick="window.broken = true">x</button>');
        document.getElementById('lure').click();
    }""")
    assert page.evaluate("window.broken") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 'sì', () => 'no')") == "no"
    refused = [said for said in complaints if "Content Security Policy" in said]
    assert len(refused) >= 3
    assert set(complaints) - set(refused) <= {"richiesta a un altro host: https://example.org/"}
    complaints.clear()


def test_a_lost_reader_is_met_in_italian_and_can_search(page: Page, portal: Site, complaints: list[str]) -> None:
    page.goto(f"{portal.address}adempimenti/che-non/esiste/")
    complaints.remove(f"404: {portal.address}adempimenti/che-non/esiste/")
    expect(page.locator("h1")).to_have_text("Pagina non trovata")
    page.get_by_label("Che cosa cerchi?").fill("rifiuti")
    page.keyboard.press("Enter")
    wait_for_answer(page, "rifiuti")
    open_first_result(page, portal)


def test_the_lost_page_below_a_path_leads_back_below_it(
    page: Page, portal_below_a_path: Site, complaints: list[str]
) -> None:
    page.goto(f"{portal_below_a_path.address}nulla/")
    complaints.remove(f"404: {portal_below_a_path.address}nulla/")
    page.get_by_role("article").get_by_role("link", name="Norme").click()
    expect(page.locator("h1")).to_have_text("Norme")
    assert page.url == f"{portal_below_a_path.address}normativa/"


def test_an_old_address_leads_to_the_page(page: Page, portal: Site) -> None:
    page.goto(f"{portal.address}adempimenti/cappelli-vecchi/")
    expect(page).to_have_url(f"{portal.address}adempimenti/registro-cappelli/")


def test_everything_can_be_read_without_javascript(browser: Browser, portal: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.address)
    expect(page.get_by_text("La ricerca ha bisogno di JavaScript. Senza, parti dai")).to_be_visible()
    expect(page.get_by_role("button", name="Cerca")).to_be_hidden()
    expect(page.get_by_role("heading", name="Prossime scadenze")).to_be_visible()
    page.get_by_role("navigation", name="Sezioni").get_by_role("link", name="Bandi ed eventi").click()
    page.get_by_role("link", name="Bando «Testa alta»").click()
    expect(page.locator("h1")).to_have_text("Bando «Testa alta»")
    for phase, state in (("idee", "Chiusa"), ("progetti", "Aperta"), ("sportello", "Non ancora aperta")):
        said = page.locator(".eco-phase", has_text=phase).locator(".eco-phase__state")
        expect(said).to_have_text(f"{state} al 23 novembre 2026")
    page.goto(f"{portal.address}adempimenti/registro-cappelli/")
    for text in ("Iscrizione entro dieci giorni", "Conta anche i cappelli", "Lo dice l'art. 2", "Fonti"):
        expect(page.get_by_text(text).first).to_be_visible()
    context.close()


@pytest.mark.parametrize(("day", "states"), [("2026-11-02T09:59", 0), ("2026-12-11T15:59", 1), ("2026-12-11T16:00", 2)])
def test_the_browser_says_again_which_phase_is_open(browser: Browser, portal: Site, day: str, states: int) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}:00+01:00")
    page.goto(f"{portal.address}bandi/testa-alta/")
    second = page.locator(".eco-phase").nth(1).locator(".eco-phase__state")
    expect(second).to_contain_text(("Non ancora aperta", "Aperta", "Chiusa")[states])
    expect(second.locator("time")).to_be_hidden()
    context.close()


def test_news_are_filtered_by_theme_with_its_narrower_ones(page: Page, portal: Site) -> None:
    page.goto(f"{portal.address}novita/")
    page.get_by_label("Tema").select_option("Cappelli usati")
    titles = page.locator(".eco-item:visible h3")
    expect(titles.filter(has_text="Disponibili i materiali: Giornata del feltro")).to_have_count(0)
    expect(titles.filter(has_text="Sartoria Tubo")).to_have_count(1)
    narrow = titles.count()
    page.get_by_label("Tema").select_option("Cappelli & affini")
    expect(titles.filter(has_text="Disponibili i materiali: Giornata del feltro")).to_have_count(1)
    expect(titles.filter(has_text="Sartoria Tubo")).to_have_count(1)
    assert 0 < narrow < titles.count()
    expect(page.get_by_role("status").filter(has_text="notizie")).to_contain_text("per: Cappelli & affini.")


def test_who_filters_news_sees_the_folded_ones_too(page: Page, real_portal: Site) -> None:
    page.goto(f"{real_portal.address}novita/")
    folded = page.locator("details[data-more] .eco-item")
    expect(folded.first).to_be_hidden()
    page.get_by_label("Tema").select_option(index=1)
    expect(folded.locator("visible=true").first).to_be_visible()
    page.get_by_role("button", name="Togli i filtri").click()
    expect(folded.first).to_be_hidden()


def test_no_page_is_wider_than_a_telephone(page: Page, portal: Site) -> None:
    page.set_viewport_size(TELEPHONE)
    wide: dict[str, int] = {}
    for url in ONE_OF_EACH:
        page.goto(portal.address + url)
        width = int(page.evaluate("document.documentElement.scrollWidth"))
        if width > TELEPHONE["width"]:
            wide[url] = width
    assert wide == {}


def test_the_menu_of_a_telephone_opens_and_leads_on(page: Page, portal: Site) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(portal.address)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Glossario").click()
    expect(page.locator("h1")).to_have_text("Glossario")
    expect(menu).to_be_hidden()


def test_the_dark_theme_follows_the_system_and_then_the_reader(page: Page, portal: Site) -> None:
    light, dark = re.compile(r"^rgb\(2\d\d, 2\d\d, 2\d\d\)$"), re.compile(r"^rgb\(\d\d?, \d\d?, \d\d?\)$")
    body = page.locator("body")
    page.emulate_media(color_scheme="light")
    page.goto(portal.address)
    expect(body).to_have_css("background-color", light)
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("background-color", dark)
    page.get_by_role("button", name="Cambia tra tema chiaro e scuro").click()
    expect(body).to_have_css("background-color", light)
    page.reload()
    expect(body).to_have_css("background-color", light)


def test_the_keyboard_skips_to_the_content(page: Page, portal: Site) -> None:
    page.goto(f"{portal.address}adempimenti/registro-cappelli/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Vai al contenuto")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contenuto")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="Percorso").get_by_role("link", name="Inizio")).to_be_focused()
