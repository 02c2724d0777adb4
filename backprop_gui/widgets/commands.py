"""The commands of the window, each once: menus, buttons, help and README read this table."""

from backprop_gui.core.network import Setup
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.numbers import FILES
from backprop_gui.system.texts import _
from backprop_gui.widgets.command import Command, Passing, When

_ANYWAY, _ITSELF = Passing.GOES_ON, Passing.SEES_TO_IT

_FILE = (
    Command("new", _("&New"), "Ctrl+N", _("Starts an experiment with the article's numbers.")),
    Command(
        "new_window", _("New &window"), "Ctrl+Shift+N", _("Opens another window."), passing=_ANYWAY
    ),
    Command("open", _("&Open…"), "Ctrl+O", _("Opens an experiment or an exported file.")),
    "documents",
    None,
    Command("save", _("&Save"), "Ctrl+S", _("Saves the experiment.")),
    Command("save_as", _("Save &as…"), "Ctrl+Shift+S", _("Saves under another name.")),
    Command("note", _("No&te…"), "", _("Edits the experiment's note."), passing=_ANYWAY),
    None,
    Command("picture", _("&Export picture…"), "Ctrl+E", _("Exports a picture.")),
    Command("slides", _("Export s&lides…"), "", _("Exports steps as slides or an animation.")),
    Command("example", _("Wor&ked example…"), "", _("Exports an iteration as a worked example.")),
    Command("data", _("Export &data…"), "", _("Exports the iterations as a table.")),
    Command(
        "again", _("Export a&gain"), "Ctrl+Shift+E", _("Repeats the last export to a new file.")
    ),
    None,
    Command("quit", _("&Quit"), "Ctrl+Q", _("Closes the window."), passing=_ANYWAY),
)
_EDIT = (
    Command(
        "undo",
        _("&Undo"),
        "Ctrl+Z",
        _("Undoes the last change of the setup or of the kept runs."),
        when=When.UNDOABLE,
        text_on=_("&Undo: {change}"),
    ),
    Command(
        "redo",
        _("&Redo"),
        "Ctrl+Shift+Z Ctrl+Y",
        _("Repeats the change that was undone last."),
        when=When.REDOABLE,
        text_on=_("&Redo: {change}"),
    ),
    None,
    Command(
        "copy",
        _("&Copy"),
        "Ctrl+C",
        _("Copies the network as a picture; in the table of values, the selected rows."),
    ),
    None,
    Command(
        "article",
        _("Reset to the &article"),
        "Ctrl+Shift+A",
        _(
            "Sets the article's values: input {input}, target {target}, weights {w1}, η = {eta}, "
            "E < {tolerance}."
        ).format(**{name: FILES.all_of(value) for name, value in as_values(Setup()).items()}),
        passing=_ITSELF,
    ),
    None,
    Command(
        "preferences", _("&Preferences…"), "Ctrl+,", _("Opens the preferences."), passing=_ANYWAY
    ),
)
_RUN = (
    Command(
        "run",
        _("&Run"),
        "Space",
        _("Runs and pauses. At the end of a run it shows the run again."),
        _("Run and pause"),
        _ITSELF,
        text_on=_("&Pause"),
        text_over=_("&Run again"),
    ),
    Command(
        "reset",
        _("Start a n&ew run"),
        "R",
        _("Starts a new run with the same values. The curve of the run before it stays."),
    ),
    Command(
        "keep", _("&Keep this run"), "K", _("Keeps this run in the list of runs, to compare it.")
    ),
    Command(
        "sweep",
        _("&Sweep…"),
        "S",
        _("Computes a run for each of several values, and keeps them in the list of runs."),
        _("Compute a run for each of several values"),
    ),
    Command(
        "race",
        _("Race a &mistake…"),
        "M",
        _("Computes a run with a mistake in one line, and keeps it beside the right run."),
        _("Compute a run with a mistake in one line"),
    ),
    Command(
        "compare_exact",
        _("Compare with the e&xact run"),
        "",
        _("Computes the exact run of the same setup, and keeps it beside a run on paper."),
        _("Compute the exact run, and keep it beside this one"),
        when=When.ON_PAPER,
    ),
    None,
    Command(
        "expect",
        _("&Draw what you expect"),
        "D",
        _("Lets you draw the error curve that you expect, with the mouse over the plot."),
        _("Draw what you expect"),
        _ANYWAY,
        is_checkable=True,
    ),
    Command(
        "forget",
        _("&Clear what you expect"),
        "",
        _("Removes the error curve that you have drawn."),
        passing=_ANYWAY,
    ),
)
_GO = (
    Command(
        "step",
        _("&Step"),
        "Right PgDown",
        _("Goes to the next step, through all iterations. A presenter's clicker does the same."),
        _("Next step"),
        repeats=True,
        lecture_keys="Down",
    ),
    Command(
        "step_back",
        _("Step &back"),
        "Left PgUp",
        _("Goes to the previous step."),
        _("Previous step"),
        repeats=True,
        lecture_keys="Up",
    ),
    Command(
        "phase",
        _("&Phase"),
        "Shift+Right",
        _("Goes to the end of the phase: forward, backward or update."),
        _("Next phase"),
        repeats=True,
    ),
    Command(
        "phase_back",
        _("Phase back"),
        "Shift+Left",
        _("Goes to the end of the previous phase."),
        _("Previous phase"),
        repeats=True,
    ),
    Command(
        "iteration",
        _("&Iteration"),
        "Ctrl+Right",
        _("Goes to the same step of the next iteration."),
        _("Next iteration"),
        repeats=True,
    ),
    Command(
        "iteration_back",
        _("Iteration back"),
        "Ctrl+Left",
        _("Goes to the same step of the previous iteration."),
        _("Previous iteration"),
        repeats=True,
    ),
    None,
    Command(
        "goto",
        _("Iteration &number…"),
        "Ctrl+G",
        _("Lets you type the iteration to go to."),
        _("Type the iteration to go to"),
    ),
    Command(
        "first",
        _("&First step"),
        "Home",
        _("Goes to the run's first step."),
        _("Start of the run"),
    ),
    Command(
        "end",
        _("&End of the run"),
        "End",
        _(
            "Goes to the run's end. Backprop finishes the run if it ends within 100,000 "
            "iterations, or within 1,000 on paper; of a longer run it shows the last known "
            "position."
        ),
        _("End of the run"),
    ),
    None,
    Command(
        "predict",
        _("P&redict, then see"),
        "P",
        _("Asks what you expect before five steps of an iteration; the next step shows it."),
        _("Predict, then see"),
        passing=_ANYWAY,
        is_checkable=True,
    ),
    *(
        Command(
            f"answer_{number}",
            _("Answer &{number}").format(number=number),
            str(number),
            _("Chooses answer {number} of the question.").format(number=number),
            passing=_ANYWAY,
            when=When.ASKED,
        )
        for number in (1, 2, 3)
    ),
)
_VIEW = (
    Command(
        "lecture",
        _("&Lecture"),
        "F11 F5",
        _("Shows network, formula and error on the whole screen, or everything again."),
    ),
    Command(
        "blank",
        _("&Blank screen"),
        ". B",
        _("In a lecture: makes the screen blank. Any key or a click brings it back."),
        passing=_ANYWAY,
        when=When.LECTURE,
    ),
    Command("network", _("&Network alone"), "Ctrl+1", _("Shows the network alone.")),
    Command("formula", _("This &step alone"), "Ctrl+2", _("Shows this step's formula alone.")),
    Command("error", _("&Error alone"), "Ctrl+3", _("Shows the error plot alone.")),
    Command("values", _("&Values alone"), "Ctrl+4", _("Shows the table of values alone.")),
    Command("program", _("&Program alone"), "Ctrl+5", _("Shows the program alone.")),
    Command("check", _("C&heck alone"), "Ctrl+6", _("Shows the check alone.")),
    Command("landscape", _("Lan&dscape alone"), "Ctrl+7", _("Shows the landscape alone.")),
    Command("working", _("&Your working alone"), "Ctrl+8", _("Shows your working alone.")),
    Command("runs", _("R&uns alone"), "Ctrl+9", _("Shows the list of runs alone.")),
    Command(
        "all",
        _("B&ack"),
        "Esc",
        _("Goes back by one level: from the lecture or a card alone to what was there before."),
        _("Back to what was there before"),
        passing=_ANYWAY,
        when=When.ONE_ALONE,
    ),
    None,
    Command(
        "fit",
        _("&Fit the plot"),
        "Ctrl+0",
        _("Shows the whole error curve."),
        _("Show the whole curve"),
        _ANYWAY,
    ),
    Command(
        "zoom_in",
        _("Zoom &in"),
        "Ctrl++",
        _("Zooms the error plot in."),
        passing=_ANYWAY,
        repeats=True,
    ),
    Command(
        "zoom_out",
        _("Zoom &out"),
        "Ctrl+-",
        _("Zooms the error plot out."),
        passing=_ANYWAY,
        repeats=True,
    ),
    Command(
        "clear",
        _("&Clear kept runs"),
        "Ctrl+L",
        _("Removes the curves of kept runs."),
        _("Remove the curves of kept runs"),
        _ANYWAY,
    ),
    None,
    Command(
        "motion",
        _("Ani&mate steps"),
        "",
        _("Moves numbers along the network at each step."),
        passing=_ANYWAY,
        is_checkable=True,
    ),
    "themes",
)
_HELP = (
    Command("help", _("&Help"), "F1", _("Opens the help."), passing=_ANYWAY),
    Command(
        "what",
        _("What's &this?"),
        "Shift+F1",
        _("Explains the control that you click next."),
        passing=_ANYWAY,
    ),
    Command("welcome", _("&Welcome"), "", _("Shows three things to try."), passing=_ANYWAY),
    None,
    Command("log", _("Show the &log"), "", _("Opens the folder of the log."), passing=_ANYWAY),
    Command("about", _("&About Backprop"), "", _("Says what Backprop is."), passing=_ANYWAY),
)

