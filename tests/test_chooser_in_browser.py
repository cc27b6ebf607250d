"""«Cosa si applica a me?» in a real browser: it judges as Python does, by keyboard, and sends nothing anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from companies import PROFILES, Profile, read_profile, rules_of
from ecoteca.applicability import Answers, assess, evaluate, remaining, sensible
from ecoteca.catalogue import build
from ecoteca.corpus import read_corpus
from ecoteca.deadlines import occurrences
from ecoteca.entries import Duty
from ecoteca.entries.applicability import Condition
from ecoteca.entries.deadline import Deadline
from ecoteca.formats import day as written
from ecoteca.outputs.chooser import ahead, duties, plain
from ecoteca.vocabularies import UNSURE
from portals import Site
from support import ROOT, day_of_the_contents

CORPUS = read_corpus(ROOT)
QUESTIONS = CORPUS.vocabularies.questions
DAY = day_of_the_contents()
GUIDED = [(record, duty) for record, duty in duties(build(CORPUS, DAY)) if duty.applies is not None]
DUTIES = {duty.id: duty for _, duty in GUIDED}
AHEAD = {duty.id: [rule for rule, _ in ahead(record, duty, DAY)] for record, duty in GUIDED}
"""The deadlines that the page tells, by duty."""
DEADLINES = {f"{key}/{rule.id}": rule for key, rules in AHEAD.items() for rule in rules}
RULES = {name: rule for key, duty in DUTIES.items() for name, rule in rules_of(duty, AHEAD[key]).items()}
NOON = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=timezone(timedelta(hours=1)))


def profile(name: str) -> Profile:
    return read_profile(ROOT / "tests" / "profiles" / f"{name}.yaml")


GARAGE = profile("autofficina")
"""Eight people and some hazardous waste: the company that the guide is for."""

JUDGE = """async ([module, data, companies]) => {
  const { assess, narrowed, remaining, rulesOf, sensible } = await import(module);
  const { questions, duties } = await (await fetch(data)).json();
  const rules = rulesOf(duties);
  const named = duties.flatMap(({ id, rule, deadlines }) => [
    [id, rule],
    ...deadlines.map((deadline) => [`${id}/${deadline.id}`, narrowed(rule, deadline.only_if)]),
  ]);
  return companies.map((company) => {
    const asked = [];
    const answers = new Map();
    for (let [next] = remaining(questions, rules, answers); next; [next] = remaining(questions, rules, answers)) {
      asked.push(next.id);
      answers.set(next.id, company[next.id]);
    }
    const known = sensible(questions, answers);
    return [asked, named.map(([name, rule]) => [name, assess(rule, known).outcome])];
  });
}"""

EVALUATE = """async ([module, cases]) => {
  const { assess, evaluate } = await import(module);
  return cases.map(([when, answers]) => {
    const known = new Map(Object.entries(answers));
    return [evaluate(when, known), assess({ when, uncertain: false }, known).open];
  });
}"""


@pytest.fixture
def chooser(page: Page, real_portal: Site) -> Page:
    """The page, as one finds it on the day of these tests."""
    page.clock.set_fixed_time(NOON)
    page.goto(f"{real_portal.address}cosa-si-applica/", wait_until="networkidle")
    return page


def asked_in_turn(company: Answers) -> dict[str, frozenset[str] | None]:
    """The answers that a company gives when it is asked one question after the other, in the order of asking."""
    given: dict[str, frozenset[str] | None] = {}
    while left := remaining(QUESTIONS, RULES.values(), given):
        given[left[0]] = company[left[0]]
    return given


def outcomes(answers: Answers) -> dict[str, str]:
    """What Python says of every duty and of every deadline that the page tells."""
    known = sensible(QUESTIONS, answers)
    return {key: assess(rule, known).outcome for key, rule in RULES.items()}


def test_the_browser_asks_and_judges_as_python_does(chooser: Page, real_portal: Site) -> None:
    companies = [read_profile(path).answers for path in PROFILES]
    addresses = [f"{real_portal.address}assets/js/applicability.js", f"{real_portal.address}cosa-si-applica/dati.json"]
    told = chooser.evaluate(JUDGE, [*addresses, [{key: sorted(ids) for key, ids in one.items()} for one in companies]])
    for company, (asked, judged) in zip(companies, told, strict=True):
        given = asked_in_turn(company)
        assert asked == list(given)
        assert dict(judged) == outcomes(given)


def test_questions_that_are_not_asked_would_change_nothing() -> None:
    for path in PROFILES:
        company = read_profile(path).answers
        assert outcomes(asked_in_turn(company)) == outcomes(company), path.stem


def made_up(random: Random, depth: int = 3) -> Condition:
    """Some condition over the real questions."""
    kind = random.choice(("question", "question", "all", "any", "not")) if depth else "question"
    if kind == "question":
        question = random.choice(list(QUESTIONS.values()))
        answers = random.sample([answer.id for answer in question.answers], k=random.choice((1, 2)))
        return Condition.model_validate({"question": question.id, "is": answers})
    if kind == "not":
        return Condition.model_validate({"not": made_up(random, depth - 1)})
    return Condition.model_validate({kind: [made_up(random, depth - 1) for _ in range(random.choice((1, 2, 3)))]})


def some_answers(random: Random) -> dict[str, frozenset[str]]:
    """Answers to some of the questions, with «non so» alone or among them."""
    return {
        key: frozenset(random.sample([*(answer.id for answer in question.answers), UNSURE], k=random.choice((1, 2))))
        for key, question in QUESTIONS.items()
        if random.random() < 0.6
    }


def test_the_browser_keeps_the_laws_of_three_values(chooser: Page, real_portal: Site) -> None:
    random = Random(20261123)
    cases = [(made_up(random), some_answers(random)) for _ in range(500)]
    told = chooser.evaluate(
        EVALUATE,
        [
            f"{real_portal.address}assets/js/applicability.js",
            [[plain(when), {key: sorted(ids) for key, ids in answers.items()}] for when, answers in cases],
        ],
    )
    for (when, answers), (holds, waiting) in zip(cases, told, strict=True):
        assert holds is evaluate(when, answers)
        if holds is None:
            assert waiting == list(assess_open(when, answers))


def assess_open(when: Condition, answers: Answers) -> tuple[str, ...]:
    """The questions that a rule waits for."""
    rule = next(iter(RULES.values())).model_copy(update={"when": when, "uncertain": False})
    return assess(rule, answers).open_questions


# One question after the other


def heading(page: Page) -> Locator:
    return page.locator("[data-part=ask] h2")


def answer(page: Page, chosen: frozenset[str]) -> None:
    """Gives the answers to the question that is open, with the keyboard alone, from its heading on."""
    boxes = page.locator("fieldset input")
    places = [place for place, value in enumerate(values(boxes)) if value in chosen]
    assert len(places) == len(chosen)
    page.keyboard.press("Tab")
    expect(boxes.first).to_be_focused()
    if boxes.first.get_attribute("type") == "radio":
        page.keyboard.press("Space")
        for _ in range(places[0]):
            page.keyboard.press("ArrowDown")
    else:
        for place in range(places[-1] + 1):
            if place in places:
                page.keyboard.press("Space")
            if place < places[-1]:
                page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def values(boxes: Locator) -> list[str]:
    found: list[str] = boxes.evaluate_all("(all) => all.map(({ value }) => value)")
    return found


def titles(page: Page, section: str) -> list[str]:
    return page.locator(f"section[aria-labelledby={section}] h4 a").all_inner_texts()


def titles_of(answers: Answers, outcome: str) -> set[str]:
    return {DUTIES[key].title for key, found in outcomes(answers).items() if found == outcome and key in DUTIES}


def fragment(answers: Answers) -> str:
    """The part of the address that says these answers."""
    parts = []
    for key, question in QUESTIONS.items():
        offered = [*(one.id for one in question.answers), UNSURE]
        if answers.get(key):
            parts.append(f"{key}={','.join(one for one in offered if one in (answers[key] or ()))}")
    return "&".join(parts)


def open_with(page: Page, portal: Site, answers: Answers) -> None:
    """Opens the page as somebody does who was sent its address."""
    page.goto("about:blank")
    page.goto(f"{portal.address}cosa-si-applica/#{fragment(answers)}", wait_until="networkidle")


def test_a_small_company_finds_what_it_must_do_with_the_keyboard(page: Page, real_portal: Site) -> None:
    page.clock.set_fixed_time(NOON)
    page.goto(real_portal.address, wait_until="networkidle")
    page.get_by_role("link", name="Scopri cosa si applica a te").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cosa si applica a me?")
    expect(page.locator("h1")).to_be_focused()
    expect(heading(page)).to_have_text(QUESTIONS["settore"].name)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    given: dict[str, frozenset[str] | None] = {}
    for key, chosen in asked_in_turn(GARAGE.answers).items():
        expect(heading(page)).to_have_text(QUESTIONS[key].name)
        assert page.get_by_role("group", name=QUESTIONS[key].name).count() == 1
        answer(page, chosen or frozenset())
        given[key] = chosen
        expect(heading(page)).to_be_focused()
        certain = titles_of(given, "certo")
        expect(page.get_by_role("status").first).to_contain_text(f"Adempimenti: {len(certain)} si applic")
        assert set(titles(page, "certi")) == certain
        assert page.url.endswith(f"cosa-si-applica/#{fragment(given)}")
    expect(heading(page)).to_have_text("Non ci sono altre domande")
    assert set(titles(page, "possibili")) == titles_of(given, "possibile")
    assert [url for url in sent if not url.endswith("favicon.svg")] == []

    mud = page.locator(".eco-match__item", has=page.get_by_role("link", name=DUTIES["mud"].title))
    rule, (due, *_) = RULES["mud"], occurrences([build(CORPUS, DAY).by_id["mud"]], DAY, DAY + timedelta(days=365))
    for text in ("Presentare il MUD", f"tra {(due.day - DAY).days} giorni", rule.reason, rule.first_step, rule.basis):
        expect(mud).to_contain_text(text)


def test_an_answer_can_be_changed_and_the_change_taken_back(page: Page, real_portal: Site) -> None:
    given = asked_in_turn(GARAGE.answers)
    open_with(page, real_portal, given)
    page.context.set_offline(True)
    assert set(titles(page, "certi")) == titles_of(given, "certo")
    page.get_by_role("link", name=f"Cambia la risposta: {QUESTIONS['rifiuti-pericolosi'].name}").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(QUESTIONS["rifiuti-pericolosi"].name)
    expect(heading(page)).to_be_focused()
    expect(page.get_by_role("radio", name="Sì, anche pochi")).to_be_checked()
    answer(page, frozenset({"no"}))
    changed = given | {"rifiuti-pericolosi": frozenset({"no"})}
    expect(heading(page)).not_to_have_text(QUESTIONS["rifiuti-pericolosi"].name)
    assert set(titles(page, "certi")) == titles_of(changed, "certo")
    assert DUTIES["mud"].title not in titles(page, "certi")
    page.go_back()
    page.go_back()
    expect(page.locator("[data-part=found] h4 a", has_text=DUTIES["mud"].title)).to_be_visible()
    assert set(titles(page, "certi")) == titles_of(given, "certo")


def open_as_if_checked(page: Page, portal: Site, checked: Container[str]) -> None:
    """Opens the garage's result as it would be if exactly these duties had been compared with the official text."""
    data = json.loads(portal.files["cosa-si-applica/dati.json"])
    for duty in data["duties"]:
        duty["checked"] = DAY.isoformat() if duty["id"] in checked else None
    page.route("**/cosa-si-applica/dati.json", lambda route: route.fulfill(json=data))
    open_with(page, portal, asked_in_turn(GARAGE.answers))
    expect(page.locator(".eco-match__item").first).to_be_visible()


