"""What the commands have in common: a parser that answers in one line, and a setup's options."""

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from backprop_gui.core.network import Method, Setup, SetupError
from backprop_gui.lesson import dialect, methods, numbers, typed_numbers
from backprop_gui.lesson.dialect import DECIMAL_SIGNS, SEPARATORS, Dialect
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.surface import range_problem
from backprop_gui.storage import files
from backprop_gui.system import terminal
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.lesson.mistaken import Mistaken

EXACT = "exact"
NOT_ON_PAPER = _("argument --mistake: has no effect with --paper; a run is computed in one way")


class Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations and says in one line what is wrong, with code 2."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong."""
        terminal.tell(f"{self.prog}: {message}")
        self.exit(2)

    def _print_message(self, message: str, _file: Any = None) -> None:
        """Print the help or the version; argparse's own would hide that nobody gets it."""
        terminal.say(message.removesuffix("\n"))


def joined(argv: Sequence[str]) -> list[str]:
    """Join an option with a negative number after it, which argparse takes for an option."""
    words: list[str] = []
    for word in argv:
        if words and re.fullmatch(r"--[a-z0-9-]+", words[-1]) and _is_negative(word):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _is_negative(word: str) -> bool:
    """Say whether a word begins as a negative number does, in any characters: -5, -.5, −1/3, -½."""
    seen = typed_numbers.visible(word)
    start = seen[1:2]
    if not start or seen[0] not in ("-", numbers.MINUS):
        return False
    with suppress(typed_numbers.OddCharacterError):  # which no number has
        return start.isnumeric() or typed_numbers.plain(start) in (numbers.POINT, numbers.COMMA)
    return False


