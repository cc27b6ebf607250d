"""Bodies: what an editor may write, what the reader gets, and what is refused with which words."""

from __future__ import annotations

import re
import time
from collections import Counter
from html.parser import HTMLParser
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoteca.prose import (
    CALLOUTS,
    MAX_LINES,
    MAX_NESTING,
    Flaw,
    Heading,
    Image,
    Link,
    Prose,
    parse,
    render,
)

BODY_LIMIT = 100_000
"""Characters that a body may have; a longer one never gets as far as `parse`."""


def read(body: str, first_line: int = 1) -> Prose:
    return parse(dedent(body), first_line)


def html(body: str) -> str:
    """The page of a body without flaws, in which every relative link leads to `/pagina/`."""
    prose = read(body)
    assert prose.flaws == ()
    return render(prose, lambda href: f"/pagina/{href}")


def flaws(body: str) -> list[tuple[int, str, str]]:
    return [(flaw.line, flaw.message, flaw.found) for flaw in read(body).flaws]


# What an editor may write


def test_paragraphs_emphasis_lists_and_quotations_are_those_of_commonmark() -> None:
    assert html(
        """\
        Testo **forte** e *corsivo*,
        a capo\\
        davvero.

        - uno
        - due

        3. tre
        4. quattro

        > Citazione

        ---
        """
    ) == (
        "<p>Testo <strong>forte</strong> e <em>corsivo</em>,\na capo<br>\ndavvero.</p>\n"
        "<ul>\n<li>uno</li>\n<li>due</li>\n</ul>\n"
        '<ol start="3">\n<li>tre</li>\n<li>quattro</li>\n</ol>\n'
        "<blockquote>\n<p>Citazione</p>\n</blockquote>\n"
        "<hr>\n"
    )


def test_code_shows_html_as_it_is_written() -> None:
    assert html("Il segno `<br>`.\n\n```html\n<script>alert(1)</script>\n```\n\n    <b>\n") == (
        "<p>Il segno <code>&lt;br&gt;</code>.</p>\n"
        '<pre><code class="language-html">&lt;script&gt;alert(1)&lt;/script&gt;\n</code></pre>\n'
        "<pre><code>&lt;b&gt;\n</code></pre>\n"
    )


def test_a_table_scrolls_on_its_own_and_is_aligned_by_class() -> None:
    assert html("| Anno | Quanto | Nota |\n|:--|--:|:-:|\n| 2026 | 3 \\| 4 | `a` |\n") == (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Tabella">\n<table>\n<thead>\n'
        '<tr><th scope="col">Anno</th><th scope="col" class="align-right">Quanto</th>'
        '<th scope="col" class="align-center">Nota</th></tr>\n</thead>\n<tbody>\n'
        '<tr><td>2026</td><td class="align-right">3 | 4</td><td class="align-center"><code>a</code></td></tr>\n'
        "</tbody>\n</table>\n</div>\n"
    )


def test_a_second_table_has_a_name_of_its_own() -> None:
    table = "| a |\n|---|\n| b |\n\n"
    assert re.findall('aria-label="(.*?)"', html(table * 2)) == ["Tabella", "Tabella 2"]


def test_a_definition_list_holds_terms_and_what_they_mean() -> None:
    assert html("FIR\n: formulario\n\nMUD\n: modello unico\n") == (
        "<dl>\n<dt>FIR</dt>\n<dd>formulario</dd>\n<dt>MUD</dt>\n<dd>modello unico</dd>\n</dl>\n"
    )


@pytest.mark.parametrize(("word", "title"), CALLOUTS.items())
def test_a_quotation_that_begins_with_a_marker_is_a_callout(word: str, title: str) -> None:
    assert html(f"> [!{word}]\n> Fai **questo**.\n>\n> - e quello\n") == (
        f'<div class="callout callout-{word.lower()}" role="note">\n<p class="callout-title">{title}</p>\n'
        "<p>Fai <strong>questo</strong>.</p>\n<ul>\n<li>e quello</li>\n</ul>\n</div>\n"
    )


