"""`python -m eval`, which `upr eval` runs: suites, baselines, floors, reports."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import UprError
from eval.context import Context, SuiteFunction, scratch
from eval.errors import EvaluationError
from eval.model import Report
from eval.report import below_floors, compare, environment, figures, from_json, to_json, to_markdown
from eval.suites import SUITES

SuiteNames = Annotated[list[str] | None, typer.Argument(help=f"Any of {', '.join(SUITES)}; all by default.")]


def _chosen(names: list[str] | None) -> dict[str, SuiteFunction]:
    for name in names or ():
        if name not in SUITES:
            raise EvaluationError(f"{name!r} is no suite.", f"Known are {', '.join(SUITES)}.")
    return {name: SUITES[name] for name in names or SUITES}


def _data(given: Path | None) -> Path | None:
    named = given or (Path(os.environ["UPR_TEST_DATA"]) if os.environ.get("UPR_TEST_DATA") else None)
    if given is not None and not given.is_dir():
        raise EvaluationError(f"{str(given)!r} is no folder.", "Give a folder of real documents.")
    return named if named and named.is_dir() else None


def evaluate(
    suites: SuiteNames = None,
    data: Annotated[Path | None, typer.Option(help="Folder of real documents.")] = None,
    baselines: Annotated[bool, typer.Option(help="Run what people would use instead, too.")] = False,
    fast: Annotated[bool, typer.Option(help="The subset that CI runs, judged by the floors.")] = False,
    sizes: Annotated[str, typer.Option(help="Numbers of recommendations to time.")] = "1000,40000",
    against: Annotated[Path | None, typer.Option(help="An earlier JSON report to compare with.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .json or .md here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="{suite: {metric: value}} on stdout.")] = False,
) -> None:
    """Measure the assistant; with --fast, exit 1 where a floor is not reached."""
    log = Console(stderr=True, highlight=False)
    chosen = _chosen(suites)
    folder = _data(data)
    if folder is None:
        log.print("No folder of real documents: only the starter corpus is measured (--data FOLDER).")
    results = []
    with scratch() as place:
        context = Context(
            place, folder, baselines, fast, tuple(int(n) for n in sizes.split(",") if n.strip()), log.print
        )
        for name, suite in chosen.items():
            log.print(f"{name} …")
            results += suite(context)
    report = Report(tuple(results), environment())
    if output is not None:
        text = (
            to_markdown(report) if output.suffix == ".md" else json.dumps(to_json(report), ensure_ascii=False)
        )
        output.write_text(text + "\n", encoding="utf-8")
    if as_json:
        sys.stdout.write(json.dumps(figures(report), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(to_markdown(report) + "\n")
    if against is not None:
        for change in compare(from_json(json.loads(against.read_text(encoding="utf-8"))), report):
            log.print(
                f"{change.suite} {change.case} {change.metric}: {change.before} -> {change.after} {change.reason}"
            )
    missed = below_floors(report) if fast else []
    for line in missed:
        log.print(f"below the floor: {line}")
    if missed:
        raise typer.Exit(1)


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
