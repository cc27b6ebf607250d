"""HTML that leaves the portal: complete addresses, nothing of ours but the text and its structure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoteca.cleaning import travelling
from support import WHATEVER_COMES

PAGE = "https://ecoteca.example/adempimenti/mud/"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('<a href="../fir/">FIR</a>', '<a href="https://ecoteca.example/adempimenti/fir/">FIR</a>'),
        ('<a href="#passi">i passi</a>', f'<a href="{PAGE}#passi">i passi</a>'),
        (
            '<img src="../../immagini/a.png" alt="A" loading="lazy">',
            '<img src="https://ecoteca.example/immagini/a.png" alt="A">',
        ),
        ('<a href="mailto:a@b.it" class="x" id="y" onclick="z()">posta</a>', '<a href="mailto:a@b.it">posta</a>'),
        ('<a href="javascript:alert(1)">no</a>', "<a>no</a>"),
        ("<p style='color:red'>rosso</p>", "<p>rosso</p>"),
        ("<section><h2 id='a'>Titolo</h2></section>", "<h2>Titolo</h2>"),
        ('<h2>Titolo<a class="headerlink" href="#titolo" aria-label="x">¶</a></h2>', "<h2>Titolo</h2>"),
        ("<script>alert(1)</script><style>p{}</style>testo", "testo"),
        ("<time datetime='2026-01-01'>1° gennaio</time>", "1° gennaio"),
        ('<td class="x" colspan="2">a</td>', "a"),
        (
            "<table><tr><th scope='row' class='x'>a</th></tr></table>",
            '<table><tbody><tr><th scope="row">a</th></tr></tbody></table>',
        ),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
    ],
)
def test_what_travels(written: str, found: str) -> None:
    assert travelling(written, PAGE) == found


def test_empty_lines_of_templates_do_not_travel() -> None:
    assert travelling("<p>a</p>\n\n   \n<p>b</p>\n", PAGE) == "<p>a</p>\n<p>b</p>"


@WHATEVER_COMES
@given(st.text(alphabet=st.sampled_from("<>/a=\"' scriptonlabcdehf#:.&;"), max_size=60))
def test_whatever_comes_nothing_runs_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = travelling(text, PAGE)
    assert "<script" not in once
    assert travelling(once, PAGE) == once


def test_preformatted_text_keeps_its_lines() -> None:
    assert travelling("<pre><code>a\n\n    b\n</code></pre>", PAGE) == "<pre><code>a\n\n    b\n</code></pre>"
