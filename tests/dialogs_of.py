"""Every dialog that the window opens and waits for, for the tests that look at all of them."""

from collections.abc import Callable

from backprop_gui.window.main_window import MainWindow


def openings(window: MainWindow) -> list[Callable[[], object]]:
    """Return what opens each dialog, and returns when it is closed."""
    exporting = window.exporting
    return [
        exporting.export_picture,
        exporting.export_slides,
        exporting.export_example,
        exporting.export_data,
        window.preferring.ask,
        window.documents.edit_note,
        window.commands["sweep"].trigger,
        window.landscape.ask_for_ranges,
    ]
