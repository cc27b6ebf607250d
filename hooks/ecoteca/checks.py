"""Rules that need more than one entry. Each names in its first line the harm that it prevents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ecoteca import ledger
from ecoteca.applicability import Questions, atoms, can_apply, narrowed
from ecoteca.corpus import Corpus, Item
from ecoteca.deadlines import in_words, moves, unmatched_extensions
from ecoteca.declared import did_you_mean, nearest
from ecoteca.entries import BY_FOLDER, ENTRY_TYPES, Act, Action, Duty
from ecoteca.entries.applicability import Condition
from ecoteca.entries.base import Check, Source
from ecoteca.entries.fields import OneOf, RefTo, marked_values, nested
from ecoteca.entries.issue import DueDate, Piece
from ecoteca.formats import day as written
from ecoteca.links import Target, is_external, target_of
from ecoteca.problems import Problem
from ecoteca.reading import CONTENT, VOCABULARIES
from ecoteca.vocabularies import SnsvsChoice, strange_answers

Rule = Callable[[Corpus], Iterator[Problem]]


def check(corpus: Corpus, today: date) -> tuple[Problem, ...]:
    """The problems of single files and of all rules together, sorted by place."""
    across = [problem for rule in RULES for problem in rule(corpus)]
    return tuple(sorted({*corpus.problems, *across, *what_is_said_to_have_happened_has(corpus, today)}))


def what_is_said_to_have_happened_has(corpus: Corpus, today: date) -> Iterator[Problem]:
    """A check or a reading dated in the future did not happen: readers would trust a page for it."""
    for item in corpus.items:
        ended = getattr(item.fields, "ended", None)
        if ended and ended > today:
            what = f"questo giorno non è ancora venuto (oggi è il {today})"
            yield item.problem(("ended",), what, str(ended), "Cambia state ed ended quel giorno.")
        for key, model in nested(item.fields):
            name = "on" if isinstance(model, Check) else "read_on" if isinstance(model, Source) else None
            day = getattr(model, name) if name else None
            if name and day and day > today:
                what = f"questo giorno non è ancora venuto (oggi è il {today})"
                yield item.problem((*key, name), what, str(day), "Scrivi il giorno in cui è avvenuto, o togli la riga.")


def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """Two entries with one id would reach subscribers as one, and overwrite each other in calendars."""
    first: dict[str, Item] = {}
    # Of two, the one that came out before keeps it: who copies an entry to begin a new one must not rename the old.
    for item in sorted(corpus.items, key=lambda item: f"{item.address}/" not in corpus.published.addresses):
        own = item.id
        other = first.setdefault(own, item) if own else item
        if other is not item:
            what = f"questo identificativo è già di {other.document.path}"
            yield item.problem(("id",), what, own, "Scegline uno nuovo, mai usato.")


def addresses_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """A redirect must not stand where a page stands, nor lead two ways."""
    owners = {item.address: item.document.path for item in corpus.items}
    for vocabulary in ("temi", "settori"):  # each of their words has a page
        for word in corpus.vocabularies.words(vocabulary):
            owners[f"{vocabulary}/{word}"] = f"{CONTENT}/{VOCABULARIES}/{vocabulary}.yaml"
    for item, entry in corpus.entries:
        for position, alias in enumerate(entry.aliases):
            if alias in owners:
                what = f"questo vecchio indirizzo è già di {owners[alias]}"
                yield item.problem(
                    ("aliases", position), what, alias, "Togli la riga, o controlla quale scheda è giusta."
                )
            elif alias.partition("/")[0] not in BY_FOLDER:
                what = "un vecchio indirizzo comincia con la cartella di un tipo di scheda"
                yield item.problem(("aliases", position), what, alias, did_you_mean(alias.partition("/")[0], BY_FOLDER))
            owners.setdefault(alias, item.document.path)


def words_are_known(corpus: Corpus) -> Iterator[Problem]:
    """A word outside the vocabulary would make a theme, sector or place of its own that nobody finds."""
    for item in corpus.items:
        for marked in marked_values(item.fields):
            if isinstance(marked.marker, OneOf):
                words = corpus.vocabularies.words(marked.marker.vocabulary)
                # A list that could not be read has its own problem; without it nothing can be said here.
                if words and marked.value not in words:
                    what = f"non è nel vocabolario «{marked.marker.vocabulary}»"
                    yield item.problem(marked.key, what, marked.value, did_you_mean(marked.value, words))


def references_lead_somewhere(corpus: Corpus) -> Iterator[Problem]:
    """A reader must not be sent to an entry that does not exist, nor to one of the wrong kind."""
    kinds = {item.id: item.kind for item in corpus.items if item.id}
    for item in corpus.items:
        for marked in marked_values(item.fields):
            if not isinstance(marked.marker, RefTo):
                continue
            kind = kinds.get(marked.value)
            allowed = marked.marker.types
            if kind is None:
                candidates = [key for key, other in kinds.items() if not allowed or other.__name__ in allowed]
                lost = marked.value in corpus.published.ids
                fix = ledger.PUT_BACK if lost else did_you_mean(marked.value, candidates)
                yield item.problem(marked.key, "nessuna scheda ha questo id", marked.value, fix)
            elif marked.value == item.id:
                yield item.problem(
                    marked.key, "una scheda non può rinviare a sé stessa", marked.value, "Togli la riga."
                )
            elif allowed and kind.__name__ not in allowed:
                wanted = " o ".join(other.label.lower() for other in ENTRY_TYPES if other.__name__ in allowed)
                what = f"qui serve una scheda di tipo {wanted}"
                yield item.problem(marked.key, what, marked.value, f"«{marked.value}» è di tipo {kind.label.lower()}.")


def told_news_is_of_an_entry(corpus: Corpus) -> Iterator[Problem]:
    """News of an entry that does not exist would be told again by the next issue, under its right name."""
    known = {item.id for item in corpus.items}
    for item in corpus.items:
        for key, model in nested(item.fields):
            name = "news" if isinstance(model, Piece) else "name" if isinstance(model, DueDate) else ""
            told = getattr(model, name) if name else None
            if told and told.partition("/")[0] not in known:
                what = "il nome di una notizia comincia con l'id di una scheda"
                yield item.problem((*key, name), what, told, did_you_mean(told.partition("/")[0], known))


def what_was_published_stays(corpus: Corpus) -> Iterator[Problem]:
    """Who has a link, a feed or a calendar would lose it; the build would find out only when everything is made."""
    published = corpus.published
    for line, number in published.strange.items():
        what = "questa riga non dice che cosa è stato pubblicato"
        yield Problem(ledger.KEPT, number, "", what, line, "Toglila: il file lo scrive scripts/ledger.")
    if published.strange or any(not item.id for item in corpus.items):
        return  # what cannot be read is not lost
    lost = published.ids.keys() - {item.id for item in corpus.items}
    for name in lost:
        what = "questa scheda è già stata pubblicata e ora manca"
        yield Problem(ledger.KEPT, published.ids[name], "", what, name, ledger.PUT_BACK)
    if not lost:
        yield from _lost_addresses(corpus)
    for item, entry in corpus.entries:
        if entry.state == "bozza" and entry.id in published.ids:
            fix = "Se non vale più usa state: ritirata, con reason ed ended."
            yield item.problem(("state",), "una scheda già pubblicata non torna bozza", "bozza", fix)
        first = published.out.get(entry.id, str(entry.published))
        if str(entry.published) > first:
            what = "questa scheda è già uscita: sparirebbe fino a questo giorno, o tornerebbe come nuova"
            yield item.problem(("published",), what, str(entry.published), f"Rimetti {first}.")


def _lost_addresses(corpus: Corpus) -> Iterator[Problem]:
    """Addresses of entries at which neither a page nor a redirect would stand."""
    answering = {item.address for item in corpus.items}
    answering |= {alias for item in corpus.items for alias in getattr(item.fields, "aliases", None) or ()}
    for address, number in corpus.published.addresses.items():
        folder, _, rest = address.partition("/")
        # What lies deeper hangs on an entry's page, and what lies higher on its type.
        is_entry = folder in BY_FOLDER and rest.count("/") == 1 and rest.endswith("/")
        if is_entry and address.rstrip("/") not in answering:
            what = "a questo indirizzo, già pubblicato, non risponderebbe più nessuna pagina"
            yield Problem(ledger.KEPT, number, "", what, address, ledger.advice_on(address))


def successors_are_of_one_kind_and_end(corpus: Corpus) -> Iterator[Problem]:
    """Who follows «sostituita da» must arrive at a page of the same type, and not walk in a circle."""
    by_id = {entry.id: (item, entry) for item, entry in corpus.entries}
    for item, entry in corpus.entries:
        successor = by_id.get(entry.succeeded_by or "")
        if successor is None:
            continue
        if successor[0].kind is not item.kind:
            what, theirs = f"deve essere una scheda di tipo {item.kind.label.lower()}", successor[0].kind.label.lower()
            yield item.problem(("succeeded_by",), what, successor[1].id, f"«{successor[1].id}» è di tipo {theirs}.")
        path = [entry.id]
        while successor is not None and successor[1].id not in path:
            path.append(successor[1].id)
            successor = by_id.get(successor[1].succeeded_by or "")
        if successor is not None and successor[0] is item:
            found = " → ".join([*path, entry.id])
            yield item.problem(
                ("succeeded_by",), "le sostituzioni girano in tondo", found, "Una di queste righe va tolta."
            )


def acts_follow_what_they_act_on(corpus: Corpus) -> Iterator[Problem]:
    """An act cannot change, repeal or convert one that did not exist yet: one of two dates is wrong.

    It can implement a younger one: codes do, through the acts that amend them.
    """
    adopted = {entry.id: entry.adopted for _, entry in corpus.entries if isinstance(entry, Act)}
    for item, entry in corpus.entries:
        if not isinstance(entry, Act):
            continue
        for marked in marked_values(entry):
            if marked.key[0] in ("modifies", "repeals", "converts"):
                other = adopted.get(marked.value)
                if other is not None and other > entry.adopted:
                    what = f"questo atto è del {entry.adopted}, prima di quello su cui agisce"
                    yield item.problem(marked.key, what, f"{marked.value}, {other}", "Controlla le due date.")


def strategy_codes_match_their_edition(corpus: Corpus) -> Iterator[Problem]:
    """The national strategy renumbered its choices: a code without its edition points at another choice."""
    choices = corpus.vocabularies.words("snsvs")
    for item, entry in corpus.entries:
        for position, target in enumerate(entry.strategy if isinstance(entry, Action) else ()):
            choice = choices.get(target.choice)
            if isinstance(choice, SnsvsChoice) and choice.edition != target.edition:
                what = f"questa scelta è dell'edizione {choice.edition}"
                yield item.problem(
                    ("strategy", position, "edition"), what, target.edition, "Correggi edition o choice."
                )


def extensions_move_a_given_day(corpus: Corpus) -> Iterator[Problem]:
    """An extension of a day that the rule does not give would move nothing, and readers would keep the old date."""
    for item, entry in corpus.entries:
        for number, deadline in enumerate(entry.deadlines if isinstance(entry, Duty) else ()):
            for position in unmatched_extensions(deadline):
                what = "una proroga deve spostare un giorno che la regola dà"
                fix = f"La regola dice: «{in_words(deadline)}» Correggi was, oppure la regola."
                key = ("deadlines", number, "extensions", position, "was")
                yield item.problem(key, what, str(deadline.extensions[position].was), fix)


def moved_deadlines_are_told_once(corpus: Corpus) -> Iterator[Problem]:
    """A moved deadline is news by itself: told again by a change of the page it would reach subscribers twice."""
    for item, entry in corpus.entries:
        if not isinstance(entry, Duty):
            continue
        days = (written(move.now) for rule in entry.deadlines for move in moves(rule) if move.decided)
        # The year is often not said; another year is another day.
        parts = ((re.escape(day), year) for day, _, year in (day.rpartition(" ") for day in days))
        moved = [re.compile(rf"\b{day}\b(?! (?!{year})\d{{4}})") for day, year in parts]
        for position, change in enumerate(entry.changes):
            day = next(filter(None, (pattern.search(change.note) for pattern in moved)), None)
            if change.told and day:
                what = "il nuovo giorno di questa scadenza è già una notizia da sé"
                fix = "Togli major (la nota resta nella pagina), oppure togli il giorno se la nota dice altro."
                yield item.problem(("changes", position, "note"), what, day.group(), fix)


def rules_look_for_answers_that_exist(corpus: Corpus) -> Iterator[Problem]:
    """A rule that waits for an answer which nobody can give would hide its duty from every company."""
    questions = corpus.vocabularies.questions
    for item in corpus.items:
        for key, answer, offered in strange_answers(item.fields, questions):
            yield item.problem(key, "la domanda non offre questa risposta", answer, did_you_mean(answer, offered))


def rules_can_be_met(corpus: Corpus) -> Iterator[Problem]:
    """A rule that contradicts itself would hide its duty, or one of the duty's deadlines, from every company."""
    questions = corpus.vocabularies.questions
    fix = "Per le alternative usa any; una domanda a risposta unica non ne ha due insieme."
    for item, entry in corpus.entries:
        if not isinstance(entry, Duty) or entry.applies is None:
            continue
        if not _can_be_met(entry.applies.when, questions):
            yield item.problem(("applies", "when"), "nessuna impresa può soddisfare questa condizione", "", fix)
            continue
        for number, deadline in enumerate(entry.deadlines):
            if deadline.only_if and not _can_be_met(narrowed(entry.applies, deadline.only_if).when, questions):
                what = "nessuna impresa che ha questo adempimento può soddisfare questa condizione"
                yield item.problem(("deadlines", number, "only_if"), what, "", f"Confrontala con applies.when. {fix}")


