"""Made-up entries, as many as wanted, always the same: what `scripts/bench` measures with.

They have the mix of types, the length and the constructs of real ones, pass every check, and say nothing about the law.
An entry refers only to entries made before it, so the first hundred of a thousand are those of a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from posixpath import relpath
from random import Random
from typing import Any, TypeAlias

import yaml

from ecoteca.entries import Act, Call, CaseStudy, Duty, Entry, Event, GreenCriteria, Guide, Question, Term

DAY = date(2026, 7, 1)
"""The day for which the entries are made: none is dated later, so all of them are published."""

MOST = 10_000
"""How many entries there can be: acts grow younger by number, and none may be of the future."""

Fields: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One entry: its type, its name (file name and id), the fields of its front matter, its Markdown."""

    kind: type[Entry]
    name: str
    fields: Fields
    body: str

    @property
    def path(self) -> str:
        """The file, from the folder that holds all entries."""
        return f"{self.kind.folder}/{self.name}.md"

    @property
    def source(self) -> str:
        """The file's text, as an editor of the portal would write it."""
        return _file(self.fields, self.body)

    @property
    def plain_page(self) -> str:
        """The same text as a page of any MkDocs site: title, date and summary in front, the title as first heading."""
        fields = {
            "title": self.fields["title"],
            "description": self.fields["summary"],
            "date": self.fields["published"],
        }
        return _file(fields, f"# {self.fields['title']}\n\n{self.fields['summary']}\n\n{self.body}")


def made_up(count: int, seed: int = 1) -> list[MadeUp]:
    """`count` entries, from 1 to `MOST`; another `seed` gives other texts."""
    entries: list[MadeUp] = []
    for number in range(count):
        rng = Random(f"{seed}/{number}")
        kind = MIX[number % len(MIX)]
        fields = _common(kind, number, rng, entries) | _OWN[kind](number, rng, entries)
        entries.append(MadeUp(kind, _name(kind, number), fields, _body(kind, rng, entries)))
    return entries


MIX: tuple[type[Entry], ...] = (
    *(Act, Duty, Term, Act, Duty, Term, Act, Duty, Term, Act, Duty, Term, Act, Duty, Term, Act, Duty, Act),
    *(GreenCriteria, CaseStudy, Question, Guide, Event, Call),
)
"""The types in the order in which they are made, over and over: mostly acts, duties and terms, as in the portal."""


