"""Know what each recommendation is about: themes, groups, SDGs, action, instruments, agencies.

`tag(texts)` is all that a caller needs. Every tag carries a score and its reason in words; `VERSION` goes with
every result, so that a catalogue knows what to tag again. How it was made and how good it is: README.md.
"""

from __future__ import annotations

from corpus.tag import taxonomy
from corpus.tag.agencies import agencies_for
from corpus.tag.tagger import VERSION, tag

__all__ = ["VERSION", "agencies_for", "tag", "taxonomy"]