def test_a_callout_may_begin_with_an_empty_line_and_be_in_lowercase() -> None:
    assert html("> [!nota]\n>\n> - uno\n") == (
        '<div class="callout callout-nota" role="note">\n<p class="callout-title">Nota</p>\n'
        "<ul>\n<li>uno</li>\n</ul>\n</div>\n"
    )


def test_callouts_stand_in_lists_and_in_one_another() -> None:
    page = html("- punto\n\n  > [!DEVI]\n  > Fai.\n  >\n  > > [!ESEMPIO]\n  > > Così.\n")
    assert re.findall("callout callout-[a-z]+", page) == ["callout callout-devi", "callout callout-esempio"]
    assert "blockquote" not in page


def test_windows_line_ends_and_a_missing_last_one_change_nothing() -> None:
    body = "## Titolo\n\nTesto «così» 😀\n\n```\ncodice\n```"
    assert parse(body.replace("\n", "\r\n")) == parse(body) == parse(body + "\n")
    assert parse(body).flaws == ()


def test_an_empty_body_is_an_empty_page() -> None:
    assert render(parse(""), str) == "" == parse("").text == render(parse("\n\n"), str)


# Headings and anchors


def test_headings_get_italian_ids_that_are_unique_and_a_link_to_themselves() -> None:
    prose = read("## Perché l'obbligo è così\n\n### Già `fatto`\n\n## Perché l’obbligo è così\n\n## 50 %\n", 10)
    assert prose.headings == (
        Heading(2, "perche-l-obbligo-e-cosi", "Perché l'obbligo è così", 10),
        Heading(3, "gia-fatto", "Già fatto", 12),
        Heading(2, "perche-l-obbligo-e-cosi-2", "Perché l’obbligo è così", 14),
        Heading(2, "50", "50 %", 16),
    )
    assert prose.anchors == {heading.id for heading in prose.headings}
    assert (
        '<h3 id="gia-fatto">Già <code>fatto</code><a class="headerlink" href="#gia-fatto"'
        ' aria-label="Collegamento a questa sezione" data-pagefind-ignore>¶</a></h3>'
    ) in render(prose, str)


def test_ids_stay_unique_among_titles_that_look_numbered_and_those_of_the_page() -> None:
    prose = parse("## Fonti\n\n## a\n\n## a\n\n## a-2\n\n## a\n\n## ♻\n", reserved=frozenset({"fonti"}))
    assert [heading.id for heading in prose.headings] == ["fonti-2", "a", "a-2", "a-2-2", "a-3", "sezione"]


# Links and images


def test_relative_links_are_resolved_and_external_ones_say_so() -> None:
    page = html(
        """\
        [MUD](../adempimenti/mud.md#chi) <https://www.minambiente.it/città?a=1&b=2>
        [qui](#titolo) [posta](mailto:a@b.it?subject=x "Scrivi") <info@ente.it> [nome][]

        ## Titolo

        [nome]: altro.md 'Un "altro"'
        """
    )
    assert '<a href="/pagina/../adempimenti/mud.md#chi">MUD</a>' in page
    assert '<a href="https://www.minambiente.it/citt%C3%A0?a=1&amp;b=2" rel="noopener external">https://' in page
    assert '<a href="/pagina/#titolo">qui</a>' in page
    assert '<a href="mailto:a@b.it?subject=x" title="Scrivi">posta</a>' in page
    assert '<a href="mailto:info@ente.it">info@ente.it</a>' in page
    assert '<a href="/pagina/altro.md" title="Un &quot;altro&quot;">nome</a>' in page


def test_a_link_that_leads_nowhere_is_its_text_and_an_image_is_left_out() -> None:
    prose = parse("Vedi [la **voce**](bozza.md) ![foto](foto.png).")
    assert render(prose, lambda href: None) == "<p>Vedi la <strong>voce</strong> .</p>\n"


def test_an_image_keeps_its_text() -> None:
    assert html('![Un *banco* di "prova"](foto.jpg "Titolo")') == (
        '<p><img src="/pagina/foto.jpg" alt="Un banco di &quot;prova&quot;" title="Titolo" loading="lazy"></p>\n'
    )