class _Dumper(yaml.CSafeDumper):
    """Writes every value out, where PyYAML would refer to an equal one above."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _file(fields: Fields, body: str) -> str:
    front = yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{body}"


def _name(kind: type[Entry], number: int) -> str:
    return f"{kind.label.lower().replace(' ', '-')}-{number:05d}"


def _common(kind: type[Entry], number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    """The fields that every entry has."""
    published = date(2024, 1, 1) + timedelta(days=rng.randrange(700))
    changed = published + timedelta(days=rng.randrange(1, 200))
    fields: Fields = {
        "id": _name(kind, number),
        "title": f"{kind.label} n. {number}: {rng.choice(OBJECTS)}",
        "summary": _sentence(rng)[:200],
        "themes": rng.sample(THEMES, rng.randint(1, 2)),
        "audience": ["impresa"],
        "state": "pubblicata",
        "published": published,
        "sources": [
            {
                "title": f"Testo ufficiale n. {number}",
                "url": f"https://ente.example/{number}",
                "issuer": "Ente",
                "official": True,
            },
            {
                "title": _phrase(rng),
                "url": f"https://rivista.example/{number}",
                "issuer": "Rivista",
                "read_on": published,
            },
        ],
    }
    if number % 3 == 0:
        fields["sectors"] = rng.sample(SECTORS, 2)
    if number % 4 == 0:
        fields["changes"] = [{"date": changed, "note": _sentence(rng), "major": True}]
    if earlier:
        fields["related"] = sorted({rng.choice(earlier).name for _ in range(3)})
    return fields


def _act(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    adopted = date(2015, 1, 1) + timedelta(days=number * 2 // 5)
    acts = [entry for entry in earlier if entry.kind is Act]
    fields: Fields = {"adopted": adopted, "in_force": adopted + timedelta(days=20)}
    if number % 2:
        in_year = number % 2000 + 1
        fields |= {
            "level": "europeo",
            "kind": "direttiva",
            "number": f"(UE) {adopted.year}/{in_year}",
            "celex": f"3{adopted.year}L{in_year:04d}",
        }
    else:
        in_year = number % 300 + 1
        fields |= {
            "level": "nazionale",
            "kind": "decreto legislativo",
            "number": f"{in_year}/{adopted.year}",
            "urn": f"urn:nir:stato:decreto.legislativo:{adopted};{in_year}",
        }
    if acts:
        fields[rng.choice(("implements", "modifies"))] = [rng.choice(acts).name]
    return fields


def _duty(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    day = f"{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    return {
        "who": f"{_sentence(rng)} {_sentence(rng)}\n\n{_sentence(rng)}",
        "what": f"{_sentence(rng)} {_sentence(rng)}",
        "when": _sentence(rng),
        "how": f"{_sentence(rng)}\n\n{_sentence(rng)} {_sentence(rng)}",
        "where": "Portale nazionale",
        "where_url": "https://portale.example/",
        "authority": "Camera di commercio",
        "exemptions": [_sentence(rng), _sentence(rng)],
        "penalty": _sentence(rng),
        "deadlines": [
            {"id": "annuale", "rule": "ogni anno", "what": f"Scadenza della voce {number}", "days": [day]},
            {
                "id": "annotazione",
                "rule": "da un evento",
                "what": "Annotare",
                "event": "produzione del rifiuto",
                "within": 10,
                "unit": "giorni",
            },
        ],
        "legal_basis": _basis(rng, earlier),
        "waste_codes": sorted({rng.choice(WASTE_CODES), rng.choice(WASTE_CODES)}),
    }


def _term(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    return {"acronym": f"VI{number}", "expansion": _phrase(rng), "synonyms": [_phrase(rng)[:80].strip()]}


def _criteria(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    return {
        "category": _phrase(rng),
        "situation": "in vigore",
        "decree": {"issuer": "MASE", "date": date(2023, 3, 6), "gazette": {"number": 60, "date": date(2023, 3, 11)}},
        "in_force": date(2023, 4, 10),
        "object": _sentence(rng),
        "legal_basis": _basis(rng, earlier),
        "proofs": [_phrase(rng), _phrase(rng)],
    }


def _case_study(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    results = [
        {
            "what": _phrase(rng),
            "value": rng.randint(10, 5000),
            "unit": "t/anno",
            "year": "2025",
            "url": "https://impresa.example/",
        }
        for _ in range(2)
    ]
    return {
        "company": f"Impresa inventata n. {number}",
        "name_basis": "fonte pubblica",
        "province": "bg",
        "strategies": ["riciclare"],
        "problem": f"{_sentence(rng)} {_sentence(rng)}",
        "solution": f"{_sentence(rng)} {_sentence(rng)}",
        "results": results,
    }


def _question(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    answered = date(2025, 1, 1) + timedelta(days=rng.randrange(500))
    return {
        "short_answer": _sentence(rng),
        "about": [earlier[-1].name],
        "legal_basis": _basis(rng, earlier),
        "answered_on": answered,
        "valid_as_of": answered,
    }


def _guide(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    steps = [
        {"title": _phrase(rng), "text": f"{_sentence(rng)} {_sentence(rng)}", "see": rng.choice(earlier).name}
        for _ in range(4)
    ]
    return {"goal": _sentence(rng), "before": [_phrase(rng), _phrase(rng)], "steps": steps}


def _event(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    starts = datetime(2025, 1, 1, 10) + timedelta(days=rng.randrange(800))
    return {
        "kind": "webinar",
        "organiser": "Camera di commercio",
        "starts": starts,
        "ends": starts + timedelta(hours=2),
        "online": True,
    }


def _call(number: int, rng: Random, earlier: Sequence[MadeUp]) -> Fields:
    opens = date(2025, 1, 1) + timedelta(days=rng.randrange(600))
    return {
        "body": "Regione Lombardia",
        "what": _sentence(rng),
        "beneficiaries": _sentence(rng),
        "budget": [{"source": "Regione Lombardia", "amount": rng.randint(1, 90) * 100_000}],
        "phases": [{"name": "Domande", "opens": opens, "closes": opens + timedelta(days=60)}],
    }


_OWN: dict[type[Entry], Callable[[int, Random, Sequence[MadeUp]], Fields]] = {
    Act: _act,
    Duty: _duty,
    Term: _term,
    GreenCriteria: _criteria,
    CaseStudy: _case_study,
    Question: _question,
    Guide: _guide,
    Event: _event,
    Call: _call,
}


def _basis(rng: Random, earlier: Sequence[MadeUp]) -> list[Fields]:
    """One or two acts made before; the mix begins with one, so there always is one."""
    acts = [entry.name for entry in earlier[-200:] if entry.kind is Act]
    chosen = rng.sample(acts, min(2, len(acts)))
    return [{"act": act, "article": f"art. {rng.randint(1, 200)}"} for act in chosen]


def _body(kind: type[Entry], rng: Random, earlier: Sequence[MadeUp]) -> str:
    """Three to four thousand characters with all that the dialect has."""
    first, second, third, fourth = rng.sample(HEADINGS, 4)
    rows = "\n".join(f"| {rng.choice(OBJECTS)} | {rng.choice(WASTE_CODES)} | {rng.choice(TIMES)} |" for _ in range(5))
    return "\n\n".join(
        (
            f"{_paragraph(rng)}[^1]",
            f"## {first}",
            _paragraph(rng),
            "\n".join(f"- **{rng.choice(OBJECTS)}**: {_sentence(rng)}" for _ in range(3)),
            f"### {rng.choice(SUBJECTS).capitalize()}",
            _paragraph(rng),
            f"## {second}",
            f"| Che cosa | Codice | Quando |\n| --- | --- | --- |\n{rows}",
            _paragraph(rng),
            f"> [!ESEMPIO]\n> {_sentence(rng)}",
            f"## {third}",
            "\n".join(f"{number}. {_sentence(rng)}" for number in range(1, 4)),
            f"{_sentence(rng)} Il modulo è *sempre* lo stesso: si chiama `modulo-{rng.randrange(999)}`.",
            f"## {fourth}",
            " ".join(_sentence(rng, _link(kind, rng.choice(earlier))) for _ in range(4)) if earlier else _sentence(rng),
            f"Il testo si legge [nel sito dell'ente](https://ente.example/testi/{rng.randrange(9999)}).",
            f"[^1]: {_sentence(rng)}\n",
        )
    )


def _link(kind: type[Entry], other: MadeUp) -> str:
    """A link to another entry, the way a forge's own view follows it."""
    return f"[{other.fields['title']}]({relpath(other.path, kind.folder)})"


