"""The command `check`: which line of a working on paper is wrong, and why."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from backprop_gui.cli import arguments
from backprop_gui.cli.working_file import tell, working_in
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import notation, positions
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.listing import code
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.working import (
    CheckedLine,
    CheckedWorking,
    Verdict,
    check_working,
)
from backprop_gui.system import terminal
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _, ngettext

_WRONG = 1  # the exit code where a line is
_LONGEST = 24  # characters of a number in the report
_SIGNS = {
    Verdict.RIGHT: "✓",
    Verdict.FROM_YOURS: "✓",
    Verdict.CUT_OFF: "✓",
    Verdict.WRONG: "✗",
    Verdict.UNCLEAR: "?",
    Verdict.UNREADABLE: "?",
}
_WORDS = {
    Verdict.RIGHT: _("right"),
    Verdict.UNREADABLE: _("cannot be read: {why}"),
    Verdict.WRONG: _("wrong: from your numbers follows {expected}"),
}


def add_check(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    check = commands.add_parser(
        "check",
        usage="%(prog)s [OPTION …] FILE",
        help=_("say which line of a working on paper is wrong, and why"),
        description=_(
            "FILE has a line such as net_h = 0.05 for each number of the working; - is the "
            "standard input. The exit code is 0 where nothing is wrong and 1 where a line is."
        ),
    )
    check.add_argument("path", metavar="FILE", help=_("the working, as text"))
    arguments.add_setup(check)
    check.add_argument("--iteration", metavar="N", help=_("the iteration (default 1)"))
    check.add_argument("--json", action="store_true", help=_("print the verdicts as JSON"))
    surplus = _("“{word}” is one too many: the command checks one working at a time")
    check.set_defaults(parser=check, command=_check, surplus=surplus)


def _check(options: argparse.Namespace) -> int:
    parser: argparse.ArgumentParser = options.parser
    setup = arguments.setup_of(options, parser)
    iteration = arguments.whole(options.iteration, 1, "--iteration", parser)
    w1, w2 = _weights(setup, iteration, parser)
    written = working_in(options.path, parser)
    checked = check_working(setup, w1, w2, written.texts)
    remarks = (*written.problems, *checked.remarks)
    tell(parser, remarks)
    if options.json:
        terminal.say(json.dumps(as_json(setup, checked, remarks), indent=2, ensure_ascii=False))
    else:
        terminal.say(report(checked))
    return _WRONG if checked.first_wrong else 0


def _weights(setup: Setup, iteration: int, parser: argparse.ArgumentParser) -> tuple[float, float]:
    run = Run(setup)
    positions.advance(run, iteration)
    if iteration > run.iteration:
        sentence = _("argument --iteration: the run ends with iteration {last}")
        parser.error(sentence.format(last=FILES.count(run.iteration)))
    return run.weights(iteration)


def as_json(setup: Setup, checked: CheckedWorking, remarks: Sequence[str]) -> dict[str, Any]:
    """Return the verdicts as JSON has them, and the remarks; see the README."""
    return {
        "setup": as_values(setup),
        "first_wrong": checked.first_wrong,
        "lines": [_json_line(line) for line in checked.lines],
        "remarks": list(remarks),
    }


def _json_line(line: CheckedLine) -> dict[str, Any]:
    finite = (
        line.expected if line.expected is not None and abs(line.expected) < float("inf") else None
    )
    return {
        "name": line.name,
        "written": line.written,
        "verdict": line.verdict.value,
        "expected": finite,
        "causes": [
            {"id": cause.id, "formula": code(cause.expression), "text": cause.text}
            for cause in line.causes
        ],
    }


def report(checked: CheckedWorking) -> str:
    """Return the verdicts as lines of text, the first wrong line on top."""
    written = [line for line in checked.lines if line.verdict is not Verdict.MISSING]
    names = [terminal.plain(_symbol(line.name)) for line in written]
    name_width = max(map(len, names))
    texts = [shown(line.written, _LONGEST) for line in written]
    number_width = max(map(len, texts))
    rows = [_headline(checked)]
    for name, text, line in zip(names, texts, written, strict=True):
        head = f"{_SIGNS[line.verdict]} {name:{name_width}}  {text:{number_width}}"
        rows.append(f"{head}  {_words(line)}")
        rows += [f"  {'':{name_width}}  {_cause(cause)}" for cause in line.causes]
    return "\n".join(rows)


def _headline(checked: CheckedWorking) -> str:
    if checked.first_wrong is not None:
        return _("The first wrong line is {symbol}").format(symbol=_symbol(checked.first_wrong))
    unread = sum(line.verdict is Verdict.UNREADABLE for line in checked.lines)
    if not unread:
        return _("No line is wrong")
    return ngettext(
        "No line is wrong, but {count} cannot be read",
        "No line is wrong, but {count} cannot be read",
        unread,
    ).format(count=unread)


def _symbol(name: str) -> str:
    return notation.plain(ARTICLE.quantities[name].symbol)


def _words(line: CheckedLine) -> str:
    is_digits = line.verdict is Verdict.RIGHT and not line.is_exact
    words = line.why if is_digits else _WORDS.get(line.verdict, line.why)
    expected = "" if line.expected is None else FILES.short(line.expected, _digits(line.written))
    text = words.format(why=line.why, expected=expected)
    if line.verdict is Verdict.WRONG and not line.causes:
        text = f"{text}; {line.why}"
    return text


def _digits(written: str) -> int:
    """Return how many significant digits a number has that was written, one more than that."""
    digits = [c for c in written.partition("e")[0] if c.isdigit()]
    return min(max(len("".join(digits).lstrip("0")) + 1, 3), 17)


def _cause(cause: Any) -> str:
    return _("perhaps {text}: {formula}").format(text=cause.text, formula=code(cause.expression))