def test_what_the_resolver_answers_cannot_break_out_of_the_attribute() -> None:
    assert render(parse("[a](b.md)"), lambda href: '"><b>') == '<p><a href="&quot;&gt;&lt;b&gt;">a</a></p>\n'


def test_everything_knows_its_own_line_in_the_file() -> None:
    prose = read(
        """\
        Riga uno
        riga due [a](a.md)
        e `codice
        su due righe` [b
        lungo](b.md) ![c
        d](c.png) **[e](e.md)**

        | x |
        |---|
        | 1 |
        | [f](f.md) |

        - uno
          due
          - tre
            [g](g.md)

        > [!NOTA]
        > uno
        > [h](h.md)

        Termine
        : significato
          [i](i.md)

        Titolo [l](l.md)
        ----------------

        Nota[^1], [m][m].

        [^1]: uno
            [n](n.md)

        [m]: m.md
        """,
        first_line=100,
    )
    assert prose.flaws == ()
    assert {link.text: link.line - 99 for link in prose.links} == {
        "a": 2,
        "b lungo": 4,
        "e": 6,
        "f": 11,
        "g": 16,
        "h": 20,
        "i": 24,
        "l": 26,
        "m": 29,
        "n": 32,
    }
    assert prose.links[0] == Link("a.md", "a", 101)
    assert prose.images == (Image("c.png", "c d", 104),)


# Footnotes


def test_footnotes_are_numbered_as_they_are_met_and_lead_back_to_the_text() -> None:
    prose = parse("Uno[^b], due[^a] e ancora[^b].\n\n[^a]: Prima **nota**[^c].\n\n[^b]: Seconda.\n[^c]: Terza.\n")
    assert prose.flaws == ()
    assert prose.anchors == {"nota_1", "nota_2", "nota_3"}

    def reference(number: int, which: int = 1) -> str:
        return (
            f'<sup class="footnote-ref" data-pagefind-ignore><a href="#nota_{number}" id="richiamo_{number}_{which}"'
            f' role="doc-noteref">{number}</a></sup>'
        )

    def way_back(number: int, which: int = 1, label: str = "Torna al testo") -> str:
        return (
            f' <a class="footnote-backref" href="#richiamo_{number}_{which}" role="doc-backlink" aria-label="{label}"'
            " data-pagefind-ignore>↩</a>"
        )

    assert render(prose, str) == (
        f"<p>Uno{reference(1)}, due{reference(2)} e ancora{reference(1, 2)}.</p>\n"
        '<section class="footnotes" role="doc-endnotes" aria-label="Note">\n<ol>\n'
        f'<li id="nota_1"><p>Seconda.{way_back(1)}{way_back(1, 2, "Torna al testo, richiamo 2")}</p>\n</li>\n'
        f'<li id="nota_2"><p>Prima <strong>nota</strong>{reference(3)}.{way_back(2)}</p>\n</li>\n'
        f'<li id="nota_3"><p>Terza.{way_back(3)}</p>\n</li>\n'
        "</ol>\n</section>\n"
    )


def test_a_heading_that_is_called_like_a_footnote_does_not_take_its_id() -> None:
    page = html("## Nota 1\n\n## nota_1\n\n## richiamo_1_1\n\nTesto[^1].\n\n[^1]: Nota.\n")
    assert max(Counter(re.findall('id="(.*?)"', page)).values()) == 1


def test_a_footnote_may_hold_a_list_and_be_linked_to() -> None:
    page = html("Vedi la [nota](#nota_1)[^1].\n\n[^1]:\n    - uno\n    - due\n")
    assert '<li id="nota_1"><ul>\n<li>uno</li>' in page
    assert "↩</a></li>\n</ol>" in page


# Plain text