def refuse_missing(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Refuse an option as `--title=--`: before Python 3.13 argparse takes its value away."""
    for name, value in vars(options).items():
        if value in ([], "--"):
            option = "paper" if name == "on_paper" else name.replace("_", "-")
            parser.error(f"argument --{option}: expected one argument")


def file_path(text: str) -> Path:
    """Return what a word names, for argparse; not every text can be the name of a file."""
    try:
        name = os.fsencode(text)
    except UnicodeEncodeError:
        name = b"\0"
    if b"\0" in name:
        sentence = _("“{text}” cannot be the name of a file")
        raise argparse.ArgumentTypeError(sentence.format(text=numbers.clipped(text)))
    return Path(text)


ON_PAPER = _("compute as on paper: each line rounded to 3s, 4d, or cut off: 3s-cut (default exact)")


def add_setup(
    parser: argparse.ArgumentParser, metavar: str = "N", *, is_alone: bool = True, **how: Any
) -> None:
    """Add an option for each value of a setup; `how` goes to argparse.

    Where it `is_alone`, `--paper` is the paper arithmetic; else a command adds it by itself.
    """
    defaults = Setup()
    for field in FIELDS:
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            metavar=metavar,
            **how,
            help=_("{hint} (default {value})").format(
                hint=field.hint, value=field.text(getattr(defaults, field.name))
            ),
        )

    if is_alone:
        digits = "DIGITS" if metavar == "N" else metavar
        parser.add_argument("--paper", dest="on_paper", metavar=digits, help=ON_PAPER, **how)


def setup_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Setup:
    """Return the article's setup with the values that are given."""
    setup = Setup()
    for field in FIELDS:
        text = getattr(options, field.name)
        if text is not None:
            try:
                setup = field.changed(setup, text)
            except (numbers.NumberError, SetupError) as error:
                parser.error(f"argument --{field.name.replace('_', '-')}: {error}")
    if options.on_paper is None:
        return setup
    return replace(setup, method=method_on_paper(options.on_paper, parser))


def method_on_paper(text: str, parser: argparse.ArgumentParser) -> Method | None:
    """Return the paper arithmetic that a word names; None is for “exact”."""
    try:
        return None if text == EXACT else methods.on_paper(text)
    except methods.MethodError as error:
        parser.error(f"argument --paper: {error}")


def add_mistake(parser: argparse.ArgumentParser, metavar: str = "LINE.KIND", **how: Any) -> None:
    """Add the option that has one line computed wrongly; `how` goes to argparse."""
    text = _("a mistake in one line, such as de_dw1.sign_lost (default none)")
    parser.add_argument("--mistake", metavar=metavar, help=text, **how)


def mistake_of(text: str | None, parser: argparse.ArgumentParser) -> "Mistaken | None":
    """Return the mistake that a text such as de_dw1.sign_lost names; "none" is none."""
    from backprop_gui.lesson.article import ARTICLE
    from backprop_gui.lesson.mistaken import mistaken_in

    code = "none" if text is None else text.strip()
    if code == "none":
        return None
    line, _point, kind = code.partition(".")
    known = {each.code: each for each in mistaken_in(line)}
    if code not in known:
        sentence = _("argument --mistake: {line} has no mistake “{text}”; it has {known}")
        if not known:
            sentence = _("argument --mistake: “{text}” is not LINE.KIND; LINE is one of {known}")
            kind = code
        names = ", ".join(each.partition(".")[2] for each in known) or ", ".join(ARTICLE.step_of)
        parser.error(sentence.format(line=line, text=numbers.clipped(kind), known=names))
    return known[code]


def whole(
    text: str | None, default: int, name: str, parser: argparse.ArgumentParser, least: int = 1
) -> int:
    """Return a whole number from the least one, or the default where there is no text."""
    if text is None:
        return default
    try:
        number = numbers.parse_whole(text)
    except numbers.NumberError as error:
        parser.error(f"argument {name}: {error}")
    if number < least:
        sentence = _("argument {name}: must be {least} or more, not {n}")
        parser.error(
            sentence.format(name=name, least=least, n=numbers.clipped(numbers.FILES.count(number)))
        )
    return number


def weights(text: str, name: str, parser: argparse.ArgumentParser) -> tuple[float, float]:
    """Return the range of weights that a text such as -5:5 names."""
    ends = text.split(":")
    if len(ends) != 2:
        sentence = _("argument {name}: “{text}” is not a range; write it like -5:5")
        parser.error(sentence.format(name=name, text=numbers.clipped(text)))
    try:
        low, high = map(numbers.parse, ends)
    except numbers.NumberError as error:
        parser.error(f"argument {name}: {error}")
    if problem := range_problem(low, high):
        parser.error(f"argument {name}: {problem}")
    return low, high


def add_dialect(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how the cells of a table are written."""
    add = parser.add_argument
    add("--separator", metavar="SIGN", help=_("cell separator of a table: , ; or tab (default ,)"))
    add("--decimal", metavar="SIGN", help=_("decimal sign of a table: . or , (default .)"))


def dialect_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Dialect:
    """Return how to write the cells of a table."""
    chosen: list[str | None] = []
    for name, signs in (("separator", SEPARATORS), ("decimal", DECIMAL_SIGNS)):
        text = getattr(options, name)
        if text is not None and text not in signs:
            sentence = _("argument --{name}: “{text}” is not one of {known}")
            known = " ".join(sorted(filter(str.isprintable, signs), key=len))
            text = numbers.clipped(text)
            parser.error(sentence.format(name=name, text=text, known=known))
        chosen.append(signs.get(text or ""))
    try:
        return dialect.dialect_of(*chosen)
    except dialect.DialectError as error:
        parser.error(f"argument --decimal: {error}")


def refuse_without_csv(options: argparse.Namespace, *names: str) -> None:
    """Refuse options which say how a table is written, where none is."""
    for name in names:
        if getattr(options, name) is not None and not options.csv:
            sentence = _("argument --{name}: has an effect with --csv only")
            options.parser.error(sentence.format(name=name))


def refuse_one_file_twice(options: argparse.Namespace) -> None:
    """Refuse a table and a picture in one file."""
    table, picture = options.csv, options.picture
    if table and picture and os.path.realpath(table) == os.path.realpath(picture):
        sentence = _("arguments --csv and --picture: both name {path}")
        options.parser.error(sentence.format(path=table))


def refuse_unwritable(parser: argparse.ArgumentParser, *paths: Path | None) -> None:
    """Refuse files that cannot be written, before anything is computed for them."""
    for path in filter(None, paths):
        with told(parser, path):
            files.refuse_unwritable(path)


def computing() -> AbstractContextManager[Report]:
    """Give what to report to while something is computed, for a terminal's reader."""
    return terminal.progress(_("Computing"))


@contextmanager
def told(parser: argparse.ArgumentParser, path: Path) -> Iterator[None]:
    """Say in one line why a file cannot be written."""
    try:
        yield
    except OSError as error:
        parser.error(f"{path}: {error.strerror or error}")
