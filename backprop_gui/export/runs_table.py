"""The list of runs as a table: with all digits for programs and sheets, in few for a text."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.export import formats
from backprop_gui.export.formats import Format
from backprop_gui.export.handout.latex import latex_cell
from backprop_gui.export.handout.latex_text import PREAMBLE, latex_text
from backprop_gui.export.handout.markdown import markdown_text
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.dialect import PROGRAMS, Dialect
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.moment import START
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.positions import followed
from backprop_gui.lesson.run_table import RunRow, row_of, row_of_kept
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

# As `train --json` calls them; "stopped" is "" for a run that can go on.
COLUMNS = (
    "name", "input", "target", "eta", "tolerance", "max_iterations", "initial_w1", "initial_w2",
    "iterations", "stopped", "output", "error", "w1", "w2",
)  # fmt: skip
_SIGNS = ("=", "+", "-", "@")  # with which a sheet takes a text for a formula
_SHOWN = tuple(field for field in FIELDS if field.symbol)
_Cells = list[list[str]]


def save_runs(
    rows: Sequence[RunRow], kind: Format, path: Path, dialect: Dialect, numerals: Numerals
) -> None:
    """Write the runs, the present one first, in a format for tables. Raises OSError.

    CSV and XLSX have every number to the last bit, in the `columns` of these runs.
    """
    if kind is formats.XLSX:
        _save_xlsx(rows, path)
    elif kind is formats.CSV:
        files.write(path, as_csv(rows, dialect))
    else:
        write = _WRITERS[kind]
        width = len(_headings()) + has_methods(rows)
        words = ([*_headings(), _("Computed")], *(_in_words(row, numerals) for row in rows))
        cells = [row[:width] for row in words]
        files.write(path, write(cells, _line(rows)).encode())


def columns(rows: Iterable[RunRow]) -> tuple[str, ...]:
    """Return what a table of these runs has: COLUMNS, and "method" where a run has one."""
    return (*COLUMNS, "method") if has_methods(rows) else COLUMNS


def has_methods(rows: Iterable[RunRow]) -> bool:
    """Say whether any run is computed otherwise than by the article's formulas, in doubles."""
    return any(row.setup.method for row in rows)


def computed(
    present: Setup, until: int, kept: Sequence[KeptRun], report: Report
) -> tuple[RunRow, ...]:
    """Return the rows of an experiment whose runs have not been computed.

    `until` is the iteration that its own run has got to; `report` is as in `followed`.
    """
    goals = [(present, until), *((each.setup, each.iterations) for each in kept)]
    own, *others = followed(goals, report)
    rows = [row_of(own)]
    for each, run in zip(kept, others, strict=True):
        facts = replace(each, iterations=run.iteration, stop=run.stop, trace=run.trace())
        rows.append(row_of_kept(replace(facts, is_whole=True)))
    return tuple(rows)


def _values(row: RunRow) -> list[str | float | int | None]:
    """Return what stands in COLUMNS and in "method"; what is not computed yet is None."""
    setup, end = row.setup, row.end
    stopped = row.stop.value if row.stop else ""
    found = (end.values["out_o"], end.values["error"], end.w1, end.w2) if end else (None,) * 4
    return [
        row.name, setup.input, setup.target, setup.eta, setup.tolerance, setup.max_iterations,
        setup.w1, setup.w2, row.iterations, stopped, *found,
        setup.method.code if setup.method else "",
    ]  # fmt: skip


def as_csv(rows: Sequence[RunRow], dialect: Dialect) -> bytes:
    """Return the rows as CSV, with every number to the last bit."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=dialect.separator, lineterminator="\n")
    names = columns(rows)
    table.writerow(names)
    for row in rows:
        table.writerow([_csv_cell(value, dialect) for value in _values(row)[: len(names)]])
    # A sheet takes letters for those of its own country unless the file says what they are.
    return text.getvalue().encode("utf-8" if dialect == PROGRAMS else "utf-8-sig")


def _csv_cell(value: str | float | int | None, dialect: Dialect) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_SIGNS) else value
    return str(value) if isinstance(value, int) else dialect.cells([value])[0]


def _save_xlsx(rows: Sequence[RunRow], path: Path) -> None:
    from backprop_gui.export.spreadsheet import WIDTH, workbook, write_cell

    with files.replacing(path) as stream, workbook(stream, _line(rows), _("Runs")) as book:
        sheet = book.add_worksheet("Backprop")
        sheet.freeze_panes(1, 1)
        names = columns(rows)
        sheet.set_column(0, len(names) - 1, WIDTH)
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(_values(row)[: len(names)]):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    write_cell(sheet, number, column, value)


def _line(rows: Sequence[RunRow]) -> str:
    """Return the restore line of the present run."""
    return line(Experiment(rows[0].setup, START))


def _headings() -> list[str]:
    symbols = {field.name: notation.plain(field.symbol) for field in _SHOWN}
    weights = {name: symbols[name] for name in ARTICLE.gradients}
    starts = {
        name: _("{symbol} at the start").format(symbol=symbol) for name, symbol in weights.items()
    }
    setup = {**symbols, **starts}.values()
    return [_("Run"), *setup, _("Iterations"), _("Ended by"), "E", *weights.values()]


def _in_words(row: RunRow, numerals: Numerals) -> list[str]:
    setup = (field.shown(getattr(row.setup, field.name), numerals) for field in _SHOWN)
    values = row.values
    of_run = numerals.of(row.setup)
    ends = [of_run.short(value) for value in values] if values else ["…"] * 3
    method = row.setup.method.title if row.setup.method else _("exactly")
    return [row.name, *setup, numerals.count(row.iterations), row.ended, *ends, method]


def _is_left(column: int) -> bool:
    """Say whether a column has words: the run's name, why it ended, how it was computed."""
    return column in (0, len(_SHOWN) + 2) or column >= len(_headings())


def _markdown(cells: _Cells, restore_line: str) -> str:
    head, *body = ([markdown_text(cell) for cell in row] for row in cells)
    rules = ["---" if _is_left(column) else "---:" for column in range(len(head))]
    lines = ("| " + " | ".join(row) + " |" for row in (head, rules, *body))
    return f"<!-- {restore_line} -->\n\n" + "\n".join(lines) + "\n"


def _latex(cells: _Cells, restore_line: str) -> str:
    head, *body = cells
    columns = "".join("l" if _is_left(column) else "r" for column in range(len(head)))
    lines = [" & ".join(map(latex_text, head)) + r" \\ \hline"]
    lines += [" & ".join(map(latex_cell, row)) + r" \\" for row in body]
    table = "\n".join((rf"\begin{{tabular}}{{{columns}}}", *lines, r"\end{tabular}"))
    return (
        f"% {restore_line}\n\\documentclass[10pt,landscape]{{article}}\n"
        "\\usepackage[margin=15mm]{geometry}\n\\usepackage{amsmath}\n\\usepackage{graphicx}\n"
        f"{PREAMBLE}\\pagestyle{{empty}}\n\\begin{{document}}\n\\begin{{center}}\n"
        "\\renewcommand{\\arraystretch}{1.2}\n"
        f"\\resizebox{{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}}{{!}}{{%\n{table}}}\n"
        "\\end{center}\n\\end{document}\n"
    )


_WRITERS: dict[Format, Callable[[_Cells, str], str]] = {
    formats.MARKDOWN: _markdown,
    formats.LATEX: _latex,
}
