"""Ecoteca: from curated Markdown and YAML to a searchable portal about environmental duties.

One direction of flow: reading → entries → checks → catalogue → pages and outputs. Every step is a function of its
input and of `today`; nothing here knows MkDocs (`hooks/portal.py` is the only place that does).
"""
