"""The commands: once in a table, which the menus, the help and the README read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from backprop_gui.core.network import Setup
from backprop_gui.widgets.command import Command
from backprop_gui.widgets.commands import COMMANDS, MENUS, key_rows
from backprop_gui.window.main_window import MainWindow

_OTHERS = ["compare_exact", "answer_1", "answer_2", "answer_3"]  # wait for a run, or a question
WAITING = ["undo", "redo", *_OTHERS, "blank", "all"]
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_readme_has_the_table_of_keys() -> None:
    table = README.split("| key | does |\n|---|---|\n")[1].split("\n\n")[0]
    assert table.splitlines() == [f"| {keys} | {purpose} |" for keys, purpose in key_rows()]


def test_no_two_commands_have_a_name_or_a_key_in_common() -> None:
    rows = [row for _title, rows in MENUS for row in rows if isinstance(row, Command)]
    keys = [key for row in rows for key in f"{row.keys} {row.lecture_keys}".split()]
    assert len(COMMANDS) == len(rows) == len({row.text for row in rows})
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_a_command_is_for_is_one_or_two_sentences(command: Command) -> None:
    assert command.purpose[0].isupper()
    assert command.purpose.endswith(".")


def test_a_menu_s_letters_differ() -> None:
    for _title, rows in MENUS:
        texts = [row.text for row in rows if isinstance(row, Command)]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), texts


def test_each_action_has_the_words_and_the_keys_of_its_command(window: MainWindow) -> None:
    for name, command in COMMANDS.items():
        action = window.commands[name]
        assert action.text() == command.text
        assert [key.toString() for key in action.shortcuts()] == command.keys.split()
        assert action.whatsThis() == command.purpose
        assert action.autoRepeat() == command.repeats
        assert action in window.actions()


def test_commands_wait_for_what_they_are_of_use_for(window: MainWindow) -> None:
    def disabled() -> list[str]:
        return [name for name in COMMANDS if not window.commands[name].isEnabled()]

    assert disabled() == WAITING
    window.commands["values"].trigger()
    assert disabled() == ["undo", "redo", *_OTHERS, "blank"]
    window.commands["all"].trigger()
    assert disabled() == WAITING
    window.session.set_setup(Setup(w2=0.31))
    assert disabled() == ["redo", *_OTHERS, "blank", "all"]
    window.session.undo()
    assert disabled() == ["undo", *_OTHERS, "blank", "all"]
    window.commands["lecture"].trigger()
    assert disabled() == ["undo", *_OTHERS]
    window.commands["lecture"].trigger()
    assert disabled() == ["undo", *_OTHERS, "blank", "all"]


def test_the_buttons_say_the_keys_of_their_commands(window: MainWindow) -> None:
    hints = [button.toolTip() for button in window.findChildren(QPushButton)]
    for name in ("run", "step", "step_back", "phase", "iteration", "first", "end", "fit"):
        assert COMMANDS[name].hint in hints
    assert COMMANDS["step_back"].hint == "Previous step (←, Page Up)"