def test_plain_text_has_a_line_a_block_and_no_markup() -> None:
    prose = read(
        """\
        ## Chi &amp; *come*

        Testo [con
        link](a.md)[^1] e `codice` \\*vero\\*.

        > [!DEVI]
        > Fare.

        | a | b |
        |---|---|
        | 1 | 2 |

        - uno
        - due ![foto](f.png)

        ```
        x  <b>
        ```

        [^1]: La nota.
        """
    )
    assert prose.text.splitlines() == [
        "Chi & come",
        "Testo con link e codice *vero*.",
        "Devi",
        "Fare.",
        "a b",
        "1 2",
        "uno",
        "due foto",
        "x <b>",
        "La nota.",
    ]


# What is refused

NO_HTML = "il testo non può contenere HTML"
WRONG_SCHEME = "gli indirizzi ammessi cominciano con http://, https:// o mailto:"
NO_SCHEME = "all'indirizzo manca il protocollo"
NOT_WHOLE = "l'indirizzo non è scritto per intero o contiene un nome utente"
BAD_CHARACTERS = "l'indirizzo contiene spazi, barre rovesciate o caratteri invisibili"
ABSOLUTE = "il percorso deve essere relativo a questo file, non cominciare con «/»"
BAD_PATH = "il percorso può avere solo lettere senza accenti, cifre, punti, trattini e barre"
FOREIGN_IMAGE = "l'immagine deve stare nel portale, non su un altro sito"
NO_ANCHOR = "nel testo non c'è il titolo a cui porta il collegamento"
INVISIBLE = "il testo contiene un carattere invisibile"


@pytest.mark.parametrize(
    ("body", "line", "found"),
    [
        ("Testo\n\n<div onclick='x'>\nciao\n</div>\n", 3, "<div onclick='x'>"),
        ("uno\ndue <b>tre</b>", 2, "<b>"),
        ("<script>\n\nalert(1)\n</script>", 1, "<script>"),
        ("a <!-- commento --> b", 1, "<!-- commento -->"),
        ("<!--\n\nnascosto", 1, "<!--"),
        ("<?php echo 1 ?>", 1, "<?php echo 1 ?>"),
        ("<![CDATA[x]]>", 1, "<![CDATA[x]]>"),
        ("<!DOCTYPE html>", 1, "<!DOCTYPE html>"),
        ("[<img src=x onerror=y>](a.md)", 1, "<img src=x onerror=y>"),
        ("![a\n<i>](a.png)", 2, "<i>"),
        ("| a |\n|---|\n| <br> |", 3, "<br>"),
        ("Nota[^1]\n\n[^1]: <u>x</u>", 3, "<u>"),
        ("> [!NOTA]\n> a\n> <hr>", 3, "<hr>"),
    ],
)
def test_raw_html_is_refused_and_never_comes_out(body: str, line: int, found: str) -> None:
    prose = parse(body)
    assert [(flaw.line, flaw.message, flaw.found) for flaw in prose.flaws] == [(line, NO_HTML, found)]
    assert Tags(render(prose, str)).names <= ALLOWED_TAGS


