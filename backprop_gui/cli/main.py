"""The command line: opens the window, or works without one."""

import os
import re
import sys
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from backprop_gui import __version__
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.system import collection, terminal
from backprop_gui.system.display import missing_display
from backprop_gui.system.imports import import_plainly
from backprop_gui.system.programs import SERVE, forget_working_folder
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.cli.arguments import Parser

_INTERRUPTED = 130
_PICTURE = Path("backprop.png")
_COMMANDS = ("train", "export", "compare", "map", "check")
_NEW, _DESKTOP = "--new-window", "--desktop"
_OPTIONS = (_NEW, _DESKTOP)
_LIBRARY = re.compile(r"(?P<name>\S+): cannot open shared object file")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments and return its exit code; 2 is a wrong argument."""
    forget_working_folder()
    words = sys.argv[1:] if argv is None else argv
    terminal.prepare()
    try:
        try:
            return _obey(words)
        finally:
            terminal.finish()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except terminal.LostOutputError as lost:
        return _say(f"backprop-gui: {lost}", 1) if str(lost) else 1


def _obey(words: Sequence[str]) -> int:
    if list(words) == [SERVE]:
        from backprop_gui.state.map_processes import serve

        serve()
    options = [word for word in words if word in _OPTIONS]
    names = [word for word in words if word not in _OPTIONS]
    if names and not _names_a_file(names[0]):
        return _run_command(words)
    if len(names) > 1:
        sentence = _("“{name}” is not a command ({commands}), and only one file opens at a time")
        return _refuse(sentence.format(name=names[0], commands=", ".join(_COMMANDS)))
    path = Path(names[0]) if names else None
    return _open(path, is_new=_NEW in options, is_desktop=_DESKTOP in options)


def _names_a_file(word: str) -> bool:
    """Say whether a word alone stands for a file; a command is one only with its folder."""
    return not word.startswith("-") and word not in _COMMANDS


def _open(path: Path | None, *, is_new: bool, is_desktop: bool) -> int:
    """Open the window; where a terminal started it, a file that cannot be opened is told there."""
    if path and not is_desktop and sys.stderr:
        problem = _problem_with(path)
        if problem:
            return _refuse(problem)
    problem = missing_display()
    if problem and path is None:
        return _train_without_display(problem)
    if problem:
        return _say(problem, 1)
    try:
        import_plainly()
        collection.postpone()
        from backprop_gui.app.application import open_window
    except ImportError as error:
        return _say(_missing_library(error), 1)
    return open_window(path, is_new=is_new)


def _missing_library(error: ImportError) -> str:
    """Return in one sentence what the system lacks. Raises the error where it is another one."""
    found = _LIBRARY.match(str(error))
    if not found:
        raise error
    sentence = _("Backprop needs the library {name}, which is not installed on this system.")
    return sentence.format(name=found["name"])


def _problem_with(path: Path) -> str | None:
    """Return in one sentence why a file cannot be opened, or None where it can."""
    from backprop_gui.storage.opening import NoExperimentError, opened

    try:
        opened(path)
    except FileNotFoundError:
        sentence = _("“{name}” is neither a file nor a command; the commands are: {commands}")
        return sentence.format(name=path, commands=", ".join(_COMMANDS))
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    except NoExperimentError as error:
        return str(error)
    return None


def _refuse(sentence: str) -> int:
    return _say(f"backprop-gui: {sentence}", 2)


def _say(sentence: str, code: int) -> int:
    terminal.tell(sentence)
    return code


def _run_command(words: Sequence[str]) -> int:
    from backprop_gui.cli.arguments import joined, refuse_missing

    try:
        parser = _parser()
        options, unknown = parser.parse_known_args(joined(words))
        for word in unknown:
            no_option = _("“{word}” is not an option; --help lists the options")
            sentence = no_option if word.startswith("-") else options.surplus
            (options.parser or parser).error(sentence.format(word=word))
        if options.parser is None:
            sentence = _("the command is missing; the commands are: {commands}")
            parser.error(sentence.format(commands=", ".join(_COMMANDS)))
        refuse_missing(options, options.parser)
        code: int | None = options.command(options)
    except OSError as error:
        return _say(f"backprop-gui: {error.strerror or error}", 1)
    except ImportError as error:
        return _say(_missing_library(error), 1)
    return code or 0


def _parser() -> "Parser":
    from backprop_gui.cli.arguments import Parser
    from backprop_gui.cli.check import add_check
    from backprop_gui.cli.compare import add_compare
    from backprop_gui.cli.export import add_export
    from backprop_gui.cli.map import add_map
    from backprop_gui.cli.train import add_train

    description = _("See, step through and check back-propagation. Opens the window.")
    parser = Parser("backprop-gui", usage="%(prog)s [FILE | COMMAND …]", description=description)
    parser.add_argument(_NEW, action="store_true", help=_("open another window"))
    parser.add_argument(
        _DESKTOP,
        action="store_true",
        help=_("show problems with FILE in the window"),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"%(prog)s {__version__}",
        help=_("print the version and exit"),
    )
    commands = parser.add_subparsers(
        title=_("commands"), metavar="COMMAND", parser_class=Parser, prog=parser.prog
    )
    parser.set_defaults(parser=None)
    add_train(commands)
    add_export(commands)
    add_compare(commands)
    add_map(commands)
    add_check(commands)
    return parser


def _train_without_display(problem: str) -> int:
    says = _("{problem} Backprop trains the article's setup instead; its picture is {path}.")
    from backprop_gui.cli.train import report, save_end

    picture = _free_name(_PICTURE)
    terminal.tell(says.format(problem=problem, path=picture))
    run = Run(Setup())
    run.advance(run.setup.max_iterations)
    terminal.say(report(run))
    try:
        save_end(run, picture)
    except OSError as error:
        return _say(f"{picture}: {error.strerror or error}", 1)
    return 0


def _free_name(path: Path) -> Path:
    """Return this name, or the first one after it: nobody asked for a file to be replaced."""
    names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(name for name in chain([path], names) if not os.path.lexists(name))