NOBODY = "Nessuno ha ancora confrontato"


def test_that_nothing_was_compared_is_said_once(page: Page, real_portal: Site) -> None:
    open_as_if_checked(page, real_portal, ())
    assert page.locator(".eco-match__item").count() > 5
    expect(page.locator("[data-part=found]").get_by_text(NOBODY)).to_have_count(1)
    expect(page.locator("[data-part=found] > p").first).to_contain_text(f"{NOBODY} queste schede")


def test_where_some_were_compared_each_duty_says_it_of_itself(page: Page, real_portal: Site) -> None:
    page.clock.set_fixed_time(NOON)
    open_as_if_checked(page, real_portal, {"mud"})
    items = page.locator(".eco-match__item")
    mud = items.filter(has=page.get_by_role("link", name=DUTIES["mud"].title))
    expect(mud).to_contain_text(f"Scheda confrontata con il testo ufficiale il {written(DAY)}.")
    expect(items.filter(has_text=f"{NOBODY} questa scheda")).to_have_count(items.count() - 1)
    expect(page.get_by_text(f"{NOBODY} queste schede")).to_have_count(0)


DUE = """() => Object.fromEntries([...document.querySelectorAll(".eco-match__item")].map((item) => {
  const lines = [];
  let next = [...item.querySelectorAll("dt")].find(({ textContent }) => textContent === "Entro quando");
  while ((next = next.nextElementSibling).tagName === "DD") lines.push(next.textContent);
  return [item.querySelector("h4 a").textContent, lines];
}))"""
"""What each duty of the result says of its deadlines."""


