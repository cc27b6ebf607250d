"""Pages: from the catalogue to the article of each page, as HTML that any shell can carry.

The templates are in `overrides/pages/`; they escape every text by themselves and are plain Jinja, without Python method
calls, so that another renderer can take them.
"""