def test_what_only_a_browser_would_take_for_html_is_text() -> None:
    assert html("a <svg/onload=alert(1)>") == "<p>a &lt;svg/onload=alert(1)&gt;</p>\n"
    assert html("se x < 5 e y > 3") == "<p>se x &lt; 5 e y &gt; 3</p>\n"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("javascript:alert(1)", WRONG_SCHEME),
        ("JavaScript:alert(1)", WRONG_SCHEME),
        ("java&#115;cript:alert(1)", WRONG_SCHEME),
        ("&#x6A;avascript&colon;alert(1)", WRONG_SCHEME),
        ("java\\&#115;cript:alert(1)", BAD_PATH),
        ("javascript%3Aalert(1)", BAD_PATH),
        ("java%73cript:alert(1)", BAD_PATH),
        ("java&Tab;script:alert(1)", BAD_CHARACTERS),
        ("java&NewLine;script:alert(1)", BAD_CHARACTERS),
        ("&#1;javascript:alert(1)", BAD_PATH),
        ("&#32;javascript:alert(1)", BAD_CHARACTERS),
        ("&nbsp;javascript:alert(1)", BAD_CHARACTERS),
        ("java&ZeroWidthSpace;script:alert(1)", BAD_CHARACTERS),
        ("https://a.it/&#8238;x", BAD_CHARACTERS),
        ("vbscript:x", WRONG_SCHEME),
        ("data:text/html,x", WRONG_SCHEME),
        ("data:image/png;base64,AAAA", WRONG_SCHEME),
        ("file:///etc/passwd", WRONG_SCHEME),
        ("ftp://a.it/x", WRONG_SCHEME),
        ("tel:+39024", WRONG_SCHEME),
        ("//a.it/x", NO_SCHEME),
        ("www.a.it/x", NO_SCHEME),
        ("\\\\a.it\\x", BAD_CHARACTERS),
        ("/\\a.it", BAD_CHARACTERS),
        ("..\\mud.md", BAD_CHARACTERS),
        ("<a b.md>", BAD_CHARACTERS),
        ("https:a.it", NOT_WHOLE),
        ("https:///a.it", NOT_WHOLE),
        ("https://localhost/x", NOT_WHOLE),
        ("https://gazzetta.it@a.it/", NOT_WHOLE),
        ("https://аррӏе.it/", NOT_WHOLE),
        ("mailto:nessuno", NOT_WHOLE),
        ("/adempimenti/mud/", ABSOLUTE),
        ("a%2f..%2fb.md", BAD_PATH),
        ("mud.md?x=1", BAD_PATH),
        ("città.md", BAD_PATH),
        ("a//b.md", BAD_PATH),
        ("", "il collegamento non ha un indirizzo"),
        ("#", "il collegamento non ha un indirizzo"),
    ],
)
def test_a_link_leads_only_to_the_web_to_mail_or_to_a_file(target: str, message: str) -> None:
    prose = parse(f"uno\n[due]({target})")
    assert [(flaw.line, flaw.message) for flaw in prose.flaws] == [(2, message)]
    assert render(prose, lambda href: "/x/") in ("<p>uno\ndue</p>\n", '<p>uno\n<a href="/x/">due</a></p>\n')
    assert target == "#" or "<a" not in render(prose, lambda href: "/x/")


