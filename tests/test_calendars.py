"""Calendars: what subscribers see, that it moves when a deadline moves, and that nobody ever sees a thing twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import icalendar
import ics
import pytest
from dateutil.tz import tzical
from hypothesis import assume, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from ecoteca import prose
from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import occurrences
from ecoteca.declared import declare
from ecoteca.entries import Call, Duty, Entry, Event
from ecoteca.outputs.calendars import FOOT, HEAD, calendar_files, duty_calendar, event_text
from ecoteca.pages.calendar_pages import calendar_pages
from ecoteca.pages.rendering import Renderer
from ecoteca.reading import Document, read_vocabulary, source_at
from ecoteca.settings import Settings
from ecoteca.vocabularies import Theme, Vocabularies, Word

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
SETTINGS = Settings("Ecoteca", "Il portale", "https://ecoteca.example/", "ecoteca.example,2026", "Redazione")
WORDS = Vocabularies(
    {
        "temi": {
            "rifiuti": Theme(id="rifiuti", name="Rifiuti, tutti", intro="Che cosa ne è."),
            "mud": Theme(id="mud", name="MUD", intro="La dichiarazione.", parent="rifiuti"),
            "vuoto": Theme(id="vuoto", name="Vuoto", intro="Ancora niente."),
        },
        "destinatari": {key: Word(id=key, name=key.title()) for key in ("impresa", "consulente")},
        "dimensioni": {key: Word(id=key, name=key) for key in ("addetti-0", "addetti-1-10", "micro", "grande")},
    }
)
COMMON: dict[str, Any] = {
    "title": "Il modulo",
    "summary": "Presentare il modulo ogni anno, in tempo.",
    "themes": ("mud",),
    "state": "pubblicata",
    "published": date(2026, 1, 7),
    "sources": ({"title": "Testo", "url": "https://ente.example/", "issuer": "Ente"},),
}
YEARLY: dict[str, Any] = {"rule": "ogni anno", "what": "Presentare il modulo", "days": ("04-30",)}


def record(entry: Entry, slug: str = "") -> Record:
    """An entry in a file of its own."""
    slug = slug or entry.id
    url = f"{entry.folder}/{slug}/"
    return Record(entry, f"content/{entry.folder}/{slug}.md", url, prose.parse("", 1, frozenset()))


def duty(*deadlines: Mapping[str, Any], slug: str = "", **fields: Any) -> Record:
    """A duty, yearly by 30 April unless said otherwise."""
    own = {"id": "modulo", "who": "Tutti", "what": "Presentarlo", "when": "Ad aprile", "other_basis": ("Una norma",)}
    return record(Duty.model_validate(COMMON | own | {"deadlines": deadlines or (YEARLY,)} | fields), slug)


def call(*phases: Mapping[str, Any], **fields: Any) -> Record:
    """A call with these phases."""
    own = {"id": "bando", "title": "Il bando", "body": "Ente", "what": "Progetti", "beneficiaries": "Imprese"}
    return record(Call.model_validate(COMMON | own | {"phases": phases} | fields))


def event(**fields: Any) -> Record:
    """An event."""
    own = {"id": "incontro", "title": "L'incontro", "kind": "webinar", "organiser": "Ente"}
    return record(Event.model_validate(COMMON | own | fields))


def catalogue(*records: Record) -> Catalogue:
    """A catalogue of these records."""
    by_id, by_path = {item.entry.id: item for item in records}, {item.path: item for item in records}
    return Catalogue(records, WORDS, (), by_id, by_path, {}, {}, {})


def files(*records: Record, today: date = TODAY) -> dict[str, bytes]:
    return calendar_files(catalogue(*records), SETTINGS, today)


def parsed(data: bytes) -> dict[str, Any]:
    """The events of a calendar by their UID."""
    return {str(item["uid"]): item for item in icalendar.Calendar.from_ical(data).events}


def deadlines(*records: Record, today: date = TODAY) -> dict[str, Any]:
    return parsed(files(*records, today=today)["calendario/scadenze.ics"])


def texts(data: bytes) -> dict[str, str]:
    """Each event as it is written, by its UID."""
    blocks = [block.split("END:VEVENT")[0] for block in data.decode().split("BEGIN:VEVENT")[1:]]
    return {block.replace("\r\n ", "").split("UID:")[1].split("\r\n")[0]: block for block in blocks}


MODULE_2027 = "modulo/scadenza/2027@ecoteca.example"
EVERYTHING = (
    duty(),
    duty(YEARLY | {"what": "Versare", "days": ("01-31", "07-31")}, id="contributo", themes=("rifiuti",)),
    duty({"rule": "da un evento", "what": "Avvisare", "event": "furto", "within": 2, "unit": "giorni"}, id="avviso"),
    call({"name": "Fase 1: idee", "opens": datetime(2027, 1, 10, 10), "closes": datetime(2027, 3, 31, 12)}),
    event(starts=datetime(2027, 2, 3, 9, 30), ends=datetime(2027, 2, 3, 13)),
)


# Where calendars are, and what is in each


def test_there_is_a_calendar_for_everything_each_theme_each_kind_of_subject_each_duty_and_for_calls_and_events() -> (
    None
):
    assert set(files(*EVERYTHING)) == {
        "calendario/scadenze.ics",
        "calendario/bandi.ics",
        "calendario/eventi.ics",
        "calendario/temi/rifiuti.ics",
        "calendario/temi/mud.ics",
        "calendario/temi/vuoto.ics",
        "calendario/per/impresa.ics",
        "calendario/per/consulente.ics",
        "calendario/per/addetti-0.ics",
        "calendario/per/addetti-1-10.ics",
        "calendario/per/micro.ics",
        "calendario/per/grande.ics",
        "calendario/adempimenti/modulo.ics",
        "calendario/adempimenti/contributo.ics",
    }


def test_a_theme_has_the_deadlines_of_the_narrower_ones_too() -> None:
    found = files(*EVERYTHING)
    wide, narrow = parsed(found["calendario/temi/rifiuti.ics"]), parsed(found["calendario/temi/mud.ics"])
    assert {uid.split("/")[0] for uid in wide} == {"modulo", "contributo"}
    assert {uid.split("/")[0] for uid in narrow} == {"modulo"}


def test_what_addresses_nobody_in_particular_is_for_companies_of_every_size() -> None:
    found = files(duty(), duty(id="altro", audience=("consulente",), sizes=("addetti-0",)))
    holders = {address: {uid.split("/")[0] for uid in parsed(data)} for address, data in found.items()}
    assert holders["calendario/per/impresa.ics"] == {"modulo"}
    assert holders["calendario/per/consulente.ics"] == {"altro"}
    assert holders["calendario/per/addetti-0.ics"] == {"modulo", "altro"}
    assert holders["calendario/per/addetti-1-10.ics"] == {"modulo"}
    # A size in employees says nothing of the European classes: leaving the duty out would hide it from somebody.
    assert holders["calendario/per/micro.ics"] == {"modulo", "altro"}


def test_no_kind_of_reader_has_the_name_of_a_size_because_their_calendars_share_a_folder() -> None:
    folder = ROOT / "content" / "vocabolari"
    ids = [
        {
            item["id"]
            for item in read_vocabulary(source_at(folder / f"{name}.yaml", f"vocabolari/{name}.yaml")).data["items"]
        }
        for name in ("destinatari", "dimensioni")
    ]
    assert ids[0].isdisjoint(ids[1])


def test_calendars_look_one_year_back_and_two_ahead() -> None:
    assert [str(item.start) for item in deadlines(duty()).values()] == ["2026-04-30", "2027-04-30", "2028-04-30"]


# What programs read


@pytest.mark.parametrize("address", sorted(files(*EVERYTHING)))
def test_independent_parsers_read_the_same_in_every_calendar(address: str) -> None:
    data = files(*EVERYTHING)[address]
    ours = {uid: (str(item["summary"]), item.start, item.end) for uid, item in parsed(data).items()}
    strict = IcsCalendarStream.calendar_from_ics(data.decode()).events
    assert {item.uid: (item.summary, item.start, item.end) for item in strict} == ours
    others = ics.Calendar(data.decode()).events
    assert {(item.uid, item.name, item.begin.date()) for item in others} == {
        (uid, title, start if type(start) is date else start.date()) for uid, (title, start, _) in ours.items()
    }


def test_lines_end_as_the_standard_says_and_are_folded_between_characters() -> None:
    long = duty(title=" ".join(["Un titolo lungo però chiaro, con emoji 👩‍👩‍👧‍👦 e accenti àèìòù"] * 2))
    for data in files(long, *EVERYTHING[1:]).values():
        assert data.endswith(b"END:VCALENDAR\r\n")
        lines = data.split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75
        assert b"".join(lines).decode() == "".join(line.decode() for line in lines)


def test_a_calendar_says_its_name_and_how_often_to_look_again_and_asks_for_no_reply() -> None:
    head = files(*EVERYTHING)["calendario/temi/rifiuti.ics"].decode().split("BEGIN:VEVENT")[0].split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ecoteca//Calendari//IT",
        "CALSCALE:GREGORIAN",
        "NAME:Ecoteca – scadenze: Rifiuti\\, tutti",
        "X-WR-CALNAME:Ecoteca – scadenze: Rifiuti\\, tutti",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "SOURCE;VALUE=URI:https://ecoteca.example/calendario/temi/rifiuti.ics",
        "URL:https://ecoteca.example/calendari/",
        "X-PUBLISHED-TTL:PT12H",
        "",
    ]


def test_a_calendar_with_nothing_to_show_is_still_a_calendar() -> None:
    data = files(*EVERYTHING)["calendario/temi/vuoto.ics"]
    assert parsed(data) == {}
    assert IcsCalendarStream.calendar_from_ics(data.decode()).events == []
    assert [item.name for item in icalendar.Calendar.from_ical(data).subcomponents] == ["VTIMEZONE"]


def test_a_deadline_takes_the_whole_day_and_no_time_from_anybody() -> None:
    item = deadlines(duty())[MODULE_2027]
    assert (item.start, item.end) == (date(2027, 4, 30), date(2027, 5, 1))
    assert item["transp"] == "TRANSPARENT"
    assert item["status"] == "CONFIRMED"
    assert item["url"] == "https://ecoteca.example/adempimenti/modulo/"
    assert item["categories"].cats == ["MUD"]


def test_the_description_says_why_that_day_and_how_far_to_trust_it() -> None:
    exception = {"year": 2027, "on": date(2027, 6, 28), "why": "DPCM in Gazzetta il 28 febbraio 2027, più 120 giorni"}
    item = deadlines(duty(YEARLY | {"exceptions": (exception,)}))[MODULE_2027]
    assert item["description"].split("\n") == [
        "Il modulo",
        "",
        "Perché questo giorno:",
        "Ogni anno entro il 30 aprile.",
        "DPCM in Gazzetta il 28 febbraio 2027, più 120 giorni",
        "",
        "Nessuno ha ancora confrontato questa pagina con il testo ufficiale.",
        "La prima verifica è prevista entro il 7 luglio 2026.",
        "",
        "La pagina: https://ecoteca.example/adempimenti/modulo/",
    ]
    checked = deadlines(duty(checked={"on": date(2026, 10, 2), "by": "redazione normativa"}))[MODULE_2027]
    assert "Confrontata con il testo ufficiale il 2 ottobre 2026 (redazione normativa)." in checked["description"]
    assert checked["last-modified"].dt == datetime(2026, 10, 2, 7, tzinfo=UTC)


def test_reminders_come_in_the_morning_a_month_and_a_week_before() -> None:
    month, week = timedelta(days=-30, hours=9), timedelta(days=-7, hours=9)
    yearly = deadlines(duty())[MODULE_2027]
    assert [alarm["trigger"].dt for alarm in yearly.walk("VALARM")] == [month, week]
    # A month before each monthly deadline is the day of the one before.
    monthly = deadlines(duty({"rule": "ogni mese", "what": "Versare", "day": 31}))[
        "modulo/scadenza/2027-02@ecoteca.example"
    ]
    assert [alarm["trigger"].dt for alarm in monthly.walk("VALARM")] == [week]


def test_an_expected_date_is_tentative_and_says_so() -> None:
    item = deadlines(duty(YEARLY | {"certainty": "attesa"}))[MODULE_2027]
    assert item["status"] == "TENTATIVE"
    assert item["summary"] == "Presentare il modulo (data attesa)"


# What never changes, and what must


def test_a_uid_is_made_from_the_entry_s_id_and_the_occurrence_alone() -> None:
    before = deadlines(duty())
    renamed = deadlines(duty(slug="un-altro-nome", title="Un altro titolo", themes=("rifiuti",)))
    assert list(before) == list(renamed) == [f"modulo/scadenza/{year}@ecoteca.example" for year in (2026, 2027, 2028)]
    assert duty_calendar(duty()) == duty_calendar(duty(slug="un-altro-nome")) == "calendario/adempimenti/modulo.ics"


def test_what_is_said_of_a_deadline_is_the_same_on_every_day_and_in_every_calendar() -> None:
    now, later = files(*EVERYTHING), files(*EVERYTHING, today=date(2027, 9, 1))
    own = texts(now["calendario/scadenze.ics"])
    assert own[MODULE_2027] == texts(later["calendario/scadenze.ics"])[MODULE_2027]
    for address, data in now.items():
        if address not in ("calendario/bandi.ics", "calendario/eventi.ics"):
            assert texts(data).items() <= own.items()


def test_two_builds_give_the_same_bytes_whatever_the_order_of_files() -> None:
    assert files(*EVERYTHING) == files(*EVERYTHING) == files(*reversed(EVERYTHING))


def test_a_deadline_that_an_act_moves_moves_in_the_subscriber_s_calendar() -> None:
    before = deadlines(duty())[MODULE_2027]
    moved = {"was": date(2027, 4, 30), "now": date(2027, 6, 30), "decided": date(2027, 3, 1), "act": "D.L. 1/2027"}
    after = deadlines(duty(YEARLY | {"extensions": (moved,)}))
    assert list(after) == list(deadlines(duty()))
    assert after[MODULE_2027].start == date(2027, 6, 30)
    assert after[MODULE_2027]["sequence"] > before["sequence"]
    assert after[MODULE_2027]["dtstamp"].dt > before["dtstamp"].dt == datetime(2026, 1, 7, 8, tzinfo=UTC)
    assert "D.L. 1/2027" in after[MODULE_2027]["description"]


def test_a_correction_that_readers_are_told_of_is_a_new_version_too() -> None:
    change = {"date": date(2026, 5, 4), "note": "Corretto il giorno.", "major": True}
    before, after = deadlines(duty())[MODULE_2027], deadlines(duty(YEARLY | {"days": ("05-31",)}, changes=(change,)))
    assert after[MODULE_2027]["sequence"] > before["sequence"]
    assert after[MODULE_2027]["last-modified"].dt == datetime(2026, 5, 4, 7, tzinfo=UTC)


def test_a_withdrawn_deadline_is_cancelled_in_every_calendar_it_was_in() -> None:
    withdrawn = duty(YEARLY | {"withdrawn": {"on": date(2027, 1, 1), "why": "D.Lgs. 2/2026, che la abroga"}})
    found = files(withdrawn)
    for address in ("scadenze", "temi/mud", "temi/rifiuti", "per/impresa", "adempimenti/modulo"):
        items = parsed(found[f"calendario/{address}.ics"])
        assert [str(item["status"]) for item in items.values()] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    item = deadlines(withdrawn)[MODULE_2027]
    assert item["sequence"] > deadlines(duty())[MODULE_2027]["sequence"]
    assert item["summary"] == "Non vale più: Presentare il modulo"
    assert "Non vale più: D.Lgs. 2/2026, che la abroga" in item["description"]
    assert item.walk("VALARM") == []


@pytest.mark.parametrize("state", ["superata", "ritirata"])
def test_the_dates_of_a_page_that_ended_are_cancelled_for_a_year_and_then_left_out(state: str) -> None:
    ended = duty(state=state, reason="Abrogata\n\ndalla legge.", succeeded_by="altro", ended=date(2026, 6, 1))
    assert [str(item["status"]) for item in deadlines(ended).values()] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    assert "Non vale più: Abrogata dalla legge." in deadlines(ended)[MODULE_2027]["description"]
    assert deadlines(ended, today=date(2028, 1, 1)) == {}
    assert "calendario/adempimenti/modulo.ics" in files(ended, today=date(2028, 1, 1))


# Calls and events, which have hours


def test_a_call_tells_when_each_phase_opens_and_closes() -> None:
    phases = (
        {"name": "Idee", "opens": date(2027, 1, 10), "closes": datetime(2027, 2, 1, 12)},
        {"name": "Progetti", "opens": datetime(2027, 3, 1, 10)},
    )
    found = parsed(files(call(*phases))["calendario/bandi.ics"])
    assert {uid.split("@")[0]: str(item["summary"]) for uid, item in found.items()} == {
        "bando/fase-1/apertura": "Apertura: Il bando (Idee)",
        "bando/fase-1/chiusura": "Chiusura: Il bando (Idee)",
        "bando/fase-2/apertura": "Apertura: Il bando (Progetti)",
    }
    opening, closing, open_ended = found.values()
    assert (opening.start, opening.end) == (date(2027, 1, 10), date(2027, 1, 11))
    assert str(closing["dtstart"].dt) == "2027-02-01 12:00:00+01:00"
    assert "dtend" not in closing
    assert [alarm["trigger"].dt for alarm in closing.walk("VALARM")] == [timedelta(days=-30), timedelta(days=-7)]
    assert "Resta aperta finché ci sono fondi." in open_ended["description"]


def test_a_closing_that_was_put_off_moves() -> None:
    phase = {"name": "Idee", "opens": date(2027, 1, 10), "closes": datetime(2027, 2, 1, 12)}
    later = phase | {"closes": datetime(2027, 3, 1, 16), "first_closing": datetime(2027, 2, 1, 12)}
    uid = "bando/fase-1/chiusura@ecoteca.example"
    before, after = (parsed(files(call(item))["calendario/bandi.ics"])[uid] for item in (phase, later))
    assert str(after["dtstart"].dt) == "2027-03-01 16:00:00+01:00"
    assert after["sequence"] > before["sequence"]
    assert "La chiusura era fissata per il 1° febbraio 2027, ore 12:00." in after["description"]


def test_a_phase_put_before_others_leaves_them_their_names_when_they_have_one() -> None:
    old = {"id": "fase-1", "name": "Idee", "opens": date(2027, 2, 1)}
    found = parsed(
        files(call({"id": "prima", "name": "Prima", "opens": date(2027, 1, 1)}, old))["calendario/bandi.ics"]
    )
    assert [uid.split("@")[0] for uid in found] == ["bando/prima/apertura", "bando/fase-1/apertura"]


def test_two_phases_of_one_name_are_refused() -> None:
    phases = [
        {"id": "fase-2", "name": "Idee", "opens": date(2027, 1, 1)},
        {"name": "Progetti", "opens": date(2027, 2, 1)},
    ]
    document = Document("content/bandi/b.md", "bandi", "b", {"phases": phases}, {}, "", 1, (), True)
    messages = [problem.message for problem in declare(Call, document).problems if problem.field.startswith("phases")]
    assert messages == ["due fasi dello stesso bando non possono avere lo stesso nome breve"]


@pytest.mark.parametrize(
    ("closes", "instant"),
    [
        (datetime(2027, 3, 27, 12), "2027-03-27 11:00"),  # the day before summer time
        (datetime(2027, 3, 28, 12), "2027-03-28 10:00"),
        (datetime(2027, 10, 30, 12), "2027-10-30 10:00"),  # the day before it ends
        (datetime(2027, 10, 31, 12), "2027-10-31 11:00"),
    ],
)
def test_the_hour_of_closing_is_that_of_rome_on_either_side_of_the_change(closes: datetime, instant: str) -> None:
    data = files(call({"name": "Idee", "opens": date(2027, 1, 10), "closes": closes}))["calendario/bandi.ics"]
    uid = "bando/fase-1/chiusura@ecoteca.example"
    expected = datetime.fromisoformat(f"{instant}+00:00")
    assert parsed(data)[uid]["dtstart"].dt == expected
    assert {item.uid: item.start for item in IcsCalendarStream.calendar_from_ics(data.decode()).events}[uid] == expected
    # By the rule written in the calendar itself, for programs that know no time zones by name.
    zone = tzical(StringIO(data.decode())).get("Europe/Rome")
    assert f"DTSTART;TZID=Europe/Rome:{closes:%Y%m%dT%H%M%S}" in texts(data)[uid]
    assert closes.replace(tzinfo=zone).astimezone(UTC) == expected


def test_an_event_lasts_as_long_as_is_known_of_it() -> None:
    def span(**fields: Any) -> tuple[date, date | None]:
        item = parsed(files(event(**fields))["calendario/eventi.ics"])["incontro/incontro@ecoteca.example"]
        return item["dtstart"].dt.replace(tzinfo=None) if "TZID" in item["dtstart"].params else item.start, (
            item["dtend"].dt if "dtend" in item else None
        )

    assert span(starts=date(2027, 2, 3)) == (date(2027, 2, 3), date(2027, 2, 4))
    assert span(starts=date(2027, 2, 3), ends=date(2027, 2, 5)) == (date(2027, 2, 3), date(2027, 2, 6))
    assert span(starts=datetime(2027, 2, 3, 9), ends=date(2027, 2, 5)) == (date(2027, 2, 3), date(2027, 2, 6))
    assert span(starts=datetime(2027, 2, 3, 9)) == (datetime(2027, 2, 3, 9), None)


def test_an_event_says_where_and_how_to_sign_up_and_is_cancelled_when_its_page_is_withdrawn() -> None:
    fields = {"starts": date(2027, 2, 3), "online": True, "signup_url": "https://ente.example/iscriviti?a=1,2;3"}
    uid = "incontro/incontro@ecoteca.example"
    item = parsed(files(event(**fields))["calendario/eventi.ics"])[uid]
    assert item["location"] == "A distanza"
    assert "Iscrizione: https://ente.example/iscriviti?a=1,2;3" in item["description"]
    gone = event(**fields, state="ritirata", reason="Rinviato.", ended=date(2026, 10, 1))
    assert parsed(files(gone)["calendario/eventi.ics"])[uid]["status"] == "CANCELLED"


# Text from anybody


HOSTILE = 'a; b, c\\n d\\ "e" : =\r\nEND:VEVENT\rBEGIN:VEVENT\nUID:altro\x00\x0b\x85\u2028 👩‍👩‍👧‍👦'


def test_no_text_can_become_another_event_or_another_property() -> None:
    hostile = duty(YEARLY | {"withdrawn": {"on": date(2030, 1, 1), "why": HOSTILE.replace("\n", " ")}})
    entry = hostile.entry.model_copy(update={"title": HOSTILE, "summary": HOSTILE})
    data = files(Record(entry, hostile.path, hostile.url, hostile.body))["calendario/adempimenti/modulo.ics"]
    assert [uid.split("/")[0] for uid in parsed(data)] == ["modulo"] * 3
    assert len(IcsCalendarStream.calendar_from_ics(data.decode()).events) == 3
    assert len(ics.Calendar(data.decode()).events) == 3
    first_lines = next(iter(parsed(data).values()))["description"].split("\n")[:3]
    assert first_lines == ['a; b, c\\n d\\ "e" : = ', "END:VEVENT BEGIN:VEVENT", "UID:altro     👩‍👩‍👧‍👦"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=2, max_size=200))
def test_every_parser_gives_a_title_back_as_it_was_written(title: str) -> None:
    assume("\\N" not in title)  # which icalendar reads as the end of a line, though its backslash is written twice
    entry = event(starts=date(2027, 2, 3)).entry.model_copy(update={"title": title})
    data = files(record(entry))["calendario/eventi.ics"].decode()
    assert [str(item["summary"]) for item in parsed(data.encode()).values()] == [title]
    assert [item.summary for item in IcsCalendarStream.calendar_from_ics(data).events] == [title]


# What others make of calendars


def test_single_deadlines_can_be_put_together_into_a_calendar() -> None:
    found = occurrences((duty(),), TODAY, date(2028, 12, 31))
    made = HEAD + "".join(event_text(item, SETTINGS, WORDS) for item in found) + FOOT
    whole = parsed(files(duty())["calendario/scadenze.ics"])
    assert parsed(made.encode()) == {uid: item for uid, item in whole.items() if "2026" not in uid}
    assert len(IcsCalendarStream.calendar_from_ics(made).events) == 2


def test_the_page_offers_every_calendar_with_something_to_come_by_both_addresses() -> None:
    odd = duty(id="strano", title="Un <b>titolo</b> & altro")
    shown = calendar_pages(Renderer(ROOT, catalogue(*EVERYTHING, odd), SETTINGS, TODAY))[0].html
    for address in ("scadenze", "bandi", "eventi", "temi/mud", "per/addetti-0", "adempimenti/contributo"):
        assert f'href="webcal://ecoteca.example/calendario/{address}.ics"' in shown
        assert f'href="https://ecoteca.example/calendario/{address}.ics"' in shown
    assert "temi/vuoto.ics" not in shown
    assert "Un &lt;b&gt;titolo&lt;/b&gt; &amp; altro" in shown
