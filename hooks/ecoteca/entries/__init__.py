"""The twelve entry types, one declaration each.

From these declarations come the checks, the JSON Schemas, the templates for new entries and the editors' reference.
"""

from ecoteca.entries.act import Act
from ecoteca.entries.action import Action
from ecoteca.entries.analysis import Analysis
from ecoteca.entries.base import Entry
from ecoteca.entries.call import Call
from ecoteca.entries.case_study import CaseStudy
from ecoteca.entries.criteria import GreenCriteria
from ecoteca.entries.duty import Duty
from ecoteca.entries.event import Event
from ecoteca.entries.guide import Guide
from ecoteca.entries.issue import Issue
from ecoteca.entries.question import Question
from ecoteca.entries.term import Term

ENTRY_TYPES: tuple[type[Entry], ...] = (
    Duty,
    Act,
    GreenCriteria,
    CaseStudy,
    Call,
    Event,
    Question,
    Guide,
    Analysis,
    Action,
    Issue,
    Term,
)
"""All types, in the order in which the portal shows them."""

BY_FOLDER: dict[str, type[Entry]] = {kind.folder: kind for kind in ENTRY_TYPES}
"""The type whose entries stand in a folder of `content/`."""

__all__ = [
    "BY_FOLDER",
    "ENTRY_TYPES",
    "Act",
    "Action",
    "Analysis",
    "Call",
    "CaseStudy",
    "Duty",
    "Entry",
    "Event",
    "GreenCriteria",
    "Guide",
    "Issue",
    "Question",
    "Term",
]
