"""What a document says about itself: symbol, title, kind, State under review, cycle, session, date, language."""

from corpus.identity.identify import identify

__all__ = ["identify"]