def _can_be_met(condition: Condition, questions: Questions) -> bool:
    """Whether some company can meet a condition; true where a question of it does not exist, which is told elsewhere."""
    return not questions.keys() >= {key for key, _, _ in atoms(condition)} or can_apply(condition, questions)


def links_lead_somewhere(corpus: Corpus) -> Iterator[Problem]:
    """A link in the text must open a page, at an anchor that exists, inside the portal."""
    anchors = {item.document.path: item.body.anchors for item in corpus.items}
    for item in corpus.items:
        path = item.document.path
        said = {(flaw.line, flaw.found) for flaw in item.body.flaws}
        for link in item.body.links:
            if is_external(link.href) or (link.line, link.href) in said:
                continue
            target = target_of(link.href, path)
            if target is None or target.path not in anchors:
                fix = _mended(target, path, anchors, corpus)
                yield Problem(path, link.line, "testo", "il collegamento non porta a nessuna scheda", link.href, fix)
            elif target.anchor and not link.href.startswith("#") and target.anchor not in anchors[target.path]:
                near = did_you_mean(target.anchor, anchors[target.path]) or "Quella scheda non ha titoli: togli «#…»."
                yield Problem(path, link.line, "testo", "in quella scheda non c'è questo punto", link.href, near)


def _mended(target: Target | None, source: str, known: Iterable[str], corpus: Corpus) -> str:
    """How a link from `source` to where nothing is may be mended."""
    if target is None:
        return "Un collegamento resta dentro content/."
    if target.path.removeprefix(f"{CONTENT}/").removesuffix(".md") + "/" in corpus.published.addresses:
        return "Quella scheda c'era: se ha cambiato nome correggi il collegamento, se è stata cancellata rimettila."
    return _path_near(target.path, source, known)


