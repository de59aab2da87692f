"""Printed lines to one text of blocks, and blocks to numbered paragraphs: the second step of reading a document."""

from corpus.layout.normalise import Block, BlockKind, Layout, normalise

__all__ = ["Block", "BlockKind", "Layout", "normalise"]
