"""How text becomes sub-words: the same steps when the model is trained and when it is run.

Unicode is decomposed and stripped of marks, so that one pass unifies accents, ё and е, Arabic vowel signs
and the forms of alef; what decomposition leaves apart in Arabic (ta marbuta, alef maqsura, tatweel) is
replaced. Arabic's article and one-letter particles are split off as pieces of their own.
"""

from __future__ import annotations

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

_ARABIC = "ء-يٱ-ە"
# The article with what can stand before it, where a stem of at least three letters follows.
_ARTICLE = rf"(?<![{_ARABIC}])(?:[وف]?[بك]?ال|[وف]?لل(?!جن|جان))(?=[{_ARABIC}]{{3,}})"
# A lone particle, where at least four letters follow: shorter words mostly own their first letter.
_PARTICLE = rf"(?<![{_ARABIC}])[وفبل](?=[{_ARABIC}]{{4,}})"


def blank(pieces: list[tuple[str, float]]) -> Tokenizer:
    """Return a unigram tokenizer with these pieces and their log-probabilities; the first is the unknown."""
    tokenizer = Tokenizer(
        models.Unigram(pieces, unk_id=0, byte_fallback=False) if pieces else models.Unigram()
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("ة", "ه"),
            normalizers.Replace("ى", "ي"),
            normalizers.Replace("ـ", ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\s+"), behavior="removed"),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.Split(Regex(f"{_ARTICLE}|{_PARTICLE}"), behavior="isolated"),
        ]
    )
    return tokenizer