def _path_near(path: str, source: str, known: Iterable[str]) -> str:
    """The known file whose own name looks most like that of `path`, as a link from `source`."""
    by_name = {posixpath.basename(other): other for other in known}
    name = nearest(posixpath.basename(path), by_name)
    if not name:
        return "Controlla il nome del file: il percorso parte dalla cartella di questa scheda."
    return f"Forse volevi «{posixpath.relpath(by_name[name], posixpath.dirname(source))}»."


def images_lead_somewhere(corpus: Corpus) -> Iterator[Problem]:
    """A picture must be one of ours: another host would see our readers, and a missing file shows nothing."""
    for item in corpus.items:
        said = {(flaw.line, flaw.found) for flaw in item.body.flaws}
        for image in item.body.images:
            if (image.line, image.src) in said:
                continue
            target = None if is_external(image.src) else target_of(image.src, item.document.path)
            if target is None or target.path not in corpus.images:
                fix = "Metti il file in content/immagini/ e scrivi ../immagini/nome.png."
                what = "l'immagine non c'è in content/immagini/"
                yield Problem(item.document.path, image.line, "testo", what, image.src, fix)


RULES: tuple[Rule, ...] = (
    ids_are_unique,
    addresses_are_unique,
    words_are_known,
    references_lead_somewhere,
    told_news_is_of_an_entry,
    what_was_published_stays,
    successors_are_of_one_kind_and_end,
    acts_follow_what_they_act_on,
    strategy_codes_match_their_edition,
    extensions_move_a_given_day,
    moved_deadlines_are_told_once,
    rules_look_for_answers_that_exist,
    rules_can_be_met,
    links_lead_somewhere,
    images_lead_somewhere,
)
"""Every rule, in the order in which it is read."""