def test_autolinks_images_and_reference_definitions_are_held_to_the_same() -> None:
    assert flaws("<javascript:alert(1)>") == [(1, WRONG_SCHEME, "javascript:alert(1)")]
    assert flaws("![a](javascript:x)") == [(1, WRONG_SCHEME, "javascript:x")]
    assert flaws("![a](/foto.png)") == [(1, ABSOLUTE, "/foto.png")]
    assert flaws("![a]()") == [(1, "l'immagine non ha un percorso", "")]
    assert flaws("![a](https://a.it/x.png)") == [(1, FOREIGN_IMAGE, "https://a.it/x.png")]
    assert flaws("testo\n\n[mai usato]: javascript:x") == [(3, WRONG_SCHEME, "javascript:x")]
    assert flaws("[a][] e [b][a]\n\n[a]: //x.it") == [(3, NO_SCHEME, "//x.it")]
    harmless = render(parse("<javascript:x> ![a](javascript:x) [b]\n\n[b]: data:x"), lambda href: "/x/")
    assert harmless == "<p>javascript:x  b</p>\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# Titolo", [(1, "i titoli nel testo cominciano dal secondo livello", "# Titolo")]),
        ("Titolo\n======", [(1, "i titoli nel testo cominciano dal secondo livello", "# Titolo")]),
        ("### Tre", [(1, "qui il titolo può essere al massimo di livello 2", "### Tre")]),
        ("## Due\n\n#### Quattro", [(3, "qui il titolo può essere al massimo di livello 3", "#### Quattro")]),
        ("## Due\n\n##", [(3, "il titolo è vuoto", "##")]),
        ("## Due\n\n### Tre\n\n## Due", []),
        ("[](a.md)", [(1, "il collegamento non ha testo", "a.md")]),
        (
            "[![](a.png)](a.md)",
            [(1, "il collegamento non ha testo", "a.md"), (1, "l'immagine non ha un testo alternativo", "a.png")],
        ),
        ("[![a](a.png)](a.md)", []),
        ("[a <https://b.it>](a.md)", [(1, "c'è un collegamento dentro un altro", "https://b.it")]),
        ("uno\n![ ](a.png)", [(2, "l'immagine non ha un testo alternativo", "a.png")]),
        ("## Chi\n\n[a](#come)", [(3, NO_ANCHOR, "#come")]),
        ("## Perché\n\n[a](#perché) [b](#perche)", [(3, NO_ANCHOR, "#perché")]),
        ("[a](#chi)\n\n[b][]\n\n[b]: #come", [(1, NO_ANCHOR, "#chi"), (3, NO_ANCHOR, "#come")]),
        ("[a]: b.md\n[A]: c.md\n\n[a]", [(2, "lo stesso nome di collegamento è definito due volte", "[A]: c.md")]),
        ("[^a]\n\n[^a]: x\n[^a]: y", [(4, "la stessa nota è definita due volte", "[^a]")]),
        ("testo\n\n[^a]: x", [(3, "la nota non è richiamata nel testo", "[^a]")]),
        ("uno\ndue[^a]", [(2, "la nota richiamata non c'è", "[^a]")]),
        ("[^a]\n\n[^a]:\n\nx", [(3, "la nota è vuota", "[^a]")]),
        ("uno\n[due][tre]", [(2, "il collegamento porta a un nome che non è definito", "[due][tre]")]),
        ("[**uno**][]", [(1, "il collegamento porta a un nome che non è definito", "[uno][]")]),
        ("uno\n\n[a](b c.md)", [(3, "il collegamento non è scritto bene", "[a](b c.md)")]),
        ("[nota[^1]](a.md)\n\n[^1]: x", [(1, "il collegamento non è scritto bene", "[nota…](a.md)")]),
        ("`[a](b c)` \\[a](b c) [omissis] [1] (x)", []),
        ("> [!ATTENTI]\n> a", [(1, "il tipo di riquadro non esiste", "[!ATTENTI]")]),
        ("a\n\n> [!NOTA]", [(3, "il riquadro è vuoto", "[!NOTA]")]),
        ("> [!NOTA] Testo\n> a", [(1, "[!NOTA] deve stare da solo sulla prima riga del riquadro", "Testo")]),
        ("uno\n[!DEVI] fare", [(2, "il riquadro non è scritto bene", "[!DEVI]")]),
        ("> a\n> [!DEVI]\n> b", [(2, "il riquadro non è scritto bene", "[!DEVI]")]),
        ("a\n\n```python\nx", [(3, "il blocco di codice non è chiuso", "```python")]),
        ("```\nx\n```", []),
        ("- ~~~\n  x\n\na", [(1, "il blocco di codice non è chiuso", "~~~")]),
        ("> ```\n> x\n> ```", []),
        (
            "> ```\n> x\n\n```\n",
            [(1, "il blocco di codice non è chiuso", "```"), (4, "il blocco di codice non è chiuso", "```")],
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |",
            [(3, "la riga della tabella ha più celle dell'intestazione, che ne ha 2", "3 | 4")],
        ),
        ("- | a | b |\n  |---|---|\n  | 1 | 2 \\| 3 |\n  | 1 |", []),
        (
            "> | a |\n> |---|\n> | 1 | 2 |",
            [(3, "la riga della tabella ha più celle dell'intestazione, che ne ha 1", "2")],
        ),
        ("a\nb&#8238;c &#0; &shy; &nbsp; &amp;", [(2, INVISIBLE, "&#0;"), (2, INVISIBLE, "&#8238;")]),
        ('[a](b.md "x&#8238;")', [(1, INVISIBLE, "x\u202e")]),
    ],
)
def test_what_would_mislead_the_reader_is_refused(body: str, expected: list[tuple[int, str, str]]) -> None:
    assert flaws(body) == expected


