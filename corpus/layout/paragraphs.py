"""Blocks to paragraphs: the printed number of each ("15 (a)", "118.4", "Annex I, 3") and the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.layout.headings import Stack
from corpus.layout.markers import Mark, Marker
from corpus.layout.normalise import Block, BlockKind, Layout
from corpus.model import Language, Paragraph

_SENTENCE = re.compile(r"[^\W\d][.。؟]\s*$")
_ANNEX = re.compile(
    r"(?:(annex|appendix|annexe|appendice|anexo|apéndice|приложение|дополнение)\s*(?P<label>[IVXL]+|\d{1,2}|[A-Z])?(?=$|[\s.:*[(])"
    r"|(附件|附录)\s*(?P<han>[一二三四五六七八九十]+|\d+)?|(المرفق|مرفق|التذييل)\s*(?P<arabic>\w+)?)",
    re.I,
)
_ACT = re.compile(r"(?P<label>(?:S-)?\d{1,3}/\d{1,3}|PRST/\d{1,2}/\d{1,2}|OM/\d{1,2}/\d{1,2})\.?\s+\S")
_PART = re.compile(
    r"(?:part|chapter|chapitre|partie|parte|capítulo|часть|глава|第.{1,3}(?:部分|章)|الجزء|الفصل)\b", re.I
)
_GAP = 6  # numbers that may be missing before a number is taken for something else
_ENDS = tuple(".;:!?。；：！？؛؟")


@dataclass(slots=True)
class _State:
    """Where the numbering stands."""

    main: int | None = None
    item: int | None = None
    letter: str | None = None
    roman: str | None = None
    prefix: str = ""
    number: str | None = None
    fresh: bool = True
    open: bool = False
    headings: Stack = field(default_factory=Stack)


def paragraphs(layout: Layout, language: Language | None = None) -> tuple[Paragraph, ...]:
    """Every paragraph of a document in reading order.

    A paragraph's text leaves out the number, which has its own field. Bullets, and unnumbered text that a numbered
    paragraph announces (it ends with a colon), carry its number, so that they can be cited. Contents, the cover's
    masthead and headings are no paragraphs of their own. The rows of a table make one paragraph ("Table 2").
    Footnotes are "Footnote 3".
    """
    return tuple(_walk(layout))


def _walk(layout: Layout) -> Iterator[Paragraph]:
    state = _State()
    blocks = layout.blocks
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind in {BlockKind.CONTENTS, BlockKind.MASTHEAD}:
            index += 1
            continue
        if block.kind is BlockKind.FOOTNOTE:
            yield _made(layout, block, f"Footnote {block.label}" if block.label else None, (), 0)
            index += 1
            continue
        last = _table_end(layout, blocks, index, state)
        if last > index:
            yield _table(layout, blocks[index:last], state)
            index = last
            continue
        made = _block(layout, block, state)
        if made is not None:
            yield made
        index += 1


def _block(layout: Layout, block: Block, state: _State) -> Paragraph | None:
    text = layout.of(block)
    mark = block.marker
    titled = block.kind is BlockKind.HEADING or _unmarked_heading(text, mark, state)
    if titled and not (mark and mark.mark is Mark.NUMBER and _continues(text, mark, state)):
        _heading(text, block, mark, state)
        return None
    number, skip = _number(text, mark, state)
    path = state.headings.path
    state.number = number or (state.number if mark is None else None)
    state.open = (
        text.endswith((":", "：", ",", "，", "،"))
        or not text.endswith(_ENDS)
        or (state.open and mark is None)
    )
    state.fresh = False
    return _made(layout, block, number, path, skip)


def _made(layout: Layout, block: Block, number: str | None, path: tuple[str, ...], skip: int) -> Paragraph:
    start = min(block.start + skip, block.end)
    if start == block.end:
        start = block.start
    page = layout.page_at(start)
    return Paragraph(number, layout.text[start : block.end], start, block.end, page, path)


def _continues(text: str, mark: Marker, state: _State) -> bool:
    """Whether a numbered line set like a heading goes on in a count of paragraphs or of recommendations."""
    label = int(mark.label)
    if state.item is not None and label == state.item + 1:
        return True
    if text.rstrip("*").endswith((")", ").")) and len(text) > 40:
        return True
    return state.main is not None and label == state.main + 1 and len(text) > 90


def _unmarked_heading(text: str, mark: Marker | None, state: _State) -> bool:
    """A short numbered line that does not fit the count of paragraphs is a heading ("1. Right to education")."""
    if mark is None or mark.mark is not Mark.NUMBER or len(text) > 160 or text.rstrip("*∗ ").endswith(_ENDS):
        return False
    return (
        state.main is not None
        and int(mark.label) != state.main + 1
        and state.item is None
        and int(mark.label) < 15
    )


def _heading(text: str, block: Block, mark: Marker | None, state: _State) -> None:
    annex = _ANNEX.match(text)
    act = _ACT.match(text)
    if annex and len(text) < 120:
        label = annex.group("label") or annex.group("han") or annex.group("arabic") or ""
        state.prefix = f"{annex.group(0).split()[0].capitalize()} {label}".strip() + ", "
    elif act:
        state.prefix = f"{act.group('label')}, "
    elif _PART.match(text):
        state.prefix = ""
    state.headings.push(text.rstrip("*∗ ") or text, block, mark, top=annex is not None)
    if annex or act:
        state.main = None
    state.item = state.letter = state.roman = None
    state.number = None
    state.fresh = True


def _number(text: str, mark: Marker | None, state: _State) -> tuple[str | None, int]:
    """The number of a paragraph and how many characters of its text the mark takes."""
    if mark is None:
        following = _misprinted(text, state)
        if following:
            state.main, state.item, state.letter, state.roman = (state.main or 0) + 1, None, None, None
            return f"{state.prefix}{state.main}", following
        return (state.number if state.open and not state.fresh else None), 0
    if mark.mark is Mark.NUMBER:
        return _numbered(int(mark.label), mark, state)
    if mark.mark is Mark.DOTTED:
        state.letter = state.roman = None
        return f"{state.prefix}{mark.label}", mark.end
    if mark.mark is Mark.LETTER:
        return _lettered(mark, state)
    if mark.mark is Mark.TABLE:
        return _table_number(mark), 0
    if mark.mark is Mark.BULLET:
        base = state.number if not state.fresh else None
        return base, mark.end
    return (state.number if state.open and not state.fresh else None), 0


def _misprinted(text: str, state: _State) -> int:
    """Length of the next number in the count where its full stop is missing ("60 Regarding") or misprinted."""
    if state.main is None:
        return 0
    match = re.match(rf"{state.main + 1}\s?[,:]?\s+(?=[^\W\d_a-z])", text)
    return match.end() if match and len(text) > 80 else 0


def _numbered(label: int, mark: Marker, state: _State) -> tuple[str | None, int]:
    main = state.main
    state.letter = state.roman = None
    if main is None or label == main + 1:
        state.main, state.item = label, None
    elif state.item is not None and label == state.item + 1:
        state.item = label
        return f"{state.prefix}{main}.{label}", mark.end
    elif label == 1:
        if state.fresh and not state.prefix:
            # A new run of numbers under a heading: the text of another instrument, or a list.
            state.main, state.item = 1, None
        else:
            state.item = 1
            return f"{state.prefix}{main}.1", mark.end
    elif main < label <= main + _GAP:
        state.main, state.item = label, None
    elif state.item is not None and state.item < label <= state.item + _GAP:
        state.item = label
        return f"{state.prefix}{main}.{label}", mark.end
    elif label > 1900:
        return state.number, 0
    return f"{state.prefix}{label}", mark.end


def _lettered(mark: Marker, state: _State) -> tuple[str | None, int]:
    label = mark.label
    base = f"{state.prefix}{state.main}" if state.main is not None else state.prefix.removesuffix(", ")
    if state.item is not None:
        base = f"{base}.{state.item}"
    if state.number and re.search(r"\.\d+(?: \([a-z]+\))*$", state.number) and state.item is None:
        base = re.sub(r"(?: \([^)]*\))+$", "", state.number)
    if not base:
        return f"({label})", mark.end
    is_roman = re.fullmatch(r"[ivx]+", label) is not None
    follows = state.letter is not None and len(label) == 1 and ord(label) == ord(state.letter[0]) + 1
    if is_roman and not follows and state.letter is not None and (label == "i" or state.roman):
        state.roman = label
        return f"{base} ({state.letter}) ({label})", mark.end
    state.letter, state.roman = label, None
    return f"{base} ({label})", mark.end


def _table_end(layout: Layout, blocks: Sequence[Block], index: int, state: _State) -> int:
    """Index after the last block of a table that begins at `index`; `index` itself where none begins."""
    block = blocks[index]
    captioned = block.marker is not None and block.marker.mark is Mark.TABLE and len(layout.of(block)) < 200
    if block.kind is BlockKind.ROW and not captioned:
        return index + 1
    if not captioned:
        return index
    end = index + 1
    numeric = 0
    while end < len(blocks) and not _leaves_table(layout, blocks[end], state):
        numeric += bool(re.search(r"\d", layout.of(blocks[end]))) or blocks[end].kind is BlockKind.ROW
        end += 1
    return end if numeric >= 2 else index


def _leaves_table(layout: Layout, block: Block, state: _State) -> bool:
    text = layout.of(block)
    mark = block.marker
    if block.kind in {BlockKind.FOOTNOTE, BlockKind.ROW}:
        return False
    if mark and mark.mark is Mark.TABLE:
        return True
    prose = len(text) > 60 or _SENTENCE.search(text)  # a numbered row of a table is no sentence
    if mark and mark.mark is Mark.NUMBER and prose and int(mark.label) == (state.main or 0) + 1:
        return True
    if block.kind is BlockKind.HEADING and mark and mark.mark in {Mark.ROMAN, Mark.CAPITAL}:
        return state.headings.follows(mark)
    if _ANNEX.match(text):
        return True
    return len(text) > 400


def _table_number(mark: Marker) -> str:
    return re.sub(r"\s*(\d+|[IVXL]+|[一二三四五六七八九十]+)$", r" \1", mark.label)


def _table(layout: Layout, blocks: Sequence[Block], state: _State) -> Paragraph:
    first, last = blocks[0], blocks[-1]
    mark = first.marker
    number = None
    if mark is not None and mark.mark is Mark.TABLE:
        number = _table_number(mark)
    elif mark is not None and mark.mark is Mark.DOTTED:
        number = mark.label
    path = state.headings.path
    return Paragraph(number, layout.text[first.start : last.end], first.start, last.end, first.page, path)
