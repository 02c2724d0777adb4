"""What a person does in the views, bound to what carries it out, as the commands are."""

from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.widgets.commands import Passing
from backprop_gui.window.clipboard import Clipboard
from backprop_gui.window.showing import Views
from backprop_gui.window.typed import Typed


def bind(
    views: Views, session: Session, navigation: Navigation, typed: Typed, clipboard: Clipboard
) -> None:
    """Let each act pass the gate, as the commands of the menus do."""
    before = typed.gate.before
    views.transport.reset_requested.connect(before(session.reset))
    views.transport.back_requested.connect(before(navigation.go_back))
    views.transport.on_requested.connect(before(navigation.go_on))
    views.transport.iteration_chosen.connect(before(session.go_to_iteration))
    views.transport.run_toggled.connect(typed.set_running)
    views.transport.speed_chosen.connect(before(session.set_speed, Passing.GOES_ON))
    views.timeline.step_chosen.connect(before(session.go_to_step))
    plot = views.error_plot
    plot.iteration_chosen.connect(before(session.go_to_iteration))
    plot.axes_chosen.connect(before(session.set_axes, Passing.GOES_ON))
    plot.clear_requested.connect(before(session.clear_kept, Passing.GOES_ON))
    plot.traces_requested.connect(before(session.go_on_computing, Passing.GOES_ON))
    views.panels.step_chosen.connect(before(session.go_to_step))
    views.panels.copied.connect(before(clipboard.put))
    views.setup_panel.setup_edited.connect(session.set_setup)
    views.setup_panel.edit_ended.connect(views.network.setFocus)
    for panel in (views.setup_panel, views.panels):
        panel.article_requested.connect(typed.reset_to_article)
    for clickable in (views.network, views.outcome_panel, views.panels):
        clickable.number_clicked.connect(before(clipboard.put_number))
