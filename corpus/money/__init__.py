"""Tables of money to Amounts: every figure with its row, period, currency and, where a State gave it, the State."""

from corpus.money.figures import currency, period
from corpus.money.tables import amounts, read

__all__ = ["amounts", "currency", "period", "read"]
