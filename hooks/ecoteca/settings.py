"""What the portal is called, where it stands and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True)
class Settings:
    """The portal's own facts, from mkdocs.yml.

    `authority` is the name and date in `tag:` URIs (RFC 4151): it is chosen once and outlives any change of
    `site_url`. `edit_base` is what comes before an entry's path in the address of its edit page; empty for none. The
    newsletter comes from `mail_from`, by `mail_service`, one of `outputs.mails.SERVICES`; `mail_form` is the address of
    the form where readers sign up for it, empty for none.
    """

    name: str
    description: str
    site_url: str
    authority: str
    office: str
    edit_base: str = ""
    mail_from: str = "redazione@ecoteca.example"
    mail_service: str = "a mano"
    mail_form: str = ""

    def absolute(self, url: str) -> str:
        """A complete address for an address below the portal's root."""
        return urljoin(self.site_url, url)

    def tag(self, name: str) -> str:
        """The permanent name of a thing, independent of any address."""
        return f"tag:{self.authority}:{name}"
