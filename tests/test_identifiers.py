"""What the portal promises about identifiers: one spelling each, an official address, no two that contradict."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoteca.identifiers import (
    ATECO_DIVISIONS,
    ATECO_SECTIONS,
    GAZETTE_SERIES,
    Ateco,
    Celex,
    Cpv,
    Cup,
    EuropeanEli,
    EuropeanNumber,
    Gazette,
    Identifier,
    ItalianEli,
    NormattivaUrn,
    OfficialJournal,
    RedactionalCode,
    RegionalNumber,
    WasteCode,
    european_disagreements,
    gazette_disagreements,
    national_disagreements,
)

WRITTEN: tuple[type[Identifier], ...] = (
    Celex,
    EuropeanEli,
    EuropeanNumber,
    NormattivaUrn,
    RedactionalCode,
    ItalianEli,
    RegionalNumber,
    WasteCode,
    Ateco,
    Cpv,
    Cup,
)

CELEX_SHAPE = (
    "deve essere un numero CELEX, cioè settore, anno, tipo e numero di quattro cifre senza spazi, come «32018L0851»"
)
CONSOLIDATED = (
    "un testo consolidato deve avere il settore 0 e finire con la sua data, come «02008L0098-20180705», "
    "e ogni altro testo né l'uno né l'altra"
)
ELI_SHAPE = (
    "deve essere un ELI europeo, cioè un indirizzo con tipo (dir, dir_del, dir_impl, reg, reg_del, reg_impl, dec, "
    "dec_del, dec_impl, reco), anno e numero che finisce con «oj» o con la data del testo consolidato, come "
    "«http://data.europa.eu/eli/dir/2018/851/oj»"
)
NUMBER_SHAPE = (
    "deve essere il numero dell'atto come è scritto nel suo titolo, per esempio «(UE) 2018/851», «2008/98/CE», "
    "«(CE) n. 1013/2006» o «COM(2020) 98»"
)
URN_SHAPE = (
    "deve essere l'URN di Normattiva, cioè autorità, tipo, data completa e numero, come "
    "«urn:nir:stato:decreto.legislativo:2006-04-03;152», e per un articolo può finire con «~art190»"
)
CODE_SHAPE = (
    "deve essere un codice redazionale della Gazzetta Ufficiale, cioè anno, lettera e numero in otto caratteri, "
    "come «23G00065» o «010G0049»"
)
ITALIAN_ELI_SHAPE = (
    "deve essere l'indirizzo ELI dell'atto nella Gazzetta Ufficiale, come "
    "«https://www.gazzettaufficiale.it/eli/id/2023/05/31/23G00065/sg»"
)
REGIONAL_SHAPE = "deve essere la legislatura in numeri romani, una barra e il numero, come «XI/6408»"
ROMAN = "la legislatura deve essere un numero romano scritto nella forma corretta, come «IX» o «XII»"
WASTE_SHAPE = (
    "deve essere un codice EER di sei cifre con il capitolo da 01 a 20, seguito da un asterisco se il rifiuto è "
    "pericoloso, come «13 02 05*»"
)
ATECO_SHAPE = (
    "deve essere un codice ATECO 2025: la lettera della sezione da A a V, oppure da due a sei cifre con i punti, "
    "come «38», «38.11» o «38.11.00»"
)
CPV_SHAPE = (
    "deve essere un codice CPV: otto cifre che cominciano con una divisione del vocabolario, un trattino e la cifra "
    "di controllo, come «45000000-7»"
)
CUP_SHAPE = (
    "deve essere un CUP di quindici caratteri, con lettere maiuscole al primo e al quarto posto e cifre negli altri, "
    "come «C11G06000000001»"
)


# Every identifier


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_example_of_each_identifier_is_its_canonical_spelling(kind: type[Identifier]) -> None:
    assert str(kind.parse(kind.EXAMPLE)) == kind.EXAMPLE


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("around", ["{} ", " {}", "{}\n", "«{}»", "{}{}", "", "٠{}"])
def test_nothing_may_stand_around_an_identifier(kind: type[Identifier], around: str) -> None:
    text = around.format(kind.EXAMPLE, kind.EXAMPLE)
    with pytest.raises(ValueError, match=re.escape(kind.EXAMPLE)):
        kind.parse(text)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(data=st.data())
@pytest.mark.parametrize("kind", WRITTEN)
def test_what_has_the_published_shape_is_read_back_unchanged_or_refused_in_a_sentence(
    kind: type[Identifier], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(kind.PATTERN, fullmatch=True))
    refusal = _refusal(kind, text)
    if refusal is None:
        value = kind.parse(text)
        assert kind.parse(str(value)) == value
        assert re.search(kind.PATTERN, str(value))
    else:
        assert re.search(r"\bdev(e|ono)\b", refusal)
        assert not refusal.endswith(".")


def _refusal(kind: type[Identifier], text: str) -> str | None:
    try:
        kind.parse(text)
    except ValueError as error:
        return str(error)
    return None


# European Union


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("32018L0851", Celex("3", 2018, "L", "0851")),
        ("52020DC0098", Celex("5", 2020, "DC", "0098")),
        ("52024XC05687", Celex("5", 2024, "XC", "05687")),
        ("22006A1230(03)", Celex("2", 2006, "A", "1230", sequence=3)),
        ("32018L0851R(01)", Celex("3", 2018, "L", "0851", corrigendum=1)),
        ("02008L0098-20180705", Celex("0", 2008, "L", "0098", consolidated=date(2018, 7, 5))),
        ("E2019C0059", Celex("E", 2019, "C", "0059")),
    ],
)
def test_celex_numbers_are_read_and_link_to_the_italian_text(text: str, value: Celex) -> None:
    assert Celex.parse(text) == value
    assert str(value) == text
    assert value.url == f"https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:{text}"


def test_the_number_in_a_celex_has_no_leading_zeros() -> None:
    assert Celex.parse("32025R0040").number == 40


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("32018l0851", CELEX_SHAPE),
        ("3 2018 L 0851", CELEX_SHAPE),
        ("CELEX:32018L0851", CELEX_SHAPE),
        ("32018L851", CELEX_SHAPE),
        ("31918L0851", CELEX_SHAPE),
        ("C2018L0851", CELEX_SHAPE),
        ("32018L00851", "il numero dopo il tipo deve avere quattro cifre, come in «32018L0851»"),
        ("02008L0098", CONSOLIDATED),
        ("32008L0098-20180705", CONSOLIDATED),
        ("02008L0098-20180230", "la data del testo consolidato deve esistere nel calendario"),
    ],
)
def test_a_celex_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Celex.parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("http://data.europa.eu/eli/dir/2018/851/oj", EuropeanEli("dir", 2018, 851)),
        ("http://data.europa.eu/eli/dec_del/2025/934/oj", EuropeanEli("dec_del", 2025, 934)),
        ("http://data.europa.eu/eli/dir/1994/62/oj", EuropeanEli("dir", 1994, 62)),
        ("http://data.europa.eu/eli/dec/2001/118(1)/oj", EuropeanEli("dec", 2001, 118, sequence=1)),
        (
            "http://data.europa.eu/eli/dir/2008/98/2018-07-05",
            EuropeanEli("dir", 2008, 98, consolidated=date(2018, 7, 5)),
        ),
    ],
)
def test_european_elis_are_read_and_linked_with_encryption(text: str, value: EuropeanEli) -> None:
    assert EuropeanEli.parse(text) == value
    assert str(value) == text
    assert value.url == text.replace("http:", "https:")
    assert str(EuropeanEli.parse(value.url)) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("data.europa.eu/eli/dir/2018/851/oj", ELI_SHAPE),
        ("http://data.europa.eu/eli/dir/2018/851", ELI_SHAPE),
        ("http://data.europa.eu/eli/dir/851/2018/oj", ELI_SHAPE),
        ("http://data.europa.eu/eli/dir/2018/0851/oj", ELI_SHAPE),
        ("http://data.europa.eu/eli/direttiva/2018/851/oj", ELI_SHAPE),
        ("https://eur-lex.europa.eu/eli/dir/2018/851/oj", ELI_SHAPE),
        (
            "http://data.europa.eu/eli/dir/2008/98/2018-13-05",
            "la data del testo consolidato deve esistere nel calendario",
        ),
    ],
)
def test_a_european_eli_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        EuropeanEli.parse(text)


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [
        ("(UE) 2018/851", 2018, 851),
        ("(UE) 2015/2283", 2015, 2283),
        ("(UE) 2016/2031", 2016, 2031),
        ("(UE, Euratom) 2018/1046", 2018, 1046),
        ("(PESC) 2015/1763", 2015, 1763),
        ("(UE) n. 2018/851", 2018, 851),
        ("(UE) n. 1357/2014", 2014, 1357),
        ("(UE) n. 98/2013", 2013, 98),
        ("(CE) n. 1013/2006", 2006, 1013),
        ("(CE) 1907/2006", 2006, 1907),
        ("(CE) n. 2037/2000", 2000, 2037),
        ("(CE, Euratom) n. 2988/95", 1995, 2988),
        ("(CEE) n. 2092/91", 1991, 2092),
        ("2008/98/CE", 2008, 98),
        ("2012/19/UE", 2012, 19),
        ("2000/532/CE", 2000, 532),
        ("94/62/CE", 1994, 62),
        ("75/442/CEE", 1975, 442),
        ("n. 1386/2013/UE", 2013, 1386),
        ("1386/2013/UE", 2013, 1386),
        ("n. 2037/2000/CE", 2000, 2037),
        ("COM(2020) 98", 2020, 98),
        ("COM(2020) 98 final", 2020, 98),
        ("SWD(2025) 130", 2025, 130),
    ],
)
def test_the_year_in_an_acts_number_is_found_by_kind_and_age(text: str, year: int, number: int) -> None:
    own = EuropeanNumber.parse(text)
    assert (own.year, own.number) == (year, number)
    assert str(own) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2018/851", NUMBER_SHAPE),
        ("direttiva (UE) 2018/851", NUMBER_SHAPE),
        ("(UE)2018/851", NUMBER_SHAPE),
        ("(EU) 2018/851", NUMBER_SHAPE),
        ("(CE) n.1013/2006", NUMBER_SHAPE),
        ("COM 2020/98", NUMBER_SHAPE),
        ("98/19/CE/2", NUMBER_SHAPE),
        (
            "(CE) n. 1013/20",
            "una delle due parti del numero deve essere l'anno, con quattro cifre o con due fino al 1999",
        ),
    ],
)
def test_a_european_number_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        EuropeanNumber.parse(text)


def test_the_official_journal_had_numbers_until_september_2023() -> None:
    issue = OfficialJournal("L", 150, date(2018, 6, 14))
    assert issue.label == str(issue) == "GU L 150 del 14.6.2018"
    assert issue.url == "https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=OJ:L:2018:150:TOC"
    assert OfficialJournal("C", 7, date(2020, 1, 10)).url.endswith("uri=OJ:C:2020:007:TOC")


def test_since_october_2023_the_official_journal_has_no_numbers() -> None:
    issue = OfficialJournal("L", None, date(2025, 1, 22))
    assert issue.label == "GU L del 22.1.2025"
    assert issue.url == "https://eur-lex.europa.eu/oj/daily-view/L-series/default.html?ojDate=22012025&locale=it"


@pytest.mark.parametrize(
    ("series", "number", "published", "message"),
    [
        ("S", 1, date(2018, 1, 3), "la serie deve essere L o C"),
        ("L", None, date(2023, 9, 30), "prima del 1° ottobre 2023 la Gazzetta deve avere il suo numero, da 1 a 999"),
        ("L", 0, date(2018, 6, 14), "prima del 1° ottobre 2023 la Gazzetta deve avere il suo numero, da 1 a 999"),
        (
            "L",
            2,
            date(2023, 10, 1),
            "dal 1° ottobre 2023 la Gazzetta deve essere indicata senza numero, con serie e data",
        ),
        (
            "X",
            1,
            date(1967, 12, 31),
            "la serie deve essere L o C; la data deve essere dal 3 gennaio 1968 in poi, perché le serie L e C "
            "cominciano allora",
        ),
    ],
)
def test_an_official_journal_that_cannot_be_is_refused(
    series: str, number: int | None, published: date, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        OfficialJournal(series, number, published)


# Italy


@pytest.mark.parametrize(
    ("text", "value", "act_kind"),
    [
        (
            "urn:nir:stato:decreto.legislativo:2006-04-03;152",
            NormattivaUrn("stato", "decreto.legislativo", date(2006, 4, 3), 152),
            "decreto.legislativo",
        ),
        (
            "urn:nir:stato:decreto.legislativo:2006-04-03;152~art188bis",
            NormattivaUrn("stato", "decreto.legislativo", date(2006, 4, 3), 152, article="188bis"),
            "decreto.legislativo",
        ),
        (
            "urn:nir:stato:regio.decreto:1942-03-16;262:2~art2043",
            NormattivaUrn("stato", "regio.decreto", date(1942, 3, 16), 262, annex=2, article="2043"),
            "regio.decreto",
        ),
        (
            "urn:nir:presidente.repubblica:decreto:2013-03-13;59",
            NormattivaUrn("presidente.repubblica", "decreto", date(2013, 3, 13), 59),
            "decreto.del.presidente.della.repubblica",
        ),
        (
            "urn:nir:ministero.ambiente:decreto:2014-06-03;120",
            NormattivaUrn("ministero.ambiente", "decreto", date(2014, 6, 3), 120),
            "decreto.ministeriale",
        ),
        (
            "urn:nir:regione.lombardia:legge:2003-12-12;26",
            NormattivaUrn("regione.lombardia", "legge", date(2003, 12, 12), 26),
            "legge.regionale",
        ),
    ],
)
def test_urns_are_read_and_link_to_the_text_in_force(text: str, value: NormattivaUrn, act_kind: str) -> None:
    assert NormattivaUrn.parse(text) == value
    assert str(value) == text
    assert value.act_kind == act_kind
    assert value.url == f"https://www.normattiva.it/uri-res/N2Ls?{text}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("urn:nir:stato:decreto.legislativo:2006;152", URN_SHAPE),
        ("urn:nir:stato:decreto legislativo:2006-04-03;152", URN_SHAPE),
        ("urn:nir:stato:decreto.legislativo:2006-04-03;0152", URN_SHAPE),
        ("urn:nir:stato:decreto.legislativo:2006-04-03", URN_SHAPE),
        ("urn:nir:stato:decreto.legislativo:2006-04-03;152~190", URN_SHAPE),
        (
            "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2006-04-03;152",
            URN_SHAPE,
        ),
        ("urn:nir:stato:legge:2025-02-30;1", "la data nell'URN deve esistere nel calendario"),
        ("urn:nir:stato:legge:0000-01-01;1", "la data nell'URN deve esistere nel calendario"),
    ],
)
def test_a_urn_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        NormattivaUrn.parse(text)


@pytest.mark.parametrize("text", ["25A06516", "23G00065", "010G0049", "025G0189", "042U0262"])
def test_both_layouts_of_the_redactional_code_are_read(text: str) -> None:
    assert str(RedactionalCode.parse(text)) == text


@pytest.mark.parametrize("text", ["25a06516", "2023G0065", "110G0049", "23G0065", "23-G00065"])
def test_a_redactional_code_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(CODE_SHAPE)}$"):
        RedactionalCode.parse(text)


@pytest.mark.parametrize(
    ("text", "published", "fits"),
    [
        ("23G00065", date(2023, 5, 31), True),
        ("19G00171", date(2020, 1, 2), True),
        ("099G0312", date(2000, 1, 3), True),
        ("042U0262", date(1942, 4, 4), True),
        ("23G00065", date(2022, 12, 31), False),
        ("21G00065", date(2023, 5, 31), False),
    ],
)
def test_a_redactional_code_is_of_the_year_of_publication_or_the_one_before(
    text: str, published: date, fits: bool
) -> None:
    assert RedactionalCode.parse(text).fits(published) is fits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "https://www.gazzettaufficiale.it/eli/id/2023/05/31/23G00065/sg",
            ItalianEli(date(2023, 5, 31), RedactionalCode("23G00065"), "SG"),
        ),
        (
            "https://www.gazzettaufficiale.it/eli/id/2022/05/10/22E05821/s4",
            ItalianEli(date(2022, 5, 10), RedactionalCode("22E05821"), "4a"),
        ),
    ],
)
def test_italian_elis_are_read_and_are_their_own_address(text: str, value: ItalianEli) -> None:
    assert ItalianEli.parse(text) == value
    assert str(value) == value.url == text


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("2023/5/31/23G00065/sg", ITALIAN_ELI_SHAPE),
        ("2023/05/31/23G00065", ITALIAN_ELI_SHAPE),
        ("2023/05/31/23G00065/s6", ITALIAN_ELI_SHAPE),
        ("2023/05/31/GGGGGGGG/sg", CODE_SHAPE),
        ("2023/02/29/23G00065/sg", "la data nell'indirizzo ELI deve esistere nel calendario"),
        (
            "2013/05/31/23G00065/sg",
            "il codice redazionale deve cominciare con l'anno di pubblicazione o con quello prima",
        ),
    ],
)
def test_an_italian_eli_that_cannot_be_is_refused(path: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        ItalianEli.parse(f"https://www.gazzettaufficiale.it/eli/id/{path}")


@pytest.mark.parametrize(
    ("gazette", "label", "path"),
    [
        (
            Gazette("SG", 281, date(2025, 12, 3)),
            "GU Serie generale n. 281 del 3 dicembre 2025",
            "2025/12/03/281/sg/html",
        ),
        (
            Gazette("SG", 285, date(2021, 11, 30), supplement=41),
            "GU Serie generale n. 285 del 30 novembre 2021, S.O. n. 41",
            "2021/11/30/285/so/41/sg/html",
        ),
        (Gazette("SG", 183, date(2025, 8, 8)), "GU Serie generale n. 183 dell'8 agosto 2025", "2025/08/08/183/sg/html"),
        (
            Gazette("SG", 226, date(2020, 9, 11)),
            "GU Serie generale n. 226 dell'11 settembre 2020",
            "2020/09/11/226/sg/html",
        ),
        (Gazette("SG", 127, date(2023, 6, 1)), "GU Serie generale n. 127 del 1° giugno 2023", "2023/06/01/127/sg/html"),
        (Gazette("4a", 9, date(2024, 1, 30)), "GU 4ª Serie speciale n. 9 del 30 gennaio 2024", "2024/01/30/9/s4/html"),
    ],
)
def test_an_issue_of_the_gazzetta_is_cited_and_linked(gazette: Gazette, label: str, path: str) -> None:
    assert gazette.label == str(gazette) == label
    assert gazette.url == f"https://www.gazzettaufficiale.it/eli/gu/{path}"


@pytest.mark.parametrize(
    ("series", "number", "published", "supplement", "message"),
    [
        ("sg", 281, date(2025, 12, 3), None, "la serie deve essere una tra SG, 1a, 2a, 3a, 4a, 5a"),
        ("SG", 0, date(2025, 12, 3), None, "il numero della Gazzetta deve essere tra 1 e 400"),
        ("SG", 401, date(2025, 12, 3), None, "il numero della Gazzetta deve essere tra 1 e 400"),
        (
            "SG",
            281,
            date(2025, 3, 12),
            None,
            "il numero della Gazzetta non deve superare i giorni passati dall'inizio dell'anno",
        ),
        ("SG", 88, date(206, 4, 14), None, "la data deve essere dal 1860 in poi"),
        ("SG", 88, date(2006, 4, 14), 0, "il numero del supplemento ordinario deve essere almeno 1"),
        (
            "6a",
            500,
            date(2006, 4, 14),
            -1,
            "la serie deve essere una tra SG, 1a, 2a, 3a, 4a, 5a; il numero della Gazzetta deve essere tra 1 e 400; "
            "il numero del supplemento ordinario deve essere almeno 1",
        ),
    ],
)
def test_a_gazzetta_that_cannot_be_is_refused_with_all_that_is_wrong(
    series: str, number: int, published: date, supplement: int | None, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Gazette(series, number, published, supplement)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(
    series=st.sampled_from(sorted(GAZETTE_SERIES)),
    published=st.dates(date(1947, 1, 1), date(2099, 12, 31)),
    supplement=st.none() | st.integers(1, 300),
)
def test_every_series_and_day_has_an_address_of_the_official_form(
    series: str, published: date, supplement: int | None
) -> None:
    address = Gazette(series, 1, published, supplement).url
    assert re.fullmatch(
        r"https://www\.gazzettaufficiale\.it/eli/gu/\d{4}/\d\d/\d\d/1(/so/\d+)?/(sg|s[1-5])/html", address
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("XI/6408", RegionalNumber(11, 6408)),
        ("XII/4648", RegionalNumber(12, 4648)),
        ("IX/2727", RegionalNumber(9, 2727)),
        ("VIII/1526", RegionalNumber(8, 1526)),
    ],
)
def test_the_regions_numbers_are_read(text: str, value: RegionalNumber) -> None:
    assert RegionalNumber.parse(text) == value
    assert str(value) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("11/6408", REGIONAL_SHAPE),
        ("xi/6408", REGIONAL_SHAPE),
        ("XI-6408", REGIONAL_SHAPE),
        ("XI/06408", REGIONAL_SHAPE),
        ("XIIII/1", ROMAN),
        ("IXX/1", ROMAN),
        ("VV/1", ROMAN),
        ("IIX/1", ROMAN),
    ],
)
def test_a_regional_number_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        RegionalNumber.parse(text)


# Wastes, activities, purchases, projects


@pytest.mark.parametrize(
    ("text", "canonical", "hazardous", "chapter"),
    [
        ("13 02 05*", "13 02 05*", True, "13"),
        ("130205*", "13 02 05*", True, "13"),
        ("200101", "20 01 01", False, "20"),
        ("01 01 01", "01 01 01", False, "01"),
    ],
)
def test_waste_codes_have_one_spelling_and_say_whether_they_are_hazardous(
    text: str, canonical: str, hazardous: bool, chapter: str
) -> None:
    code = WasteCode.parse(text)
    assert str(code) == canonical
    assert code.hazardous is hazardous
    assert code.chapter == chapter


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("21 01 01", WASTE_SHAPE),
        ("00 01 01", WASTE_SHAPE),
        ("13 02 5*", WASTE_SHAPE),
        ("13 0205", WASTE_SHAPE),
        ("13.02.05", WASTE_SHAPE),
        ("13 02 05 *", WASTE_SHAPE),
        ("13 02 05**", WASTE_SHAPE),
        ("13 02 00", "il codice EER deve avere tutte e sei le cifre di un rifiuto, non di un capitolo"),
        ("130005", "il codice EER deve avere tutte e sei le cifre di un rifiuto, non di un capitolo"),
    ],
)
def test_a_waste_code_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        WasteCode.parse(text)


@pytest.mark.parametrize(
    ("text", "division", "section"),
    [
        ("C", None, "C"),
        ("01", "01", "A"),
        ("62", "62", "K"),
        ("62.1", "62", "K"),
        ("62.10", "62", "K"),
        ("62.10.0", "62", "K"),
        ("62.10.00", "62", "K"),
        ("38.11.00", "38", "E"),
        ("58.1", "58", "J"),
        ("68.32", "68", "M"),
        ("95.31", "95", "T"),
        ("99", "99", "V"),
    ],
)
def test_activity_codes_of_every_level_know_their_section(text: str, division: str | None, section: str) -> None:
    code = Ateco.parse(text)
    assert (code.division, code.section) == (division, section)
    assert str(code) == text


def test_ateco_2025_has_22_named_sections_and_87_divisions() -> None:
    assert "".join(ATECO_SECTIONS) == "ABCDEFGHIJKLMNOPQRSTUV"
    assert len(ATECO_DIVISIONS) == 87
    assert set(ATECO_DIVISIONS.values()) == set(ATECO_SECTIONS)
    assert Ateco.parse("41.00").section_name == "Costruzioni"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("W", ATECO_SHAPE),
        ("c", ATECO_SHAPE),
        ("C38", ATECO_SHAPE),
        ("3811", ATECO_SHAPE),
        ("38.111", ATECO_SHAPE),
        ("38.", ATECO_SHAPE),
        ("34", "le prime due cifre devono essere una divisione di ATECO 2025"),
        ("00.1", "le prime due cifre devono essere una divisione di ATECO 2025"),
        (
            "45.20.10",
            "la divisione deve essere di ATECO 2025, che non ha più la 45: il commercio di veicoli è nelle divisioni "
            "46 e 47, la riparazione nella 95",
        ),
    ],
)
def test_an_activity_code_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Ateco.parse(text)


@pytest.mark.parametrize("text", ["45000000-7", "03113100-7", "71355000-1", "90500000-2"])
def test_cpv_codes_are_read(text: str) -> None:
    code = Cpv.parse(text)
    assert str(code) == text
    assert code.division == text[:2]


def test_every_division_of_the_cpv_is_known() -> None:
    known = {number for number in range(100) if re.fullmatch(Cpv.PATTERN, f"{number:02d}000000-1")}
    in_force = {3, 9, 22, 24, 48, 50, 51, 55, 60, 80, 85, 90, 92, 98}
    in_force |= {14, 15, 16, 18, 19, *range(30, 36), 37, 38, 39, *range(41, 46), *range(63, 67)}
    assert known == in_force | {70, 71, 72, 73, 75, 76, 77, 79}


@pytest.mark.parametrize("text", ["45000000", "45000000/7", "4500000-7", "46000000-7", "45000000-X"])
def test_a_cpv_code_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(CPV_SHAPE)}$"):
        Cpv.parse(text)


def test_a_project_code_links_to_its_page() -> None:
    code = Cup.parse("J31B21000200001")
    assert str(code) == "J31B21000200001"
    assert code.url == "https://www.opencup.gov.it/portale/progetto/-/cup/J31B21000200001"


@pytest.mark.parametrize("text", ["J31B2100020000", "j31b21000200001", "131B21000200001", "J31B2100020000O"])
def test_a_project_code_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(CUP_SHAPE)}$"):
        Cup.parse(text)


# Agreement


@pytest.mark.parametrize(
    ("celex", "eli", "number", "adopted"),
    [
        ("32018L0851", "dir/2018/851", "(UE) 2018/851", date(2018, 5, 30)),
        ("32008L0098", "dir/2008/98", "2008/98/CE", date(2008, 11, 19)),
        ("31994L0062", "dir/1994/62", "94/62/CE", date(1994, 12, 20)),
        ("32006R1013", "reg/2006/1013", "(CE) n. 1013/2006", None),
        ("32000D0532", "dec/2000/532", "2000/532/CE", date(2000, 5, 3)),
        ("32025D0934", "dec_del/2025/934", "(UE) 2025/934", date(2025, 3, 5)),
        ("32025H1710", "reco/2025/1710", "(UE) 2025/1710", date(2025, 7, 30)),
        ("32025R0040", "reg/2025/40", "(UE) 2025/40", date(2024, 12, 19)),
        ("32010R0066", "reg/2010/66", "(CE) n. 66/2010", date(2009, 11, 25)),
        ("52020DC0098", None, "COM(2020) 98", date(2020, 3, 11)),
        ("52023PC0166", None, "COM(2023) 166", None),
        (None, "dir/2018/851", "(UE) 2018/851", date(2018, 5, 30)),
        (None, None, None, date(2018, 5, 30)),
    ],
)
def test_real_european_acts_agree_with_themselves(
    celex: str | None, eli: str | None, number: str | None, adopted: date | None
) -> None:
    assert european_disagreements(_celex(celex), _eli(eli), number, adopted) == []


@pytest.mark.parametrize(
    ("celex", "eli", "number", "adopted", "said"),
    [
        (
            "32018L0815",
            "dir/2018/851",
            "(UE) 2018/851",
            None,
            [
                "il CELEX e l'ELI devono indicare lo stesso atto: n. 815 del 2018 nel CELEX, n. 851 del 2018 nell'ELI",
                "il CELEX e il numero devono indicare lo stesso atto: n. 815 del 2018 nel CELEX, "
                "n. 851 del 2018 nel numero",
            ],
        ),
        (
            "32018R0851",
            "dir/2018/851",
            None,
            None,
            [
                "il CELEX e l'ELI devono essere dello stesso tipo di atto: con «dir» nell'ELI il CELEX ha la lettera "
                "L, non R"
            ],
        ),
        (
            "32006R1013",
            None,
            "(CE) n. 1013/2007",
            None,
            [
                "il CELEX e il numero devono indicare lo stesso atto: n. 1013 del 2006 nel CELEX, "
                "n. 1013 del 2007 nel numero"
            ],
        ),
        (
            None,
            "dir/2018/850",
            "(UE) 2018/851",
            None,
            ["l'ELI e il numero devono indicare lo stesso atto: n. 850 del 2018 nell'ELI, n. 851 del 2018 nel numero"],
        ),
        (
            "32020L0098",
            None,
            "COM(2020) 98",
            None,
            ["il CELEX di un documento COM deve avere il settore 5 e il tipo PC o DC"],
        ),
        (
            "52018PC0851",
            None,
            "(UE) 2018/851",
            None,
            ["il CELEX di un atto adottato deve avere il settore 3, perché il 5 è dei documenti preparatori"],
        ),
        (
            "32025R0040",
            None,
            None,
            date(2023, 12, 19),
            ["l'anno nel numero dell'atto (2025) deve essere quello dell'adozione (2023) o il seguente"],
        ),
        (
            None,
            None,
            "(UE) 2018/851",
            date(2019, 5, 30),
            ["l'anno nel numero dell'atto (2018) deve essere quello dell'adozione (2019) o il seguente"],
        ),
        (
            "32018L0851",
            None,
            "2018/851",
            None,
            [f"il numero dell'atto non si può confrontare con gli altri: {NUMBER_SHAPE}"],
        ),
    ],
)
def test_european_identifiers_that_contradict_each_other_are_told(
    celex: str | None, eli: str | None, number: str | None, adopted: date | None, said: list[str]
) -> None:
    assert european_disagreements(_celex(celex), _eli(eli), number, adopted) == said


def _celex(text: str | None) -> Celex | None:
    return Celex.parse(text) if text else None


def _eli(path: str | None) -> EuropeanEli | None:
    return EuropeanEli.parse(f"http://data.europa.eu/eli/{path}/oj") if path else None


@pytest.mark.parametrize(
    ("urn", "kind", "number", "adopted"),
    [
        ("stato:decreto.legislativo:2006-04-03;152", "decreto.legislativo", "152/2006", date(2006, 4, 3)),
        ("stato:decreto.legge:2025-12-31;200", "decreto.legge", "200/2025", date(2025, 12, 31)),
        ("stato:legge:1994-01-25;70", "legge", "70/1994", date(1994, 1, 25)),
        (
            "presidente.repubblica:decreto:2013-03-13;59",
            "decreto.del.presidente.della.repubblica",
            "59/2013",
            date(2013, 3, 13),
        ),
        ("stato:legge:1994-01-25;70", "legge", None, None),
    ],
)
def test_real_italian_acts_agree_with_themselves(urn: str, kind: str, number: str | None, adopted: date | None) -> None:
    assert national_disagreements(NormattivaUrn.parse(f"urn:nir:{urn}"), kind, number, adopted) == []


def test_a_urn_that_contradicts_its_act_is_told_in_every_respect() -> None:
    urn = NormattivaUrn.parse("urn:nir:stato:legge:2025-02-27;62")
    assert national_disagreements(urn, "decreto.legge", "26/2026", date(2026, 2, 27)) == [
        "l'URN deve essere dello stesso tipo dell'atto: «legge» nell'URN, «decreto.legge» nell'atto",
        "l'URN e il numero devono indicare lo stesso atto: n. 62 del 2025 nell'URN, n. 26 del 2026 nel numero",
        "la data nell'URN deve essere quella dell'atto: 2025-02-27 nell'URN, 2026-02-27 nell'atto",
    ]


def test_an_act_with_a_urn_has_a_number_and_a_year() -> None:
    urn = NormattivaUrn.parse("urn:nir:stato:legge:2026-02-27;26")
    assert national_disagreements(urn, "legge", "27 febbraio 2026", None) == [
        "il numero di un atto che ha un URN deve essere numero e anno, come «152/2006»"
    ]


def test_the_gazzetta_its_address_and_its_code_agree_or_are_told() -> None:
    gazette = Gazette("SG", 126, date(2023, 5, 31))
    eli = ItalianEli.parse("https://www.gazzettaufficiale.it/eli/id/2023/05/31/23G00065/sg")
    assert gazette_disagreements(gazette, eli, eli.code) == []
    assert gazette_disagreements(gazette, None, None) == []
    other = ItalianEli(date(2023, 5, 30), eli.code, "4a")
    assert gazette_disagreements(gazette, other, RedactionalCode("23G00066")) == [
        "l'indirizzo ELI deve avere la data della Gazzetta: 2023-05-30 nell'indirizzo, 2023-05-31 nella Gazzetta",
        "l'indirizzo ELI deve essere della stessa serie della Gazzetta: 4a nell'indirizzo, SG nella Gazzetta",
        "il codice redazionale deve essere quello dell'indirizzo ELI, «23G00065»",
    ]
    assert gazette_disagreements(gazette, None, RedactionalCode("21G00065")) == [
        "il codice redazionale deve cominciare con l'anno della Gazzetta o con quello prima"
    ]
