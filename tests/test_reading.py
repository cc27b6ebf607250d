"""Files under `content/`: what is taken as it is, and what is refused before anyone looks at its meaning."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecoteca.reading import (
    MAX_BODY,
    MAX_BYTES,
    MAX_IMAGE_BYTES,
    MAX_SLUG,
    Document,
    dotted,
    read_content,
    read_entry,
    read_vocabulary,
    source_at,
)
from support import WHATEVER_COMES, Project, entry_text, front_matter

FRONT = entry_text(front_matter("glossario", "fir"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A project's `content/`, empty."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def read(folder: Path, written: str | bytes) -> Document:
    """One glossary term as it is read."""
    file = folder / "fir.md"
    file.write_bytes(written if isinstance(written, bytes) else written.encode())
    return read_entry(source_at(file, "content/glossario/fir.md"))


def complaints(document: Document) -> list[tuple[int, str]]:
    """Line and message of what is wrong with a file."""
    return [(problem.line, problem.message) for problem in document.problems]


# What is accepted


def test_an_entry_is_its_fields_with_their_lines_and_its_text(tmp_path: Path) -> None:
    document = read(tmp_path, "---\nid: fir\ntitle: Formulario\n---\n\nIl testo.\n")
    assert document.problems == ()
    assert document.data == {"id": "fir", "title": "Formulario"}
    assert document.line_of(("title",)) == 3
    assert document.body == "\n\nIl testo.\n"
    assert document.body_line == 4, "the body begins at the end of the closing line"


@pytest.mark.parametrize(
    "written",
    [
        FRONT,
        FRONT.rstrip("\n"),
        FRONT.replace("\n", "\r\n"),
        FRONT + "\nSenza l'ultimo a capo",
        FRONT + "\nPerché così: «virgolette», città, € 10, ½, naïve, Œuvre, ß\n",
        FRONT + "\nEmoji: 🌱 👩‍👧 🏳️‍🌈 ♻️\n",
        FRONT + "\nPrima\n\n---\n\nDopo\n\n***\n\n----\n\n...\n",
        FRONT + "\n`<script>alert(1)</script>`\n\n```html\n<b onclick=x>---</b>\n---\n```\n",
        FRONT.replace("---\n", "---  \n"),
        FRONT + "\n\tun tabulatore\n",
    ],
    ids=["plain", "no-newline", "crlf", "body-no-newline", "accents", "emoji", "rules", "code", "spaces", "tab"],
)
def test_what_editors_really_write_is_taken_as_it_is(tmp_path: Path, written: str) -> None:
    document = read(tmp_path, written)
    assert document.problems == ()
    assert document.readable
    assert document.data == front_matter("glossario", "fir")
    plain = written.replace("\r\n", "\n").replace("---  \n", "---\n")
    assert document.body.strip() == plain.removeprefix(FRONT.rstrip()).strip()


# Front matter broken or missing, in every form


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("", 1, "il file è vuoto"),
        (" \n\n", 1, "il file è vuoto"),
        ("Solo testo.\n", 1, "mancano i dati in testa alla scheda"),
        ("# Titolo\n\nid: fir\n", 1, "mancano i dati in testa alla scheda"),
        ("id: fir\ntitle: a\n---\nTesto\n", 1, "prima dei tre trattini non deve stare nulla"),
        ("\n---\nid: fir\n---\n", 1, "prima dei tre trattini non deve stare nulla"),
        (" ---\nid: fir\n---\n", 1, "prima dei tre trattini non deve stare nulla"),
        ("---\nid: fir\n", 3, "i dati in testa alla scheda non sono chiusi"),
        ("---", 1, "i dati in testa alla scheda non sono chiusi"),
        ("---\nid: fir\n\nTesto.\n", 5, "i dati in testa alla scheda non sono chiusi"),
        ("---\nid: fir\n ---\nTesto.\n", 5, "i dati in testa alla scheda non sono chiusi"),
        ("---\nid: fir\n...\nTesto.\n", 3, "i dati si chiudono con tre trattini, non con tre punti"),
        ("---\nid: fir\n----\nTesto.\n", 3, "i dati si chiudono con tre trattini esatti"),
        ("----\nid: fir\n----\nTesto.\n", 1, "mancano i dati in testa alla scheda"),
        ("+++\nid = 'fir'\n+++\n", 1, "mancano i dati in testa alla scheda"),
        ('{"id": "fir"}\n', 1, "mancano i dati in testa alla scheda"),
        ("---\n---\nTesto.\n", 2, "tra le due righe di tre trattini devono stare campi come «titolo: valore»"),
        ("---\n# nota\n---\n", 2, "tra le due righe di tre trattini devono stare campi come «titolo: valore»"),
        ("---\n{}\n---\n", 2, "tra le due righe di tre trattini devono stare campi come «titolo: valore»"),
        ("---\n- id\n- fir\n---\n", 2, "tra le due righe di tre trattini devono stare campi come «titolo: valore»"),
        ("---\nuna frase\n---\n", 2, "tra le due righe di tre trattini devono stare campi come «titolo: valore»"),
        ("---\nid: fir\ntitle: a: b\n---\n", 3, "i due punti dentro un testo confondono YAML"),
    ],
)
def test_front_matter_that_is_none_is_told_at_its_line(tmp_path: Path, written: str, line: int, message: str) -> None:
    document = read(tmp_path, written)
    assert complaints(document) == [(line, message)]
    assert document.problems[0].fix
    assert not document.readable


def test_flaws_of_the_yaml_have_their_line_in_the_file_and_their_field(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "---\nid: fir\nsources:\n  - title: a\n    official: no\n---\n").problems
    assert (problem.line, problem.field) == (5, "sources[1].official")


# Bytes that are no text


def test_a_file_in_another_encoding_is_told_at_the_byte(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, FRONT.encode() + "\nperché\n".encode("latin-1")).problems
    assert (problem.message, problem.found) == ("il file non è scritto in UTF-8", "byte 0xe9")
    assert problem.line == FRONT.count("\n") + 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_refused_too(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path, FRONT.encode(encoding))
    assert document.problems
    assert not document.readable


def test_a_byte_order_mark_is_refused_with_what_to_choose_when_saving(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, b"\xef\xbb\xbf" + FRONT.encode()).problems
    assert problem.message == "il file comincia con un segno invisibile (BOM)"
    assert problem.fix == "Salva il file come «UTF-8» e non «UTF-8 con BOM»."


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x0b", "\x1b", "\r", "\x7f", "\x85", "\u200b", "\u200e", "\u2028", "\u202e", "\u2066", "\ufeff"],
)
def test_control_and_bidirectional_characters_are_named(tmp_path: Path, character: str) -> None:
    (problem,) = read(tmp_path, f"{FRONT}\nprima{character}dopo\n").problems
    assert problem.message == "c'è un carattere invisibile o di controllo"
    assert problem.found == f"U+{ord(character):04X}"
    assert problem.line == FRONT.count("\n") + 2


def test_a_file_full_of_them_is_not_told_of_each(tmp_path: Path) -> None:
    assert len(read(tmp_path, FRONT + "\x07" * 5_000).problems) == 20


def test_a_file_that_has_gone_or_may_not_be_read_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (problem,) = read_entry(source_at(tmp_path / "sparita.md", "content/glossario/sparita.md")).problems
    assert problem.message == "il file non si può leggere"


# Sizes


def test_a_file_has_a_bound_and_is_not_read_beyond_it(tmp_path: Path) -> None:
    document = read(tmp_path, FRONT + "a" * MAX_BYTES)
    assert complaints(document) == [(1, "il file supera 200 kB")]
    assert document.body == ""


def test_a_body_has_a_bound(tmp_path: Path) -> None:
    assert read(tmp_path, FRONT + "a" * (MAX_BODY - 1)).problems == ()
    document = read(tmp_path, FRONT + "a" * MAX_BODY)
    assert [(problem.field, problem.message) for problem in document.problems] == [
        ("testo", "il testo supera 100000 caratteri")
    ]
    assert document.body == "", "what is too long is not parsed either"


def test_fifty_thousand_brackets_do_no_harm(tmp_path: Path) -> None:
    document = read(tmp_path, f"---\nid: fir\nthemes: {'[' * 50_000}\n---\n")
    assert complaints(document) == [(3, "i dati sono annidati oltre 14 livelli")]


# What may stand where


def refusals(content: Path) -> list[tuple[str, str]]:
    """Path and message of what should not be in `content/`."""
    return [(problem.path, problem.message) for problem in read_content(content.parent).problems]


@pytest.mark.parametrize("name", ["mud.md", "registro-carico-scarico.md", "2026-11.md", "d4-3.md"])
def test_plain_slugs_are_names(content: Path, name: str) -> None:
    (content / "glossario").mkdir()
    (content / "glossario" / name).write_text(FRONT)
    assert refusals(content) == []
    assert [document.path for document in read_content(content.parent).entries] == [f"content/glossario/{name}"]


SLUG = "il nome del file deve avere solo lettere minuscole senza accento, cifre e trattini"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Mud.md", SLUG),
        ("il mud.md", SLUG),
        ("perché.md", SLUG),
        ("mud_2026.md", SLUG),
        ("mud--2026.md", SLUG),
        ("-mud.md", SLUG),
        ("mud-.md", SLUG),
        ("mud.it.md", SLUG),
        (".mud.md", SLUG),
        ("mud\n.md", SLUG),
        ("mud\u202e.md", SLUG),
        ("a" * (MAX_SLUG + 1) + ".md", "il nome del file supera 80 caratteri"),
        ("index.md", "«index» è un nome riservato"),
        ("mud.MD", "il nome del file deve finire con «.md»"),
        ("mud.markdown", "il nome del file deve finire con «.md»"),
        ("mud.txt", "il nome del file deve finire con «.md»"),
        ("mud.md~", "il nome del file deve finire con «.md»"),
        ("mud", "il nome del file deve finire con «.md»"),
        (".md", "il nome del file deve finire con «.md»"),
    ],
)
def test_other_names_are_refused(content: Path, name: str, message: str) -> None:
    (content / "glossario").mkdir()
    (content / "glossario" / name).write_text(FRONT)
    assert refusals(content) == [(f"content/glossario/{name}", message)]


def test_a_name_that_is_no_text_is_refused_and_can_be_printed(content: Path) -> None:
    (content / "glossario").mkdir()
    with open(os.fsencode(content / "glossario") + b"/perch\xe9.md", "wb"):
        pass
    (problem,) = read_content(content.parent).problems
    assert problem.message == SLUG
    problem.text().encode()


def test_two_names_that_differ_in_case_never_meet(content: Path) -> None:
    (content / "glossario").mkdir()
    for name in ("fir.md", "FIR.md"):
        (content / "glossario" / name).write_text(FRONT)
    assert refusals(content) == [("content/glossario/FIR.md", SLUG)]


def test_files_stand_one_folder_deep(content: Path) -> None:
    (content / "glossario" / "lettera-f").mkdir(parents=True)
    (content / "fir.md").write_text(FRONT)
    assert refusals(content) == [
        ("content/fir.md", "qui possono stare solo cartelle"),
        ("content/glossario/lettera-f", "qui non possono stare sottocartelle"),
    ]


def test_a_symlink_is_not_followed_wherever_it_leads(content: Path, tmp_path: Path) -> None:
    (tmp_path / "segreto").mkdir()
    (tmp_path / "segreto" / "fir.md").write_text(FRONT)
    (content / "glossario").mkdir()
    (content / "glossario" / "fir.md").symlink_to(tmp_path / "segreto" / "fir.md")
    (content / "glossario" / "rotto.md").symlink_to("nulla.md")
    (content / "guide").symlink_to(tmp_path / "segreto")
    assert refusals(content) == [
        ("content/glossario/fir.md", "i collegamenti ad altri file non sono ammessi"),
        ("content/glossario/rotto.md", "i collegamenti ad altri file non sono ammessi"),
        ("content/guide", "qui possono stare solo cartelle"),
    ]
    assert read_content(content.parent).entries == ()


def test_a_pipe_or_a_socket_is_refused_and_nobody_waits_for_it(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "glossario").mkdir()
    os.mkfifo(content / "glossario" / "fir.md")
    os.mkfifo(content / "guide")
    monkeypatch.chdir(content / "glossario")  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("presa.md")
        assert refusals(content) == [
            ("content/glossario/fir.md", "deve essere un file normale"),
            ("content/glossario/presa.md", "deve essere un file normale"),
            ("content/guide", "qui possono stare solo cartelle"),
        ]


def test_pictures_have_their_folder_their_kinds_and_their_size(content: Path) -> None:
    (content / "immagini").mkdir()
    for name in ("impianto.jpg", "schema.png", "disegno.svg", "Foto.jpg"):
        (content / "immagini" / name).write_bytes(b"x")
    (content / "immagini" / "grande.webp").write_bytes(bytes(MAX_IMAGE_BYTES + 1))
    assert refusals(content) == [
        ("content/immagini/Foto.jpg", SLUG),
        ("content/immagini/disegno.svg", "il nome del file deve finire con «.jpg» o «.jpeg» o «.png» o «.webp»"),
        ("content/immagini/grande.webp", "il file supera 500 kB"),
    ]
    assert read_content(content.parent).images == ("content/immagini/impianto.jpg", "content/immagini/schema.png")


def test_everything_is_read_in_the_order_of_paths(project: Project) -> None:
    for slug in ("zeta", "alfa", "mezzo"):
        project.add("glossario", slug)
    project.add("adempimenti", "mud")
    read_ = read_content(project.root)
    assert [document.path for document in read_.entries] == [
        "content/adempimenti/mud.md",
        "content/glossario/alfa.md",
        "content/glossario/mezzo.md",
        "content/glossario/zeta.md",
    ]
    assert [document.slug for document in read_.vocabularies] == sorted(
        document.slug for document in read_.vocabularies
    )


def test_a_project_without_content_is_told_so(tmp_path: Path) -> None:
    (problem,) = read_content(tmp_path).problems
    assert problem.message == "la cartella dei contenuti non esiste"


# Vocabularies


def test_a_vocabulary_is_yaml_from_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "temi.yaml"
    file.write_text("title: Temi\nitems:\n  - {id: mud, name: no}\n")
    document = read_vocabulary(source_at(file, "content/vocabolari/temi.yaml"))
    assert [(problem.line, problem.field) for problem in document.problems] == [(3, "items[1].name")]


@pytest.mark.parametrize("text", ["", "# niente\n", "{}\n", "- a\n", "una frase\n"])
def test_a_vocabulary_without_fields_is_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "temi.yaml"
    file.write_text(text)
    document = read_vocabulary(source_at(file, "content/vocabolari/temi.yaml"))
    assert complaints(document) == [(1, "il vocabolario è vuoto")]


# Whatever comes


@settings(WHATEVER_COMES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.text().map(lambda text: f"---\n{text}\n---\n{text}".encode()),
        st.binary(max_size=20).map(lambda raw: b"---\nid: " + raw + b"\n---\n" + raw),
    )
)
def test_no_bytes_make_it_fail(tmp_path: Path, raw: bytes) -> None:
    document = read(tmp_path, raw)
    lines = raw.count(b"\n") + 1
    for problem in document.problems:
        assert 1 <= problem.line <= lines + 1
        problem.text().encode()
    assert document.readable <= bool(document.data)


@pytest.mark.parametrize(
    ("key", "shown"),
    [((), ""), (("title",), "title"), (("sources", 0, "url"), "sources[1].url"), (("rows", 1, 2), "rows[2][3]")],
)
def test_editors_count_from_one(key: tuple[str | int, ...], shown: str) -> None:
    assert dotted(key) == shown