def said_of(rule: Deadline, answers: Answers) -> tuple[str, str]:
    """What the page says of a deadline: the thing to do, and at the end whom it concerns."""
    if rule.concerns is None:
        return rule.what, "."
    unsure = rule.only_if is not None and evaluate(rule.only_if, answers) is None
    return rule.what, f"{' Forse riguarda:' if unsure else ' Riguarda:'} {rule.concerns}."


@pytest.mark.parametrize(
    "name",
    ["autofficina", "autotrasportatore", "intermediario", "mobilificio", "non-so-nulla", "officina-e-lubrificanti"],
)
def test_a_duty_tells_the_deadlines_that_concern_the_company(page: Page, real_portal: Site, name: str) -> None:
    page.clock.set_fixed_time(NOON)
    given = asked_in_turn(profile(name).answers)
    open_with(page, real_portal, given)
    known, found = sensible(QUESTIONS, given), outcomes(given)
    told: dict[str, list[str]] = page.evaluate(DUE)
    assert told.keys() == {duty.title for key, duty in DUTIES.items() if found[key] != "no"}
    for key, duty in DUTIES.items():
        if found[key] == "no":
            continue
        wanted = [said_of(rule, known) for rule in AHEAD[key] if found[f"{key}/{rule.id}"] != "no"]
        lines = told[duty.title]
        assert len(lines) == len(wanted) or lines == [duty.when]
        for what, end in wanted:
            assert any(what in line and line.endswith(end) for line in lines), (key, what)


