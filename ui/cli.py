"""The `upr` command: parses, calls the library, prints, returns an exit code.

0: done (an abstention included). 1: a clear one-line error on stderr. 2: usage.
JSON goes to stdout; progress and errors go to stderr.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UprError
from ui.errors import Stopped

if TYPE_CHECKING:
    from corpus.settings import Settings
    from index.library import Library

app = typer.Typer(
    name="upr",
    help="A cited, verified assistant over Universal Periodic Review documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_INTERRUPTED = 130  # what a shell gives for a command ended by Ctrl-C
JsonFlag = Annotated[bool, typer.Option("--json", help="One JSON value on stdout.")]
Values = Annotated[list[str] | None, typer.Option(help="May be given several times.")]


def main() -> None:
    """Run the command line; every `UprError` becomes one line on stderr and exit code 1 (130 when interrupted)."""
    try:
        app()
    except UprError as error:
        print(f"upr: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(_INTERRUPTED if isinstance(error, Stopped) else 1)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _settings() -> Settings:
    from corpus.settings import load

    return load()


@contextmanager
def _library(*, starter: bool = True) -> Iterator[Library]:
    """The library of this home; on first use it is filled from the starter corpus, shown by a progress bar."""
    from index.library import Library

    settings = _settings()
    library = Library.open(settings)
    try:
        if starter and settings.starter and library.is_empty():
            from ui.progress import bar

            with bar("Preparing the starter corpus") as step:
                library.fill_from_starter(step)
        yield library
    except KeyboardInterrupt:  # before typer turns it into "Aborted!"
        raise Stopped("Stopped.", "What was done stays; run the command again for the rest.") from None
    finally:
        library.close()


def _lines(argument: str | None, what: str) -> Iterable[str]:
    """The argument, or a text a line from stdin where none was given."""
    from ui.words import text_of

    if argument is not None:
        return [text_of(argument, what)]
    if sys.stdin.isatty():
        raise typer.BadParameter(f"Give a {what}, or one a line on standard input.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # told by `text_of` instead
    return (text_of(line.strip(), what) for line in sys.stdin if line.strip())


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.", show_default=False)],
    as_json: JsonFlag = False,
) -> None:
    """Read documents and add them to the index."""
    from ui import render
    from ui.progress import bar

    failed = worked = 0
    with _library() as library, bar("Adding") as progress:
        for result in library.add(paths, progress):
            if result.status == "failed":
                failed += 1
            else:
                worked += 1
            if as_json:
                _print_json(result.to_json())
            else:
                render.added(result)
    if not as_json:
        render.added_total(worked, failed)
    if failed and not worked:
        raise typer.Exit(1)


@app.command()
def parse(file: Path, as_json: JsonFlag = False) -> None:
    """Read one document and show what was read; nothing is stored."""
    from corpus.parse import parse as read
    from ui import render
    from ui.records import parsed

    document = read(file)
    if as_json:
        _print_json(parsed(document))
    else:
        render.parsed(document)


@app.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many hits.")] = 10,
    kind: Values = None,
    state: Values = None,
    cycle: Values = None,
    language: Values = None,
    scope: Annotated[str, typer.Option(help="paragraphs, recommendations or all.")] = "all",
    as_json: JsonFlag = False,
) -> None:
    """Find passages and recommendations, best first."""
    from ui import render
    from ui.records import hit
    from ui.words import scope_of, search_filters, text_of

    query = text_of(query, "query")
    filters = search_filters(kind=kind, state=state, cycle=cycle, language=language)
    with _library() as library:
        hits = library.search(query, k=k, filters=filters, scope=scope_of(scope))
    if as_json:
        _print_json({"hits": [hit(found) for found in hits]})
    else:
        render.hits(hits)


@app.command()
def recs(
    state: Values = None,
    cycle: Values = None,
    position: Values = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Recommending State; may be given several times.")
    ] = None,
    theme: Values = None,
    group: Values = None,
    sdg: Annotated[list[str] | None, typer.Option(help='Goal ("16") or target ("16.3").')] = None,
    agency: Values = None,
    action: Values = None,
    instrument: Values = None,
    text: Annotated[str | None, typer.Option(help="Words that the text must contain.")] = None,
    count_by: Annotated[str | None, typer.Option(help="Count by this instead of listing.")] = None,
    output_format: Annotated[str, typer.Option("--format", help="table, json, csv, xlsx or docx.")] = "table",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Write to this file; csv and json go to standard output without it."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="Of headings and names in csv, xlsx and docx.")] = "en",
    as_json: JsonFlag = False,
) -> None:
    """List or count recommendations, exactly."""
    from ui import render
    from ui.export import FORMATS, as_csv, write
    from ui.records import recommendation
    from ui.words import facet_of, language_of, recommendation_filters

    labels = language_of(language)
    chosen = "json" if as_json else output_format
    if chosen not in {"table", "json", *FORMATS}:
        raise typer.BadParameter(f"{output_format!r} is none of table, json, {', '.join(FORMATS)}.")
    filters = recommendation_filters(
        state=state, cycle=cycle, position=position, by=by, theme=theme, group=group,
        sdg=sdg, agency=agency, action=action, instrument=instrument, text=text,
    )  # fmt: skip
    with _library() as library:
        if count_by:
            facet = facet_of(count_by)
            total, counts = library.recommendations(filters, limit=0).total, library.count(filters, facet)
            if chosen == "table" and output is None:
                render.counts(counts, total)
            else:
                render.to_file_or_stdout({"total": total, "counts": counts}, output)
            return
        rows = library.recommendations(filters)
        symbols = {one.key: one.symbol for one in library.documents() if one.symbol}
    if chosen == "table":
        render.recommendations(rows.recommendations, rows.total)
    elif chosen == "json":
        listed = [recommendation(rec, symbols.get(rec.document)) for rec in rows.recommendations]
        render.to_file_or_stdout({"total": rows.total, "recommendations": listed}, output)
    elif chosen == "csv" and output is None:
        sys.stdout.buffer.write(as_csv(rows.recommendations, symbols, labels))
    else:
        target = output or Path(f"recommendations.{chosen}")
        write(rows.recommendations, chosen, target, symbols, labels)
        print(f"{rows.total} written to {target}", file=sys.stderr)  # noqa: T201


@app.command()
def tag(
    text: Annotated[str | None, typer.Argument(help="A recommendation's text.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Tell what a recommendation is about: themes, groups, SDGs, action, agencies, instruments."""
    from corpus.tag import tag as tag_texts
    from ui import render
    from ui.records import tags

    for line in _lines(text, "text"):
        (result,) = tag_texts([line])
        if as_json:
            _print_json(tags(result))
        else:
            render.tags(result)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in any of the six languages.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the answer; by default the question's.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Answer a question, with its sources."""
    from ui import render
    from ui.words import language_of

    answer_language = language_of(language) if language else None
    with _library() as library:
        from assistant.ask import Assistant

        assistant = Assistant(library, _settings())
        for line in _lines(question, "question"):
            answer = assistant.ask(line, language=answer_language)
            if as_json:
                _print_json(answer.to_json())
            else:
                render.answer(answer)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
) -> None:
    """Serve the chat, the pages and the HTTP API."""
    from ui.security import check_binding
    from ui.server import run

    check_binding(host, _settings())
    with _library() as library:
        run(_settings(), library, host, port)


@app.command(
    "eval",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Measure it, beside what people would use instead; `upr eval --help` lists suites and options."""
    # `eval` may import everything and nothing imports it, so it runs as the program it is.
    import subprocess

    finished = subprocess.run([sys.executable, "-m", "eval", *context.args], check=False)
    raise typer.Exit(finished.returncode)


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option(help="Mend what can be mended.")] = False,
    retag: Annotated[bool, typer.Option(help="Tag every recommendation again.")] = False,
    reembed: Annotated[bool, typer.Option(help="Make every vector again with the chosen model.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check the index; mend it, tag or embed it again where asked."""
    from ui import render
    from ui.progress import bar

    with _library() as library:
        for wanted, title, work in (
            (repair, "Repairing", library.repair),
            (reembed, "Making vectors", library.reembed),
            (retag, "Tagging", library.retag),
        ):
            if wanted:
                with bar(title) as step:
                    work(step)
        health = library.check()
    if as_json:
        _print_json(health.to_json())
    else:
        render.health(health)
    if not health.ok:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
