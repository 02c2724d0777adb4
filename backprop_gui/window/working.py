"""What a person does with a working, bound to what carries it out."""

from backprop_gui.lesson.own_working import read_block
from backprop_gui.lesson.working_words import stopped
from backprop_gui.state.session import Session
from backprop_gui.system.texts import _
from backprop_gui.widgets.command import Passing
from backprop_gui.window.gate import Gate
from backprop_gui.window.messages import Messages
from backprop_gui.window.racing import race
from backprop_gui.window.reading_panels import ReadingPanels


def bind_working(panels: ReadingPanels, session: Session, gate: Gate, messages: Messages) -> None:
    """Let the person's numbers be taken as they are typed; each other act passes the gate."""
    panel = panels.working

    def paste(text: str, name: str) -> None:
        written = read_block(text, name)
        if written.texts:
            session.paste_working(written.texts)
        elif "\n" not in text.strip() and text.strip():
            session.set_working_text(name, text)  # it stays, and is marked there
        problems = written.problems
        if not (text.strip() or problems):
            problems = (_("The clipboard has no text to paste."),)
        panel.show_problems(problems)
        if problems and not panel.isVisible():
            messages.refuse(stopped(problems[0]))

    panels.working_text_edited.connect(session.set_working_text)
    panels.working_pasted.connect(paste)
    before = gate.before
    panel.help_asked.connect(before(session.ask_help, Passing.GOES_ON))
    panel.test_chosen.connect(before(session.set_test_mode, Passing.GOES_ON))
    panel.handed_in.connect(before(session.finish_test, Passing.GOES_ON))
    panel.clear_requested.connect(before(session.clear_working, Passing.GOES_ON))
    panel.move_requested.connect(before(session.move_working, Passing.GOES_ON))
    panel.race_requested.connect(
        before(lambda mistaken: race(session, mistaken, messages.note.say), Passing.GOES_ON)
    )
    panel.iteration_chosen.connect(before(session.reach_iteration))
    panel.setup_wanted.connect(before(session.set_setup))
