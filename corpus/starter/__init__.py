"""The starter corpus: the project's own digests of UPR documents, and a catalogue of official ones.

`documents()` gives a Document (`digest=True`) a digest file; `catalogue()` says which official document
would answer, where only its address is known.
"""

from corpus.starter.catalogue import CatalogueEntry, catalogue
from corpus.starter.reader import StarterError, documents, files, read

__all__ = ["CatalogueEntry", "StarterError", "catalogue", "documents", "files", "read"]