# A menu's title, and its commands; None is a line, a word the place of menus that others fill.
MENUS = (
    (_("&File"), _FILE),
    (_("&Edit"), _EDIT),
    (_("&Run"), _RUN),
    (_("&Go"), _GO),
    (_("&View"), _VIEW),
    (_("&Help"), _HELP),
)
COMMANDS = {
    entry.id: entry for _title, entries in MENUS for entry in entries if isinstance(entry, Command)
}
_OTHER_KEYS = (
    ("↑, ↓", _("In a number box: changes the number by a small step.")),
    (_("Page Up, Page Down"), _("In a number box: changes the number by a large step.")),
    (_("Enter"), _("In a number box: accepts the number and returns to the network.")),
    (_("Enter"), _("On a button: presses it. In a table: goes to the step of the row.")),
    (_("Enter, ↑, ↓"), _("In your working: goes to the next line, or the line before.")),
    (_("Tab"), _("Goes to the next control.")),
    ("+, −, F", _("In the plot: zoom in, zoom out, show everything.")),
    (
        _("Enter, F2, Delete, H"),
        _("In the list of runs: goes on with the run, renames it, removes it, shows or hides it."),
    ),
    ("Esc", _("In the plot: removes the curve that you expect, and then ends drawing.")),
    ("Ctrl+F", _("In the help: finds a word.")),
)


def key_rows() -> tuple[tuple[str, str], ...]:
    """Return the table of keys: of each command that has any, those of the main job first."""
    main_job = [entry for entry in (*_RUN, *_GO) if entry]
    commands = dict.fromkeys((*main_job, *COMMANDS.values()))
    rows = ((each.all_keys_shown, each.purpose) for each in commands if each.keys)
    return (*rows, *_OTHER_KEYS)
