"""The runs of an experiment file, for the command line."""

import argparse
from typing import TYPE_CHECKING

from backprop_gui.cli import arguments
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from backprop_gui.lesson.run_table import RunRow


def listed(options: argparse.Namespace) -> "tuple[RunRow, ...]":
    """Return the runs of the file that `--runs` names; without any, the program ends with a line.

    The first one is the experiment's own run, up to where the person was in it.
    """
    from backprop_gui.export.runs_table import computed
    from backprop_gui.storage.opening import NoExperimentError, opened

    parser: argparse.ArgumentParser = options.parser
    if options.runs is None:
        parser.error(_("argument --what: no runs are known here; name a file with --runs FILE"))
    given = {field.name.replace("_", "-"): getattr(options, field.name) for field in FIELDS}
    for name, text in (given | {"paper": options.on_paper}).items():
        if text is not None:
            sentence = _("argument --{name}: has no effect, as the file of --runs has the setups")
            parser.error(sentence.format(name=name))
    path: Path = options.runs
    try:
        document = opened(path).document
    except NoExperimentError as error:
        parser.error(f"argument --runs: {str(error).rstrip('.')}")
    except OSError as error:
        parser.error(f"argument --runs: {path}: {error.strerror or error}")
    if not document.kept:
        parser.error(_("argument --runs: {path} has no kept runs").format(path=path))
    with arguments.computing() as report:
        return computed(document.setup, document.position.iteration, document.kept, report)
