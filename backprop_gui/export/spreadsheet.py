"""A run as a spreadsheet, whose numbers are numbers whatever the program's decimal sign is."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from backprop_gui.core.run import Run
from backprop_gui.export.orders import OrderError
from backprop_gui.export.table import COLUMNS, constants, restore_line, rows
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES
from backprop_gui.storage import files
from backprop_gui.system.job import Report, unheard
from backprop_gui.system.texts import _

MOST_ROWS = 1_048_575  # below the header
_HELD = (2.2250738585072014e-308, 9.99999999999999e307)  # sizes of numbers that a cell can have
WIDTH = 21.0  # of a column, in letters


class _Exact(float):
    """A number that the library writes with as many digits as it has; by itself it leaves one."""

    def __format__(self, _form: str) -> str:
        return repr(float(self))


def save_xlsx(run: Run, stride: int, path: Path, report: Report = unheard) -> None:
    """Write every `stride`-th iteration, from the first, and the last, with every quantity.

    A number that no cell can have, infinity say, is a text; what is not known is an empty cell.
    Raises OSError, and OrderError where a sheet has too few rows.
    """
    count = len(range(1, run.iteration, stride)) + 1
    if count > MOST_ROWS:
        sentence = _(
            "a spreadsheet holds {most} rows, and this table has {count}: write fewer iterations"
        )
        raise OrderError(sentence.format(most=FILES.count(MOST_ROWS), count=FILES.count(count)))
    names, constant = constants(run.setup)
    title = _("Iterations of a network")
    with files.replacing(path) as stream, workbook(stream, restore_line(run), title) as book:
        sheet = book.add_worksheet("Backprop")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(COLUMNS) + len(names), WIDTH)
        sheet.write_row(0, 0, ("iteration", *COLUMNS, *names), book.add_format({"bold": True}))
        for number, (iteration, values) in enumerate(rows(run, stride, report), start=1):
            for column, value in enumerate((iteration, *values, *constant)):
                write_cell(sheet, number, column, value)


@contextmanager
def workbook(stream: BinaryIO, line: str, title: str) -> Iterator[Any]:
    """Yield a workbook that is written to a stream as the block ends, if it ends well.

    Its properties have the title and the restore line.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")  # the library does not survive a stream that fails
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"title": title, "keywords": line, "comments": line})
        try:
            yield book
        except BaseException:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()
            book.fileclosed = True  # or it would be written when it is forgotten
            raise
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error
        with path.open("rb") as made:
            shutil.copyfileobj(made, stream)


def write_cell(sheet: Any, row: int, column: int, value: float | str | None) -> None:
    """Write a number or a text to a cell; what no cell can have is a text, and None is empty."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
        return
    least, most = _HELD
    if value == 0 or least <= abs(value) <= most:
        sheet.write_number(row, column, _Exact(value) if isinstance(value, float) else value)
    else:
        sheet.write_string(row, column, numbers.exact(value))
