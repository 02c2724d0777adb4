"""The quantities of a moment as a table, and the table as text in four formats."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.dialect import PROGRAMS, Dialect
from backprop_gui.lesson.formula import symbols
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Lesson, Quantity
from backprop_gui.system.texts import _


class Row(NamedTuple):
    """A quantity with its value as a double and as it is shown; None and "" while unknown."""

    lesson: Lesson
    quantity: Quantity
    value: float | None
    text: str

    @property
    def symbol(self) -> str:
        """The symbol with Unicode's lowered letters."""
        return notation.plain(self.quantity.symbol)

    @property
    def formula(self) -> str:
        """The formula with symbols, with Unicode's lowered letters."""
        return notation.plain(self.lesson.formula(self.quantity))


def rows(moment: Moment, numerals: Numerals = FILES) -> tuple[Row, ...]:
    """Return a row for each step, with values as `numerals` write them."""
    return tuple(
        Row(moment.lesson, step.quantity, moment.value(name), moment.text(name, numerals))
        for step in moment.lesson.steps
        for name in (step.quantity.name,)
    )


def as_text(table: Sequence[Row], _dialect: Dialect = PROGRAMS) -> str:
    """Return the rows as columns of plain text."""
    cells = [(row.symbol, row.formula, row.text) for row in table]
    symbol, formula = (max((len(row[column]) for row in cells), default=0) for column in (0, 1))
    return "".join(f"{a:<{symbol}}  {b:<{formula}}  {c}".rstrip() + "\n" for a, b, c in cells)


def as_cells(table: Sequence[Row], dialect: Dialect = PROGRAMS) -> str:
    """Return the rows with tabs between the cells, as a sheet takes them; values are exact.

    Of the dialect only the decimal sign matters.
    """
    return "".join(f"{row.symbol}\t{row.formula}\t{_exact(row, dialect)}\n" for row in table)


def as_csv(table: Sequence[Row], dialect: Dialect = PROGRAMS) -> str:
    """Return the rows as CSV; the values give the doubles back, to the last bit.

    Formulas keep the true minus sign: a sheet would compute a cell that begins with a hyphen.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.separator)
    writer.writerow(("name", "symbol", "formula", "value"))
    for row in table:
        writer.writerow((row.quantity.name, row.symbol, row.formula, _exact(row, dialect)))
    return out.getvalue()


def as_markdown(table: Sequence[Row], _dialect: Dialect = PROGRAMS) -> str:
    """Return the rows as a table in Markdown."""
    lines = [(_("Symbol"), _("Formula"), _("Value")), ("---", "---", "---:")]
    lines += [(row.symbol, row.formula, row.text) for row in table]
    return "".join("| " + " | ".join(map(_unpiped, line)) + " |\n" for line in lines)


def as_latex(table: Sequence[Row], _dialect: Dialect = PROGRAMS) -> str:
    """Return the rows as a tabular, for LaTeX with the amsmath package."""
    head = " & ".join((_("Symbol"), _("Formula"), _("Value")))
    lines = [r"\begin{tabular}{llr}", r"\hline", rf"{head} \\", r"\hline"]
    for row in table:
        name, arrow, _rest = row.quantity.symbol.partition(" ←")
        symbol = notation.latex(name) + (r" \leftarrow" if arrow else "")
        value = f"${numbers.latex(row.text)}$" if row.text else ""
        lines.append(rf"${symbol}$ & ${symbols(row.quantity, row.lesson)}$ & {value} \\[4pt]")
    return "\n".join([*lines, r"\hline", r"\end{tabular}", ""])


def _exact(row: Row, dialect: Dialect) -> str:
    return "" if row.value is None else dialect.cells([row.value])[0]


def _unpiped(cell: str) -> str:
    return cell.replace("|", r"\|")


FORMATS: dict[str, Callable[[Sequence[Row], Dialect], str]] = {
    "Text": as_text,
    "CSV": as_csv,
    "Markdown": as_markdown,
    "LaTeX": as_latex,
}
