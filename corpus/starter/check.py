"""The checker of the starter corpus: is every file in its form, and true to the document it stands for?

`form_problems(path)` needs nothing but the file. `source_problems(path, source)` compares an outcome with the
parsed report; `figure_problems(texts, source)` looks for figures of any digest in the text it was made from.
Each problem is a sentence for the person who corrects the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus import states
from corpus.identity import symbols
from corpus.model import Document, Kind, Language
from corpus.starter.catalogue import OFFICIAL, CatalogueEntry
from corpus.starter.markdown import Block, blocks, split
from corpus.starter.recommendations import Line, lines

LONGEST_DIGEST = 20
LONGEST_RUN = 5

_NAMES = Path(__file__).with_name("names.txt")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_FIGURE = re.compile(r"\d+(?:[ ,]\d{3})*")
_WORD = re.compile(r"¤|\w+(?:['\-–]\w+)*")
_GAP = "¤"
_GOALS = frozenset(str(goal) for goal in range(1, 18))
_DATABASES = frozenset({"UPR Info database"})


def form_problems(path: Path) -> list[str]:
    """What is wrong with a digest file by itself: front matter, numbering, States, symbols, lengths."""
    meta, body = split(path)
    found = [*_front_matter(meta), *_numbering(list(blocks(path, body)))]
    sheet = path.with_suffix(".csv")
    if sheet.exists():
        found += _sheet(lines(sheet))
    elif meta.get("kind") == Kind.UPR_OUTCOME:
        found.append("an outcome needs its recommendations in a CSV of the same name")
    return [f"{path.name}: {problem}" for problem in found]


def source_problems(path: Path, source: Document) -> list[str]:
    """Where an outcome's CSV and the parsed report differ: numbers, States, positions, pages, figures, wording."""
    ours, theirs = lines(path.with_suffix(".csv")), {each.number: each for each in source.recommendations}
    found = []
    if [line.number for line in ours] != list(theirs):
        found.append(f"numbers differ: {sorted({line.number for line in ours} ^ set(theirs))!r}")
    for line in ours:
        if (theirs_one := theirs.get(line.number)) is None:
            continue
        if line.recommenders != theirs_one.recommenders:
            found.append(
                f"{line.number}: States {line.recommenders!r}, the report has {theirs_one.recommenders!r}"
            )
        if line.at_review != theirs_one.position or line.page != theirs_one.page:
            found.append(f"{line.number}: position or page differs from the report's")
        found += [f"{line.number}: {each}" for each in _wording(line.digest, theirs_one.text)]
    counted = Counter(code for line in ours for code in line.recommenders)
    if counted != Counter(code for each in theirs.values() for code in each.recommenders):
        found.append("counts per State differ from the report's")
    return [f"{path.name}: {problem}" for problem in found]


def figure_problems(texts: Iterable[str], source: str) -> list[str]:
    """Figures of digest texts that the source's text does not have (1,234 and 1 234 are one figure)."""
    known = set(_figures(source))
    known |= {
        figure[:-1] for figure in known if len(figure) > 3
    }  # a footnote's number sticks to the figure before it
    known |= {part for figure in re.findall(r"\d+(?:[./]\d+)+", source) for part in re.split(r"[./]", figure)}
    return [
        f"{figure!r} of {text[:60]!r} is not in the source"
        for text in texts
        for figure in _figures(text)
        if figure not in known
    ]


def catalogue_problems(entries: Iterable[CatalogueEntry]) -> list[str]:
    """What is wrong with the catalogue: doubles, malformed symbols and addresses, unknown States."""
    found, seen = [], set[str]()
    for entry in entries:
        if entry.symbol in seen:
            found.append(f"{entry.symbol}: twice in the catalogue")
        seen.add(entry.symbol)
        found += [f"{entry.symbol}: {problem}" for problem in _address(entry.symbol, entry.url)]
        if entry.state is not None and states.group(entry.state) is None:
            found.append(f"{entry.symbol}: no State {entry.state!r}")
        if entry.date is not None and not _DATE.fullmatch(entry.date):
            found.append(f"{entry.symbol}: {entry.date!r} is no date")
    return found


