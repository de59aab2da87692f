"""`python -m eval`, which `upr eval` runs: suites, baselines, floors, reports."""

from __future__ import annotations

import json
import os
import sys
import time
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import UprError
from eval.against import compare
from eval.context import Context, scratch
from eval.errors import EvaluationError
from eval.floors import below, floors
from eval.model import Report
from eval.pictures import draw
from eval.report import figures, from_json, print_table, to_json, to_markdown, together
from eval.suites import FLOORED, SUITES, check, run

SuiteNames = Annotated[list[str] | None, typer.Argument(help=f"Any of {', '.join(SUITES)}; all by default.")]
_FULL_SIZES = "1000,40000,270000"


class Format(StrEnum):
    """How a report is written; `readme` is Markdown without the figures by language and intent."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    README = "readme"


def _data(given: Path | None, starter: bool) -> Path | None:
    if given is not None and not given.is_dir():
        raise EvaluationError(f"{str(given)!r} is no folder.", "Give a folder of real documents.")
    if starter:
        return None
    named = given or (Path(os.environ["UPR_TEST_DATA"]) if os.environ.get("UPR_TEST_DATA") else None)
    return named if named and named.is_dir() else None


def _sizes(given: str) -> tuple[int, ...]:
    try:
        return tuple(int(one) for one in given.split(",") if one.strip())
    except ValueError:
        raise EvaluationError(f"{given!r} are no sizes.", "Give numbers, as 1000,40000.") from None


def evaluate(
    suites: SuiteNames = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder of real documents; UPR_TEST_DATA by default.")
    ] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Only the starter corpus as shipped.")] = False,
    full: Annotated[bool, typer.Option("--full", help=f"Baselines, and sizes {_FULL_SIZES}.")] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Run what people would use instead, too.")
    ] = False,
    ablations: Annotated[
        bool, typer.Option("--ablations", help="Measure our search with parts of it off, too.")
    ] = False,
    fast: Annotated[
        bool, typer.Option("--fast", help="The subset that CI runs, judged by the floors.")
    ] = False,
    sizes: Annotated[str, typer.Option(help="Numbers of recommendations to time.")] = "1000",
    against: Annotated[Path | None, typer.Option(help="An earlier JSON report to compare with.")] = None,
    read: Annotated[
        list[Path] | None,
        typer.Option(
            "--from", help="Show JSON reports written before, suites run apart as one; nothing is run."
        ),
    ] = None,
    pictures: Annotated[Path | None, typer.Option(help="Draw latency and quality into this folder.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the report to this file.")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Of the file by its name, of the screen a table.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="{suite: {metric: value}} on stdout.")] = False,
) -> None:
    """Measure the assistant; with --fast, exit 1 where a floor is not reached or anything crashed."""
    log = Console(stderr=True, highlight=False, markup=False)
    names = check(suites or (FLOORED if fast else ()))
    earlier = _report(against) if against else None
    folder = _data(data, starter)
    if read:
        report = together([_report(path) for path in read])
    else:
        if folder is None:
            log.print("Only the starter corpus is measured; real documents with --data FOLDER.")
        began = time.monotonic()
        with scratch() as place:
            context = Context(place, folder, baselines or full, ablations, fast, log.print)
            report = run(context, names, () if fast else _sizes(_FULL_SIZES if full else sizes))
        minutes = (time.monotonic() - began) / 60
        report = Report(report.results, {**report.environment, "took": f"{minutes:.1f} minutes"})
    if output is not None:
        output.write_text(_written(report, form or _by_name(output)) + "\n", encoding="utf-8")
    _show(report, Format.JSON if as_json else form if output is None and form else Format.TABLE, as_json)
    if pictures is not None:
        draw(report, pictures)
    for line in compare(earlier, report).lines() if earlier else ():
        log.print(line)
    missed = below(report, floors(real=folder is not None)) if fast else []
    for line in missed:
        log.print(f"below the floor: {line}")
    if missed:
        raise typer.Exit(1)


def _report(path: Path) -> Report:
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{str(path)!r} is no report ({error}).", "Write one with -o FILE.json."
        ) from error


def _by_name(path: Path) -> Format:
    return {".json": Format.JSON, ".md": Format.MARKDOWN}.get(path.suffix, Format.TABLE)


def _written(report: Report, form: Format) -> str:
    if form is Format.JSON:
        return json.dumps(to_json(report), ensure_ascii=False)
    if form is Format.MARKDOWN:
        return to_markdown(report)
    if form is Format.README:
        return to_markdown(report, brief=True)
    text = StringIO()
    print_table(report, Console(file=text, width=200))
    return text.getvalue()


def _show(report: Report, form: Format, only_figures: bool) -> None:
    if only_figures:
        sys.stdout.write(json.dumps(figures(report), ensure_ascii=False) + "\n")
    elif form is Format.TABLE:
        print_table(report, Console(highlight=False))
    else:
        sys.stdout.write(_written(report, form) + "\n")


def main() -> None:
    """Run; an error is one line on stderr and exit code 1."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(evaluate)
    try:
        app()
    except UprError as error:
        sys.stderr.write(f"upr eval: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