def test_every_flaw_says_how_to_mend_it() -> None:
    body = (
        "# a\n\n<b>\n\n[](x:y)\n\n> [!X]\n> a\n\n> [!NOTA]\n\n![](https://a.it/b.png) [a][b] [a](b c) [^z] [q](#z)\n\n"
        "| a |\n|---|\n| 1 | 2 |\n\n[^a]: x\n[^a]:\n\n[r]: a.md\n[r]: b.md\n\n&#0;\n\n##\n\n```\n"
    )
    found = read(body).flaws
    assert len(found) > 15
    for flaw in found:
        assert flaw.message[0].islower() or flaw.message[0] in "[«"
        assert not flaw.message.endswith(".")
        assert flaw.fix[0].isupper()
        assert flaw.fix.endswith(".")


def test_a_wrong_anchor_names_the_right_ones() -> None:
    assert parse("## Chi è\n\n[a](#Chi-è)").flaws == (Flaw(3, NO_ANCHOR, "#Chi-è", "Scrivi «#chi-e»."),)
    assert parse("## Chi\n\n## Come\n\n[a](#x)").flaws[0].fix == "I titoli del testo sono: «#chi», «#come»."
    assert parse("[a](#x)").flaws[0].fix == "Il testo non ha titoli: togli il collegamento."


def test_an_unknown_callout_names_the_known_ones() -> None:
    assert parse("> [!NOTE]\n> a").flaws[0].fix == (
        "Usa uno di questi: [!DEVI], [!DOVRESTI], [!BUONA-PRATICA], [!ATTENZIONE], [!NOTA], [!ESEMPIO]."
    )


def test_all_flaws_come_at_once_in_order_of_line() -> None:
    lines = [flaw.line for flaw in parse("# a\n\n<b>\n\n[x](y z)\n\n##\n\n[^q]: a\n\n```", first_line=7).flaws]
    assert lines == [7, 9, 11, 13, 15, 17]


# Whatever comes in


