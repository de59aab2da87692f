"""Exports of recommendations from databases: UHRI (JSON, xlsx) and UPR Info (csv), read as streams."""

from corpus.exports.reader import Export, ExportKind, open_export, sniff

__all__ = ["Export", "ExportKind", "open_export", "sniff"]
