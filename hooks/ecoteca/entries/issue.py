"""Newsletter issues; the editorial is the body."""

from __future__ import annotations

from typing import Annotated, ClassVar

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import Day, RefTo, Slug, field, many


class Issue(Entry):
    """One issue of the newsletter."""

    label: ClassVar[str] = "Newsletter"
    plural: ClassVar[str] = "Newsletter"
    folder: ClassVar[str] = "newsletter"
    template: ClassVar[str] = "issue"
    review_months: ClassVar[int] = 60
    intro: ClassVar[str] = "I numeri della newsletter: che cosa è cambiato e che cosa scade."

    number: int = field("Numero", "Il numero progressivo.", ge=1)
    date: Day = field("Data", "Il giorno in cui esce.")
    items: tuple[Annotated[Slug, RefTo("Parla di", "Nella newsletter")], ...] = many(
        "Voci", "Le schede di cui parla, in ordine.", least=1, most=40
    )
