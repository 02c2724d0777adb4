"""What the welcome proposes, done in the window."""

from backprop_gui.lesson.samples import SAMPLE_BY_NAME
from backprop_gui.state.navigation import Navigation
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.window.document import OpenDocument
from backprop_gui.window.showing import Views


def play(
    what: str,
    navigation: Navigation,
    documents: OpenDocument,
    arrangement: Arrangement,
    views: Views,
) -> None:
    """Do "step", "change" or "sample"."""
    views.network.window().activateWindow()
    if what == "step":
        navigation.go_on("step")
        views.network.setFocus()
    elif what == "change":
        arrangement.reveal(views.setup_panel)
        views.setup_panel.begin_edit("w1")
    elif what == "sample" and documents.open_sample(SAMPLE_BY_NAME["overshooting-rate"]):
        arrangement.reveal(views.error_plot)
        views.network.setFocus()