def _paragraph(rng: Random) -> str:
    return " ".join(_sentence(rng) for _ in range(3))


def _sentence(rng: Random, thing: str = "") -> str:
    words = (
        rng.choice(SUBJECTS),
        rng.choice(VERBS),
        thing or f"{rng.choice(OBJECTS)} {_coined(rng)}",
        rng.choice(TIMES),
        rng.choice(REASONS),
    )
    sentence = " ".join(words)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _phrase(rng: Random) -> str:
    return f"{rng.choice(OBJECTS)} {rng.choice(TIMES)}".capitalize()


def _coined(rng: Random) -> str:
    """One of some thousand words, so that the search index has as many as a real one."""
    return f"di {rng.choice(PREFIXES)}{rng.choice(ROOTS)}{rng.choice(ENDINGS)}"


SUBJECTS = (
    "chi produce rifiuti",
    "chi importa imballaggi",
    "il trasportatore",
    "il gestore dell'impianto",
    "l'officina",
    "il cantiere",
    "la tipografia",
    "il laboratorio artigiano",
    "la cooperativa",
    "il responsabile tecnico",
    "la stazione appaltante",
    "l'impresa agricola",
    "il consorzio",
    "l'installatore",
    "il negozio",
    "la mensa",
    "l'intermediario",
    "il fornitore",
    "la Camera di commercio",
    "il Comune",
)

