"""A newsletter issue as mail: HTML with its styles in the tags, plain text of the same content, and both as a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import css_inline
from markupsafe import Markup

MOST_BYTES = 100_000
"""Largest mail in HTML: Gmail shows no more than 102 kB and hides the rest, the way to unsubscribe included."""


@dataclass(frozen=True, slots=True)
class Service:
    """How a service that sends mails wants to be told where a reader unsubscribes.

    `unsubscribe` is what the service replaces by an address, empty where there is no service and `how` tells what to
    do; `sender` what it replaces by the sender's postal address, where it asks for one; `why` tells readers why they
    get the mail. `comment` is how a comment must be written to be in the mail that is sent.
    """

    why: str
    unsubscribe: str = ""
    how: str = ""
    sender: str = ""
    comment: str = "%s"

    @property
    def word_table(self) -> tuple[Markup, Markup]:
        """What stands around the mail for Outlook, which alone reads these comments."""
        return Markup(self.comment % _WORD_TABLE), Markup(self.comment % _WORD_TABLE_END)


_WORD_TABLE = '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->'
_WORD_TABLE_END = "<!--[if mso]></td></tr></table><![endif]-->"


_SUBSCRIBED = "Ricevi questa newsletter perché ti sei iscritto."

BY_HAND = Service(
    "Ricevi questa newsletter perché l'hai chiesta.", how="Per non riceverla più, rispondi a questo messaggio."
)

SERVICES = {
    "a mano": BY_HAND,
    "brevo": Service(_SUBSCRIBED, "{{ unsubscribe }}"),
    "listmonk": Service(_SUBSCRIBED, "{{ UnsubscribeURL }}", comment="{{ Safe `%s` }}"),  # it drops all others
    "mailchimp": Service(_SUBSCRIBED, "*|UNSUB|*", sender="*|LIST:ADDRESSLINE|*"),
}
"""What can stand under `newsletter.service` in mkdocs.yml."""

_COMMANDS = {"{{": "{ {", "}}": "} }", "*|": "* |", "|*": "| *"}


def inert(text: str) -> str:
    """A text in which no service finds one of its commands: what an editor wrote is never one."""
    for command, harmless in _COMMANDS.items():
        text = text.replace(command, harmless)
    return text


_INLINER = css_inline.CSSInliner(keep_at_rules=True, remove_inlined_selectors=True, load_remote_stylesheets=False)


def inlined(html: str) -> str:
    """A mail with its rules in the tags; what cannot go there, how a dark or narrow screen differs, stays in the head."""
    return _INLINER.inline(html)


def message(subject: str, sender: Address, when: datetime, name: str, text: str, html: str) -> bytes:
    """A mail as a file that mail programs open, in both forms; the same bytes whenever it is made.

    `name` is what makes the message's id: letters, digits, hyphens, then @ and a host.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["From"] = sender
    mail["To"] = sender
    mail["Date"] = when
    mail["Message-ID"] = f"<{name}>"
    mail["X-Unsent"] = "1"  # Outlook and Thunderbird open it as a draft, to be addressed and sent
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = "it"
    mail.set_boundary(f"=_{name.partition('@')[0]}_=")
    return mail.as_bytes()