class Tags(HTMLParser):
    """A page's tags; fails on one that is not closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in ("br", "hr", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.names.add("<!--")

    def handle_decl(self, decl: str) -> None:
        self.names.add("<!")

    def unknown_decl(self, data: str) -> None:
        self.names.add("<![")

    def handle_pi(self, data: str) -> None:
        self.names.add("<?")


ALLOWED_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "code", "pre", "ul", "ol", "li"),
    *("dl", "dt", "dd", "blockquote", "div", "table", "thead", "tbody", "tr", "th", "td", "img", "section", "sup"),
}
ALLOWED_ATTRIBUTES = {
    *("href", "id", "class", "role", "title", "rel", "src", "alt", "loading", "scope", "start", "tabindex"),
    *("aria-label", "data-pagefind-ignore"),
}

FRAGMENTS = (
    *list("[]()!*_`<>|\\&#:=~^\"'\t\n"),
    *("\n\n", "\n## ", "\n- ", "\n1. ", "\n> ", "\n    ", "\n```\n", "\n~~~", "\n---\n", "\n: ", "\n|a|b|\n|-|-|\n"),
    *("[^a]", "\n[^a]: ", "\n[a]: b", "[a]", "](", "![", "[a](b)", "<https://a.it>", "> [!NOTA]\n> ", "**", "è", "b "),
    *("<script>", "<!--", "-->", "<a ", "<b onclick=x>", "&amp;", "&#8238;", "&#0;", "javascript:x"),
)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_no_body_raises_or_brings_in_a_tag_or_attribute_of_its_own(body: str) -> None:
    prose = parse(body)
    page = Tags(render(prose, str))
    assert page.names <= ALLOWED_TAGS
    assert page.attributes <= ALLOWED_ATTRIBUTES
    assert all(1 <= flaw.line <= body.count("\n") + 1 for flaw in prose.flaws)


def test_one_body_leaves_nothing_behind_for_the_next() -> None:
    parse("[a]: b.md\n\n[^n]: x\n\n[^n] [a]")
    assert render(parse("[a] [^n]"), str) == "<p>[a] [^n]</p>\n"
    prose = parse("## A\n\n| a |\n|:-:|\n| b[^1] |\n\n[^1]: x")
    assert render(prose, str) == render(prose, str)


def test_a_body_of_too_many_lines_is_refused() -> None:
    assert parse("\n" * (MAX_LINES + 1), first_line=10).flaws == (
        Flaw(10 + MAX_LINES, "il testo ha più di 5000 righe", fix="Dividi la voce in più voci collegate."),
    )
    assert parse("a\n" * MAX_LINES).flaws == ()


def test_a_body_of_too_many_levels_is_refused_and_none_is_left_out() -> None:
    deepest = parse("> " * MAX_NESTING + "a")
    assert deepest.flaws == ()
    assert deepest.text == "a"
    deeper = parse("uno\n\n> " + "> " * MAX_NESTING + "a")
    assert deeper == Prose(
        flaws=(
            Flaw(
                3,
                "ci sono troppi elenchi o citazioni uno dentro l'altro",
                fix="Porta fuori i livelli più interni, per esempio in un paragrafo o sotto un titolo.",
            ),
        )
    )
    assert render(deeper, str) == ""


def test_a_body_that_is_too_intricate_is_refused_at_its_line() -> None:
    prose = parse("uno\n\n" + "[" * 20_000)
    assert [(flaw.line, flaw.message) for flaw in prose.flaws] == [(3, "da questa riga il testo è troppo intricato")]


def repeated(unit: str, before: str = "", after: str = "") -> str:
    return before + unit * ((BODY_LIMIT - len(before) - len(after)) // len(unit)) + after


SLOW = {
    "aperture": "[" * 20_000,
    "collegamenti aperti": "[a](" * 8_000,
    "collegamenti aperti, indirizzi lunghi": repeated("[a](" + "b" * 100),
    "immagini in collegamenti": repeated("[![a](b)]("),
    "immagini aperte": repeated("!["),
    "immagini nelle immagini": repeated("![" * 15 + "a" + "](b)" * 15 + " "),
    "titoli aperti": repeated('[a](b "'),
    "riferimenti": "".join(f"[a{number}]: b\n" for number in range(4_900)),
    "usi di un riferimento": repeated("[a] ", "[a]: b\n\n"),
    "nomi aperti": repeated("[a][", "[a]: b\n\n"),
    "note": "".join(f"a[^{number}]\n\n[^{number}]: n\n\n" for number in range(1_200)),
    "richiami aperti": repeated("[^", "[^a]: x\n\n"),
    "citazioni in citazioni": ">" * BODY_LIMIT,
    "citazioni con codice": "> > > > > ```\na\n" * 150 + "> > > > > b\n" * 4_690,
    "righe pigre": ">" * MAX_NESTING + "a\n" * 4_990,
    "elenchi in elenchi": "".join("  " * depth + "- a\n" for depth in range(300)),
    "elenco": "- a\n" * 4_990,
    "definizioni": "a\n" + ": b\n" * 4_990,
    "asterischi": repeated("*a **a "),
    "asterischi e trattini": repeated("*_"),
    "enfasi": repeated("**a** "),
    "accenti gravi": " ".join("`" * length for length in range(1, 446)),
    "minori": repeated("<"),
    "marcatori": repeated("<b>"),
    "commenti": repeated("a <!-- "),
    "attributi": repeated(" x", "a <a", "\x01>"),
    "barre rovesciate": "\\" * BODY_LIMIT,
    "tabella larga": ("|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + ("|" + "b|" * 5_000 + "\n") * 7)[:BODY_LIMIT],
    "tabelle da riempire": (("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "a\n" * 200 + "\n") * 60)[:BODY_LIMIT],
    "titoli uguali": "## a\n" * 4_990,
    "collegamenti a nulla": "## a\n\n" + "[x](#y)\n" * 4_990,
    "parole": repeated("parola "),
}


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW.keys())
def test_no_body_is_slow(body: str) -> None:
    assert len(body) <= BODY_LIMIT
    start = time.process_time()
    prose = parse(body)
    render(prose, str)
    # Here the worst takes half a second; without bounds some of these take minutes.
    assert time.process_time() - start < 3
