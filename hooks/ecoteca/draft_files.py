"""The file of a newsletter issue: written from a proposal, or written again around what its editor did.

It is read strictly, like every entry, by `corpus`; only here is its front matter taken as text that a person has shaped,
whose order, comments and quotation marks stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import Occurrence
from ecoteca.drafting import Proposal, main_theme
from ecoteca.entries import Issue
from ecoteca.formats import month
from ecoteca.news import NewsItem
from ecoteca.reading import FENCE

MOST_THEMES = 6
LONGEST_SUMMARY = 240

_MORE = ". Più le scadenze dei prossimi due mesi."

_PLAIN = re.compile(r"[a-z][a-z0-9-]*(/[a-z0-9-]+)*")
_FENCE = "---\n"

_HEAD = """\
# Bozza scritta da «scripts/newsletter». Togli, sposta e riscrivi ciò che vuoi: se rilanci il comando si aggiungono solo le
# notizie nuove. «pinned: true» mette una voce in primo piano. L'introduzione si scrive in fondo, sotto le tre lineette.
# Quando il numero è pronto: state: pubblicata."""


def room_taken(issue: Issue, catalogue: Catalogue) -> Counter[str]:
    """How many pieces an issue has under each theme, whatever its sections are called by now."""
    found = (catalogue.by_id.get(item.about) for section in issue.sections for item in section.items)
    return Counter(main_theme(record, catalogue.vocabularies) for record in found if record)


def new_text(proposal: Proposal, catalogue: Catalogue, slug: str, number: int) -> str:
    """The file of an issue that was not there yet."""
    fields = CommentedMap()
    fields["id"] = f"newsletter-{slug}"
    fields["title"] = Quoted(f"Newsletter di {month(proposal.until.month)} {proposal.until.year}")
    fields["summary"] = Quoted(_summary(proposal))
    fields["themes"] = _themes(proposal, catalogue)
    fields["state"] = "bozza"
    fields["published"] = proposal.goes_out
    fields["number"] = number
    fields["date"] = proposal.goes_out
    fields["since"] = proposal.since
    fields["until"] = proposal.until
    _extend(fields, proposal, catalogue)
    return f"{_FENCE}{_HEAD}\n{_dumped(fields)}{_FENCE}"


def extended_text(text: str, proposal: Proposal, catalogue: Catalogue) -> str:
    """The file of an issue with what has happened since; everything that stands there stays as it is written."""
    first, second = [*FENCE.finditer(text)][:2]
    fields, body = _yaml().load(text[first.end() : second.start()]), text[second.end() :].removeprefix("\n")
    fields["until"] = proposal.until
    for name in ("date", "published"):
        fields[name] = max(fields[name], proposal.goes_out)  # unless its editor has set a later day
    _extend(fields, proposal, catalogue)
    return f"{_FENCE}{_dumped(fields)}{_FENCE}{body}"


def _extend(fields: CommentedMap, proposal: Proposal, catalogue: Catalogue) -> None:
    """Adds what a proposal brings to the fields of an issue."""
    words = catalogue.vocabularies
    for theme, items in proposal.sections:
        sections = fields.setdefault("sections", CommentedSeq())
        section = next((part for part in sections if theme in _themes_of(part, catalogue)), None)
        if section is None:
            section = CommentedMap(title=Quoted(words.name("temi", theme)), items=CommentedSeq())
            sections.append(section)
        section["items"].extend(_piece(item) for item in items)
    dates = [_due(item) for item in proposal.deadlines]
    for item in fields.get("deadlines", ()):
        item["day"] = proposal.days.get(item.get("name"), item["day"])  # an act may have moved it
    stood = [item for item in fields.get("deadlines", ()) if item["day"] >= proposal.goes_out]
    if dates or "deadlines" in fields:
        fields["deadlines"] = _merged(stood, dates, "name", lambda item: str(item["day"]))
    for name, found in (("calls", proposal.calls), ("events", proposal.events)):
        notices = [_notice(record, when) for record, when in found]
        if notices:
            fields[name] = _merged(fields.get(name, ()), notices, "about", None)
    weighed = CommentedSeq(dict.fromkeys([*fields.pop("offered", ()), *map(_scalar, proposal.weighed)]))
    weighed.fa.set_flow_style()
    fields["offered"] = weighed  # last, because it is for the command alone


def _themes_of(section: Mapping[str, Any], catalogue: Catalogue) -> set[str]:
    records = (catalogue.by_id.get(str(item["about"])) for item in section["items"])
    return {main_theme(record, catalogue.vocabularies) for record in records if record}


def _piece(item: NewsItem) -> CommentedMap:
    about = _scalar(item.record.entry.id)
    return CommentedMap(news=_scalar(item.name), about=about, title=Quoted(item.title), text=Quoted(item.text))


def _due(item: Occurrence) -> CommentedMap:
    made = CommentedMap(
        name=_scalar(item.key), about=_scalar(item.record.entry.id), day=item.day, what=Quoted(item.what)
    )
    if item.deadline.concerns:
        made["concerns"] = Quoted(item.deadline.concerns)
    return made


def _notice(record: Record, when: str) -> CommentedMap:
    return CommentedMap(about=_scalar(record.entry.id), title=Quoted(record.entry.title), when=Quoted(when))


def _merged(old: Iterable[Any], new: Sequence[CommentedMap], key: str, order: Any) -> CommentedSeq:
    """A list with what is new in it, by `key`; kept in order where there is one."""
    kept = list(old)
    known = {item.get(key) for item in kept}
    items = [*kept, *(item for item in new if item[key] not in known)]
    return CommentedSeq(sorted(items, key=order) if order else items)


def _summary(proposal: Proposal) -> str:
    """The line that mail programs show beside the subject: as much of what matters most as there is room for, uncut."""
    said = ""
    for title in (items[0].title for _, items in proposal.sections):
        more = f"{said}; {title}" if said else title
        if len(more) + len(_MORE) <= LONGEST_SUMMARY:
            said = more
    return f"{said}{_MORE}" if said else "Le scadenze dei prossimi due mesi."


def _themes(proposal: Proposal, catalogue: Catalogue) -> list[str]:
    """What an issue is about; an empty one about whatever comes first, because an entry has a theme."""
    words = catalogue.vocabularies
    told = (theme for theme, _ in proposal.sections)
    due = (main_theme(item.record, words) for item in proposal.deadlines)
    return list(dict.fromkeys([*told, *due]))[:MOST_THEMES] or list(words.themes)[:1]


def _scalar(text: str) -> str:
    """A word as our reading of YAML takes it: in quotation marks where it could be anything but a word."""
    return (
        text
        if _PLAIN.fullmatch(text) and text not in ("no", "on", "off", "yes", "y", "n", "true", "false", "null")
        else Quoted(text)
    )


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.representer.ignore_aliases = lambda _: True  # a day that stands twice is written twice
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(fields: CommentedMap) -> str:
    stream = StringIO()
    _yaml().dump(fields, stream)
    return stream.getvalue()