VERBS = (
    "annota",
    "archivia",
    "calcola",
    "chiede",
    "comunica",
    "confronta",
    "conserva",
    "consegna",
    "controlla",
    "descrive",
    "dichiara",
    "firma",
    "misura",
    "paga",
    "pesa",
    "prepara",
    "ritira",
    "separa",
    "trasmette",
    "verifica",
)

OBJECTS = (
    "il registro",
    "il formulario",
    "la dichiarazione annuale",
    "il contributo ambientale",
    "l'etichetta",
    "la scheda tecnica",
    "i dati delle quantità",
    "le batterie esauste",
    "gli imballaggi in vetro",
    "i fanghi di depurazione",
    "il rottame ferroso",
    "gli scarti di legno",
    "gli oli usati",
    "le acque di lavaggio",
    "i toner esauriti",
    "la copia del documento",
    "il contratto di ritiro",
    "l'autorizzazione",
    "la domanda di iscrizione",
    "il deposito temporaneo",
    "i residui di verniciatura",
    "le emissioni in atmosfera",
    "il bilancio dei materiali",
    "la prova di laboratorio",
)

TIMES = (
    "entro dieci giorni",
    "entro il mese dopo",
    "ogni tre mesi",
    "una volta l'anno",
    "prima del trasporto",
    "alla consegna",
    "dopo la pesata",
    "alla fine del turno",
    "prima della gara",
    "durante il controllo",
    "ogni cinque anni",
    "nei giorni feriali",
    "quando cambia il fornitore",
    "alla chiusura dell'anno",
)

REASONS = (
    "perché i conti tornino a fine anno",
    "per non confondere un obbligo con un consiglio",
    "così chi controlla trova subito le carte",
    "anche se la quantità è piccola",
    "senza aspettare la richiesta dell'autorità",
    "con l'aiuto del consulente",
    "nel portale nazionale o allo sportello",
    "tenendo distinto ciò che è pericoloso",
    "e ne tiene una copia per tre anni",
    "salvo gli esoneri previsti",
    "come spiegano le istruzioni dell'anno",
    "secondo il peso verificato all'arrivo",
)

PREFIXES = ("", "ri", "pre", "bio", "eco", "foto", "micro", "multi", "sotto", "termo")

ROOTS = (
    *("batter", "biogas", "calc", "cicl", "combust", "compost", "condens", "deped", "distill", "essicc"),
    *("estrus", "fermant", "filtr", "fond", "frantum", "gassific", "granul", "imball", "lavor", "macin"),
    *("metall", "miscel", "neutral", "ossid", "polver", "press", "raffin", "recuper", "rigener", "sbianc"),
    *("separ", "sinter", "stabil", "stamp", "termin", "tess", "tritur", "vagli", "vernic", "vetrific"),
)

ENDINGS = ("aggio", "amento", "anza", "ato", "atore", "atura", "azione", "eria", "ità", "ivo")

HEADINGS = (
    "Chi se ne occupa",
    "Come si fa in pratica",
    "Dove si presenta",
    "Errori frequenti",
    "Esempi dal territorio",
    "I casi particolari",
    "I costi",
    "I documenti da tenere",
    "I termini",
    "Le quantità",
    "Prima di cominciare",
    "Se cambia qualcosa",
)

WASTE_CODES = ("08 03 18", "12 01 01", "13 02 05*", "15 01 06", "15 01 10*", "16 06 01*", "17 04 05", "19 08 05")

THEMES = (
    *("adempimenti-rifiuti", "mud", "tracciabilita-rifiuti", "albo-gestori", "autorizzazioni", "deposito-temporaneo"),
    *("epr", "imballaggi", "aee-raee", "pile-batterie", "veicoli", "tessile", "plastica-monouso", "acquisti-verdi"),
    *("ecoprogettazione", "riuso-riciclo", "sottoprodotti", "materie-prime-seconde", "simbiosi-industriale", "f-gas"),
)

SECTORS = (
    *("agricoltura", "agroalimentare", "tessile-moda", "legno-arredo", "carta-stampa", "chimica-plastica", "minerali"),
    *("metalmeccanica", "elettronica", "costruzioni", "commercio", "autoriparazione", "trasporti", "servizi"),
)