def shared_run(digest: str, source: str) -> tuple[int, str]:
    """The longest run of words that two texts share, names of instruments and institutions aside."""
    ours, theirs = _words(digest), _words(source)
    length, end = 0, 0
    previous: list[int] = [0] * (len(theirs) + 1)
    for i, word in enumerate(ours, start=1):
        current = [0] * (len(theirs) + 1)
        for j, other in enumerate(theirs, start=1):
            if word == other and word != _GAP:
                current[j] = previous[j - 1] + 1
                if current[j] > length:
                    length, end = current[j], i
        previous = current
    return length, " ".join(ours[end - length : end])


def _wording(digest: str, source: str) -> Iterator[str]:
    length, run = shared_run(digest, source)
    if length > LONGEST_RUN:
        yield f"{length} words in a row are the report's: {run!r}"
    yield from figure_problems([digest], source)


def _front_matter(meta: dict[str, object]) -> Iterator[str]:
    symbol, url = meta.get("symbol"), meta.get("url")
    if symbol is not None:
        yield from _address(str(symbol), str(url))
        if meta.get("key") != symbol:
            yield f"the key {meta.get('key')!r} is not the symbol"
    if str(meta.get("kind")) not in {*Kind} or str(meta.get("language")) not in {*Language}:
        yield "unknown kind or language"
    if (date := meta.get("date")) is not None and not _DATE.fullmatch(str(date)):
        yield f"{date!r} is no date"
    if (state := meta.get("state")) is not None and states.group(str(state)) is None:
        yield f"no State {state!r}"
    if meta.get("kind") == Kind.UPR_OUTCOME and not all(
        meta.get(name) for name in ("state", "cycle", "pages")
    ):
        yield "an outcome names its State, cycle and pages"


def _address(symbol: str, url: str) -> Iterator[str]:
    if symbols.find(symbol) != symbol:
        yield f"{symbol!r} is no document symbol"
    if url != OFFICIAL + symbol:
        yield f"{url!r} is not its official address"


def _numbering(paragraphs: list[Block]) -> Iterator[str]:
    numbers = [block.number for block in paragraphs if block.number is not None]
    if len(set(numbers)) != len(numbers):
        yield f"a paragraph number stands twice: {[n for n, times in Counter(numbers).items() if times > 1]!r}"
    keys = [_key(number) for number in numbers if not number.startswith("Table")]
    if keys != sorted(keys):
        yield "paragraphs are not in order"
    for block in paragraphs:
        if not block.rows and not block.text.endswith((".", "?", "]")):
            yield f"line {block.line} does not end a sentence"
        if block.number is not None and block.number.startswith("Table") and not block.rows:
            yield f"{block.number} has no rows"


def _key(number: str) -> tuple[int, ...]:
    return tuple(
        int(part) if part.isdigit() else ord(part) for part in re.findall(r"\d+|(?<=\()[a-z]", number)
    )


def _sheet(rows: list[Line]) -> Iterator[str]:
    expected: dict[str, int] = {}
    for line in rows:
        section, _, item = line.number.partition(".")
        expected[section] = expected.get(section, 0) + 1
        if item != str(expected[section]):
            yield f"{line.number} stands where {section}.{expected[section]} should"
        yield from (f"{line.number}: {problem}" for problem in _line(line))


def _line(line: Line) -> Iterator[str]:
    if not line.recommenders:
        yield "no recommending State"
    yield from (f"no State {code!r}" for code in line.recommenders if states.group(code) is None)
    if len(line.digest.split()) > LONGEST_DIGEST or not line.digest.endswith("."):
        yield f"a digest is a sentence of at most {LONGEST_DIGEST} words"
    if line.symbol is None and line.source not in _DATABASES:
        yield f"position source {line.source!r} is neither a symbol nor a known database"
    if bool(line.themes or line.groups or line.sdgs) != bool(line.tagged_by):
        yield "tags and the one who tagged go together"
    yield from (f"no goal {label!r}" for label in line.sdgs if label.split(".")[0] not in _GOALS)


def _figures(text: str) -> list[str]:
    return [re.sub(r"[ ,]", "", figure) for figure in _FIGURE.findall(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(_names().sub(f" {_GAP} ", text.lower().replace("’", "'")))


@cache
def _names() -> re.Pattern[str]:
    listed = [line.strip().lower() for line in _NAMES.read_text(encoding="utf-8").splitlines()]
    names = sorted((name for name in listed if name and not name.startswith("#")), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