def test_the_next_deadline_is_the_next_that_concerns_the_company(page: Page, real_portal: Site) -> None:
    """A garage that imports nothing does not pay for oil in December."""
    page.clock.set_fixed_time(NOON)
    open_with(page, real_portal, asked_in_turn(GARAGE.answers))
    first = page.evaluate(DUE)[DUTIES["oli-usati"].title][0]
    record = build(CORPUS, DAY).by_id["oli-usati"]
    coming = occurrences([record], DAY, DAY + timedelta(days=365))
    (payment, *_), (report, *_) = (
        [item for item in coming if item.deadline.id.startswith("contributo") is importers]
        for importers in (True, False)
    )
    assert payment.day < report.day  # or this would show nothing
    assert first.startswith(f"{written(report.day)}, tra {(report.day - DAY).days} giorni: {report.what}")
    order: list[str] = page.locator(".eco-match--certi .eco-match__item").evaluate_all(
        "(items) => items.map((item) => item.querySelector('time')?.dateTime ?? '9999')"
    )
    assert order == sorted(order)


def test_a_deadline_in_doubt_leads_back_to_its_question(page: Page, real_portal: Site) -> None:
    page.clock.set_fixed_time(NOON)
    open_with(page, real_portal, profile("officina-e-lubrificanti").answers)
    oils = page.locator(
        ".eco-match--certi .eco-match__item", has=page.get_by_role("link", name=DUTIES["oli-usati"].title)
    )
    expect(oils.locator(".eco-badge", has_text="Forse")).to_have_count(2)
    expect(oils.get_by_text("Il «Forse» dipende da")).to_be_visible()
    oils.get_by_role("link", name=QUESTIONS["mercato"].name).click()
    expect(heading(page)).to_have_text(QUESTIONS["mercato"].name)
    page.get_by_role("checkbox", name="Nessuno di questi").check()
    page.get_by_role("button", name="Avanti").click()
    expect(oils.locator(".eco-badge", has_text="Forse")).to_have_count(0)
    expect(oils).not_to_contain_text("Versare al CONOU")


