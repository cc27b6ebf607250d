"""Bodies of entries: Markdown in one parse, from which come the flaws, the HTML and the plain text.

The dialect is CommonMark with tables, footnotes, definition lists and callouts (quotations that begin with a line
`[!DEVI]`); raw HTML is refused. `parse` never raises and never takes long, whatever it is given.
"""

from ecoteca.prose.bounds import MAX_EFFORT, MAX_LINES, MAX_NESTING
from ecoteca.prose.dialect import CALLOUTS
from ecoteca.prose.model import Flaw, Heading, Image, Link, Prose
from ecoteca.prose.parsing import parse
from ecoteca.prose.rendering import render

__all__ = [
    "CALLOUTS",
    "MAX_EFFORT",
    "MAX_LINES",
    "MAX_NESTING",
    "Flaw",
    "Heading",
    "Image",
    "Link",
    "Prose",
    "parse",
    "render",
]
