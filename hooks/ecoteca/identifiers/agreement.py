"""Whether the identifiers of one act speak of the same act.

Each function returns Italian sentences without a final full stop, one for each disagreement; none where all agree.
What is missing is not compared.
"""

from __future__ import annotations

from datetime import date

from ecoteca.identifiers.european import DOCUMENT_KINDS, Celex, EuropeanEli, EuropeanNumber
from ecoteca.identifiers.national import Gazette, ItalianEli, NormattivaUrn, RedactionalCode
from ecoteca.identifiers.spelling import matched


def european_disagreements(
    celex: Celex | None, eli: EuropeanEli | None, number: str | None, adopted: date | None
) -> list[str]:
    """What the CELEX number, the ELI, the own number and the day of adoption of a European act say differently.

    The year in an act's number is the one of its publication, which for acts adopted at the end of a year is the next.
    """
    said = []
    own = None
    if number is not None:
        try:
            own = EuropeanNumber.parse(number)
        except ValueError as refusal:
            said.append(f"il numero dell'atto non si può confrontare con gli altri: {refusal}")
    if celex is not None and eli is not None:
        said += _celex_and_eli(celex, eli)
    if celex is not None and own is not None:
        said += _celex_and_number(celex, own)
    elif eli is not None and own is not None and (eli.year, eli.number) != (own.year, own.number):
        said.append(f"l'ELI e il numero devono indicare lo stesso atto: {_pair(eli)} nell'ELI, {_pair(own)} nel numero")
    dated = celex or eli or own
    if adopted is not None and dated is not None and dated.year - adopted.year not in (0, 1):
        said.append(
            f"l'anno nel numero dell'atto ({dated.year}) deve essere quello dell'adozione ({adopted.year}) o il "
            "seguente"
        )
    return said


def _celex_and_eli(celex: Celex, eli: EuropeanEli) -> list[str]:
    said = []
    if celex.kind != eli.celex_kind:
        said.append(
            f"il CELEX e l'ELI devono essere dello stesso tipo di atto: con «{eli.kind}» nell'ELI il CELEX ha la "
            f"lettera {eli.celex_kind}, non {celex.kind}"
        )
    if (celex.year, celex.number) != (eli.year, eli.number):
        said.append(f"il CELEX e l'ELI devono indicare lo stesso atto: {_pair(celex)} nel CELEX, {_pair(eli)} nell'ELI")
    return said


def _celex_and_number(celex: Celex, own: EuropeanNumber) -> list[str]:
    said = []
    kinds = DOCUMENT_KINDS.get(own.series)
    if kinds is not None and (celex.sector != "5" or celex.kind not in kinds):
        said.append(f"il CELEX di un documento {own.series} deve avere il settore 5 e il tipo {' o '.join(kinds)}")
    if kinds is None and celex.sector == "5":
        said.append("il CELEX di un atto adottato deve avere il settore 3, perché il 5 è dei documenti preparatori")
    if (celex.year, celex.number) != (own.year, own.number):
        said.append(
            f"il CELEX e il numero devono indicare lo stesso atto: {_pair(celex)} nel CELEX, {_pair(own)} nel numero"
        )
    return said


def _pair(identifier: Celex | EuropeanEli | EuropeanNumber) -> str:
    return f"n. {identifier.number} del {identifier.year}"


def national_disagreements(urn: NormattivaUrn, kind: str, number: str | None, adopted: date | None) -> list[str]:
    """What the URN of an Italian act says otherwise than its kind, number and day of adoption.

    `kind` is spelt as `NormattivaUrn.act_kind` («decreto.legislativo», «legge»), `number` as «152/2006».
    """
    said = []
    if urn.act_kind != kind:
        said.append(f"l'URN deve essere dello stesso tipo dell'atto: «{urn.act_kind}» nell'URN, «{kind}» nell'atto")
    if number is not None:
        said += _urn_and_number(urn, number)
    if adopted is not None and urn.adopted != adopted:
        said.append(
            f"la data nell'URN deve essere quella dell'atto: {urn.adopted.isoformat()} nell'URN, {adopted.isoformat()} "
            "nell'atto"
        )
    return said


def _urn_and_number(urn: NormattivaUrn, number: str) -> list[str]:
    try:
        found = matched(
            r"^([1-9][0-9]*)/([0-9]{4})$",
            number,
            "il numero di un atto che ha un URN deve essere numero e anno, come «152/2006»",
        )
    except ValueError as refusal:
        return [str(refusal)]
    own = (int(found[1]), int(found[2]))
    if own == (urn.number, urn.adopted.year):
        return []
    return [
        f"l'URN e il numero devono indicare lo stesso atto: n. {urn.number} del {urn.adopted.year} nell'URN, "
        f"n. {own[0]} del {own[1]} nel numero"
    ]


def gazette_disagreements(gazette: Gazette, eli: ItalianEli | None, code: RedactionalCode | None) -> list[str]:
    """What the issue of the Gazzetta, the text's address in it and its code say differently."""
    said = []
    if eli is not None and eli.published != gazette.published:
        said.append(
            f"l'indirizzo ELI deve avere la data della Gazzetta: {eli.published.isoformat()} nell'indirizzo, "
            f"{gazette.published.isoformat()} nella Gazzetta"
        )
    if eli is not None and eli.series != gazette.series:
        said.append(
            f"l'indirizzo ELI deve essere della stessa serie della Gazzetta: {eli.series} nell'indirizzo, "
            f"{gazette.series} nella Gazzetta"
        )
    if eli is not None and code is not None and eli.code != code:
        said.append(f"il codice redazionale deve essere quello dell'indirizzo ELI, «{eli.code}»")
    if eli is None and code is not None and not code.fits(gazette.published):
        said.append("il codice redazionale deve cominciare con l'anno della Gazzetta o con quello prima")
    return said
