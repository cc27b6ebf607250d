"""«Calendari»: every calendar with its addresses, and how to subscribe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ecoteca.catalogue import Record
from ecoteca.outputs.calendars import Subscription, duty_calendar, subscriptions
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.settings import Settings

URL = "calendari/"
TITLE = "Calendari"
LEAD = (
    "Metti le scadenze nel tuo calendario: se un decreto ne sposta una, si sposta da sola anche lì. "
    "Ti abboni una volta e non serve registrarsi."
)

AHEAD = timedelta(days=365)
"""How far ahead dates are counted."""

GROUPS = (
    ("temi", "Per tema", "Solo le scadenze di un argomento."),
    ("per", "Per chi sei", "Le scadenze che riguardano te o un'impresa della tua dimensione."),
    ("adempimenti", "Per un solo adempimento", "Le date di una scheda."),
)
"""The groups after the portal's own calendars: key, title, explanation."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The two addresses of one calendar: `webcal` opens the reader's own program, `https` is to be copied into others."""

    webcal: str
    https: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One calendar as it is offered; `coming` counts its dates in the twelve months after the build's day."""

    label: str
    ways: Ways
    coming: int
    first: date | None


def calendar_pages(renderer: Renderer) -> tuple[Page, ...]:
    """The page; calendars without anything to come are left out, but for the portal's own."""
    found = subscriptions(renderer.catalogue, renderer.settings, renderer.today)
    groups = [(key, name, text, _offers(found, key, renderer)) for key, name, text in GROUPS]
    context = {
        "title": TITLE,
        "lead": LEAD,
        "main": _offers(found, "portale", renderer),
        "groups": [
            (*group, filled) for *group, offers in groups if (filled := [item for item in offers if item.coming])
        ],
    }
    return (Page(URL, TITLE, LEAD, renderer.render("calendars.html", URL, context), "calendari", layout="wide"),)


def duty_ways(record: Record, settings: Settings) -> Ways | None:
    """The addresses of a duty's own calendar, where it has one."""
    address = duty_calendar(record)
    return ways(address, settings) if address else None


def ways(address: str, settings: Settings) -> Ways:
    """The addresses of the calendar at `address` below the portal's root."""
    https = settings.absolute(address)
    return Ways(f"webcal://{https.partition('://')[2]}", https)


def _offers(found: Iterable[Subscription], group: str, renderer: Renderer) -> list[Offer]:
    return [_offer(item, renderer.settings, renderer.today) for item in found if item.group == group]


def _offer(calendar: Subscription, settings: Settings, today: date) -> Offer:
    days = [item.day for item in calendar.happenings if not item.cancelled and today <= item.day <= today + AHEAD]
    return Offer(calendar.label, ways(calendar.address, settings), len(days), min(days, default=None))
