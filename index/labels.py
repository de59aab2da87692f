"""The labels of a recommendation as rows of `tags`, and back: which count where several sources give some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import SdgLink, Tag, Tags
from index.records import Json

_TAGGER = "tagger:"


def official(found: Tags | None) -> Tags | None:
    """Tags that a document gives; None where they are the tagger's."""
    return None if found is None or found.origin.startswith(_TAGGER) else found


def rows_of(official: Tags | None, own: Tags | None) -> list[Json]:
    """Rows of `tags` of one recommendation, without its id.

    Goals that a document states stand in place of the tagger's; its themes and groups, which use other words,
    stand beside them. What does not count is kept with `shown` false.
    """
    goals_given = bool(official and official.sdgs)
    best: dict[tuple[str, str, str], tuple[float, str, bool]] = {}
    for found in (official, own):
        for facet, name, score, why in _flat(found) if found else ():
            counts = found is official or not (goals_given and facet in ("sdg", "target"))
            place = (facet, name, found.origin if found else "")
            best[place] = max(best.get(place, (-1.0, "", counts)), (score, why, counts))
    rows: list[Json] = []
    counted: set[tuple[str, str]] = set()
    for (facet, name, origin), (score, why, counts) in best.items():
        shown = counts and (facet, name) not in counted  # a label that both give counts once
        counted |= {(facet, name)} if shown else set()
        label = {"facet": facet, "name": name, "origin": origin, "score": score, "why": why}
        rows.append({**label, "shown": shown})
    return rows


def _flat(found: Tags) -> Iterator[tuple[str, str, float, str]]:
    for facet, some in (
        ("theme", found.themes),
        ("group", found.groups),
        ("agency", found.agencies),
        ("instrument", found.instruments),
    ):
        for tag in some:
            yield facet, tag.name, tag.score, tag.why
    for link in found.sdgs:
        yield "sdg", str(link.goal), link.score, link.why
        if link.target:
            yield "target", link.target, link.score, link.why


def tags_from(rows: Sequence[Mapping[str, object]], action: int | None, score: float, origin: str) -> Tags:
    """The labels that count of one recommendation, as a value; official ones before the tagger's."""
    ordered = sorted(
        rows, key=lambda r: (str(r["origin"]).startswith(_TAGGER), -float(str(r["score"])), str(r["name"]))
    )
    by_facet: dict[str, dict[str, Tag]] = {}
    for row in ordered:
        tag = Tag(str(row["name"]), float(str(row["score"])), str(row["why"]))
        by_facet.setdefault(str(row["facet"]), {}).setdefault(tag.name, tag)
    targets = by_facet.get("target", {})
    links = [SdgLink(int(t.name.split(".")[0]), t.name, t.score, t.why) for t in targets.values()]
    whole = {link.goal for link in links}
    links += [
        SdgLink(int(t.name), None, t.score, t.why)
        for t in by_facet.get("sdg", {}).values()
        if int(t.name) not in whole
    ]
    return Tags(
        themes=tuple(by_facet.get("theme", {}).values()),
        groups=tuple(by_facet.get("group", {}).values()),
        sdgs=tuple(sorted(links, key=lambda link: -link.score)),
        action=action,
        action_score=score,
        agencies=tuple(by_facet.get("agency", {}).values()),
        instruments=tuple(by_facet.get("instrument", {}).values()),
        origin=origin,
    )