def test_who_does_not_know_is_told_what_to_find_out(page: Page, real_portal: Site) -> None:
    given = asked_in_turn(profile("non-so-nulla").answers)
    open_with(page, real_portal, given)
    expect(heading(page)).to_have_text("Non ci sono altre domande")
    assert titles(page, "certi") == []
    mud = page.locator(".eco-match__item", has=page.get_by_role("link", name=DUTIES["mud"].title))
    expect(mud).to_contain_text(RULES["mud"].find_out)
    mud.get_by_role("link", name=QUESTIONS["rifiuti-pericolosi"].name).click()
    expect(heading(page)).to_have_text(QUESTIONS["rifiuti-pericolosi"].name)
    expect(page.get_by_role("radio", name="Non so")).to_be_checked()


def test_no_answer_is_refused_with_a_word_of_help(chooser: Page) -> None:
    chooser.get_by_role("button", name="Avanti").click()
    expect(chooser.get_by_role("alert")).to_have_text("Scegli una risposta. Se non lo sai, scegli «Non so».")
    expect(chooser.get_by_role("radio").first).to_be_focused()


def test_none_of_these_stands_alone(page: Page, real_portal: Site) -> None:
    open_with(
        page, real_portal, {"settore": frozenset({"commercio"}), "rifiuti-attivita": frozenset({"trasporto-terzi"})}
    )
    page.get_by_role("link", name=f"Cambia la risposta: {QUESTIONS['rifiuti-attivita'].name}").click()
    carries = page.get_by_role("checkbox", name="Trasporto per mestiere i rifiuti di altri")
    expect(carries).to_be_checked()
    page.get_by_role("checkbox", name="Non so").check()
    expect(carries).to_be_checked()
    page.get_by_role("checkbox", name="Nessuna di queste").check()
    expect(carries).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Non so")).not_to_be_checked()


def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(page: Page, real_portal: Site) -> None:
    page.goto(f"{real_portal.address}cosa-si-applica/#settore=marte&addetti=1-10,11-50&rifiuti-pericolosi=si&x=<b>")
    expect(page.locator(".eco-given dd").first).to_have_text("Sì, anche pochi")
    expect(page.locator(".eco-given dt")).to_have_count(1)
    expect(heading(page)).to_have_text(QUESTIONS["settore"].name)


# What one takes away


def saved_calendar(page: Page) -> bytes:
    """The calendar that the page makes of its result."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Aggiungi al calendario").click()
    assert download.value.suggested_filename == "ecoteca-scadenze.ics"
    return Path(download.value.path()).read_bytes()


def events(calendar: bytes) -> dict[str, str]:
    """The titles of a calendar's events by their names, which are those of their occurrences."""
    found = Calendar.from_ical(calendar.decode()).walk("VEVENT")
    return {str(event["UID"]).partition("@")[0]: str(event["SUMMARY"]) for event in found}


def dates_of(portal: Site, names: Container[str]) -> set[str]:
    """The occurrences of some deadlines, as the page's data have them."""
    data = json.loads(portal.files["cosa-si-applica/dati.json"])
    return {
        name
        for duty in data["duties"]
        for deadline in duty["deadlines"]
        if f"{duty['id']}/{deadline['id']}" in names
        for date in deadline["dates"]
        for name in events(f"{data['calendar']['head']}{date['event']}{data['calendar']['foot']}".encode())
    }


@pytest.mark.parametrize("name", ["autofficina", "chimica", "intermediario", "officina-e-lubrificanti"])
def test_the_calendar_holds_the_dates_of_exactly_this_result(page: Page, real_portal: Site, name: str) -> None:
    page.clock.set_fixed_time(NOON)
    given = asked_in_turn(profile(name).answers)
    open_with(page, real_portal, given)
    text = saved_calendar(page)
    assert b"\n" not in text.replace(b"\r\n", b"")
    certain = {key for key, outcome in outcomes(given).items() if outcome == "certo"}
    assert events(text).keys() == dates_of(real_portal, certain)


