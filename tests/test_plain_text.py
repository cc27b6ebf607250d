"""Plain text of a mail: what a reader without HTML sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoteca.plain_text import WIDTH, plain_text
from support import WHATEVER_COMES


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Uno</p>\n<p>Due</p>", "Uno\n\nDue\n"),
        ("<h1>Titolo</h1>", "Titolo\n======\n"),
        ("<h2>Sezione</h2><p>Testo</p>", "Sezione\n-------\n\nTesto\n"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n  - c\n"),
        ('<p>Vedi <a href="https://e.it/">qui</a>.</p>', "Vedi qui (https://e.it/).\n"),
        ('<p><a href="https://e.it/">https://e.it/</a></p>', "https://e.it/\n"),
        ('<h3><a href="https://e.it/">Notizia</a></h3><p>Testo</p>', "Notizia\nhttps://e.it/\n\nTesto\n"),
        ("<p>a<br>b</p>", "a\nb\n"),
        ("<ul><li>a</li><li></li></ul><p>dopo</p>", "- a\n\ndopo\n"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c\n"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n\n1 | 2\n"),
        ("<p>a</p><hr><p>b</p>", f"a\n\n{'-' * WIDTH}\n\nb\n"),
    ],
)
def test_each_element(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_lines_are_wrapped_and_addresses_never_broken() -> None:
    address = "https://ecoteca.example/" + "molto-lungo/" * 12
    text = plain_text(f'<ul><li>{"parola " * 30}<a href="{address}">pagina</a> fine</li></ul>')
    assert f"({address})" in text
    assert all(len(line) <= WIDTH for line in text.splitlines() if address not in line)
    assert all(line.startswith(("- ", "  ")) for line in text.splitlines())


@WHATEVER_COMES
@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30), min_size=1, max_size=20))
def test_no_word_is_lost(words: list[str]) -> None:
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]
    assert plain_text(f"<p>{' '.join(escaped)}</p>").split() == words