@pytest.mark.parametrize("name", ["chimica", "officina-e-lubrificanti"])
def test_the_calendar_can_hold_what_is_possible_under_a_title_that_says_so(
    page: Page, real_portal: Site, name: str
) -> None:
    page.clock.set_fixed_time(NOON)
    given = asked_in_turn(profile(name).answers)
    open_with(page, real_portal, given)
    page.get_by_label("Nel calendario metti anche le scadenze possibili").check()
    text = saved_calendar(page)
    assert max(map(len, text.split(b"\r\n"))) <= 75
    found = events(text)
    for outcome, said in (("certo", False), ("possibile", True)):
        wanted = dates_of(real_portal, {key for key, told in outcomes(given).items() if told == outcome})
        assert {name for name, title in found.items() if title.startswith("Forse: ") is said} == wanted


def test_a_date_that_may_not_concern_says_so_in_all_that_a_calendar_shows(page: Page, real_portal: Site) -> None:
    page.clock.set_fixed_time(NOON)
    open_with(page, real_portal, profile("officina-e-lubrificanti").answers)
    page.get_by_label("Nel calendario metti anche le scadenze possibili").check()
    found = Calendar.from_ical(saved_calendar(page).decode()).walk("VEVENT")
    payment = next(event for event in found if str(event["UID"]).startswith("oli-usati/contributo/2026-12@"))
    what = DEADLINES["oli-usati/contributo"].what
    assert str(payment["SUMMARY"]) == f"Forse: {what}"
    assert str(payment["STATUS"]) == "TENTATIVE"
    assert str(payment["DESCRIPTION"]).startswith(f"Forse ti riguarda: {DUTIES['oli-usati'].title}\nRiguarda: ")
    alarms = [str(alarm["DESCRIPTION"]) for alarm in payment.walk("VALARM")]
    assert alarms == [f"Forse ti riguarda: Tra una settimana: {what}"]


def test_it_is_said_that_the_file_stays_as_it_is_and_what_does_not(page: Page, real_portal: Site) -> None:
    open_with(page, real_portal, asked_in_turn(GARAGE.answers))
    save = page.get_by_role("button", name="Aggiungi al calendario")
    expect(save).to_have_accessible_description(re.compile("non si aggiorna"))
    page.get_by_role("link", name="i calendari a cui ti iscrivi").click()
    expect(page.locator("h1")).to_have_text("Calendari")


def test_on_paper_there_is_the_list_and_no_question(page: Page, real_portal: Site) -> None:
    page.clock.set_fixed_time(NOON)
    open_with(page, real_portal, asked_in_turn(GARAGE.answers))
    page.emulate_media(media="print")
    expect(page.locator(".eco-match__item").first).to_be_visible()
    expect(page.locator(".eco-given dt").first).to_be_visible()
    expect(page.locator(".eco-chooser__kept")).to_contain_text(f"Elenco del {written(DAY)}")
    for hidden in ("[data-part=ask]", ".eco-chooser__tools", ".eco-match__more >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()


def test_without_javascript_every_duty_stands_under_its_questions(browser: Browser, real_portal: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_portal.address}cosa-si-applica/")
    expect(page.locator("[data-chooser]")).to_be_hidden()
    expect(page.get_by_role("heading", name=QUESTIONS["rifiuti-pericolosi"].name)).to_be_visible()
    listed = set(page.locator(".eco-no-js-only h3 a").all_inner_texts())
    context.close()
    assert listed == {duty.title for duty in DUTIES.values()}


def test_what_the_guide_does_not_cover_is_said(real_portal: Site) -> None:
    page = real_portal.pages["cosa-si-applica/index.html"]
    missing = [
        entry
        for _, entry in CORPUS.entries
        if isinstance(entry, Duty) and entry.applies is None and entry.state not in ("superata", "ritirata", "bozza")
    ]
    assert ("Non ancora nella guida" in page.text) == bool(missing)
    for entry in missing:
        assert entry.title in page.text
