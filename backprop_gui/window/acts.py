"""What a person does in the views, bound to what carries it out, as the commands are."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.widgets.command import Passing
from backprop_gui.window.clipboard import Clipboard
from backprop_gui.window.showing import Views
from backprop_gui.window.typed import Typed


def order_stops(views: Views) -> None:
    """Have the Tab key stop at the setup first, then at what leads through the run."""
    transport = views.transport.stops(views.timeline.stops)
    stops = (views.network, *views.setup_panel.stops, *transport)
    policies = [each.focusPolicy() for each in stops]
    for each in stops:
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt orders nothing that takes no focus
    for one, next_one in pairwise(stops):
        QWidget.setTabOrder(one, next_one)
    for each, policy in zip(stops, policies, strict=True):
        each.setFocusPolicy(policy)


def bind(
    views: Views, session: Session, navigation: Navigation, typed: Typed, clipboard: Clipboard
) -> None:
    """Let each act pass the gate, as the commands of the menus do."""
    order_stops(views)
    before = typed.gate.before
    views.transport.back_requested.connect(before(navigation.go_back))
    views.transport.on_requested.connect(before(navigation.go_on))
    views.transport.iteration_chosen.connect(before(session.reach_iteration))
    views.transport.edit_ended.connect(views.network.setFocus)
    views.transport.run_toggled.connect(typed.set_running)
    views.transport.speed_chosen.connect(before(session.set_speed, Passing.GOES_ON))
    views.timeline.step_chosen.connect(before(session.go_to_step))
    views.outcome_panel.comparison_requested.connect(before(session.compare_with_exact))
    plot = views.error_plot
    plot.iteration_chosen.connect(before(session.go_to_iteration))
    plot.axes_chosen.connect(before(session.set_axes, Passing.GOES_ON))
    plot.clear_requested.connect(before(session.clear_kept, Passing.GOES_ON))
    plot.traces_requested.connect(before(session.go_on_computing, Passing.GOES_ON))
    plot.drawing_chosen.connect(before(session.set_drawing, Passing.GOES_ON))
    plot.stroked.connect(session.draw_expected)
    plot.forget_requested.connect(before(session.clear_expected, Passing.GOES_ON))
    runs = views.runs
    runs.keep_requested.connect(before(session.keep_present))
    runs.present_requested.connect(before(session.make_present))
    runs.remove_requested.connect(before(session.remove_kept, Passing.GOES_ON))
    runs.rename_requested.connect(before(session.rename_kept, Passing.GOES_ON))
    runs.show_requested.connect(before(session.show_kept, Passing.GOES_ON))
    views.panels.step_chosen.connect(before(session.go_to_step))
    views.panels.copied.connect(before(clipboard.put))
    formula = views.panels.formula
    formula.predicting_chosen.connect(before(session.set_predicting, Passing.GOES_ON))
    formula.predicted.connect(before(session.predict, Passing.GOES_ON))
    formula.edit_ended.connect(views.network.setFocus)
    views.setup_panel.setup_edited.connect(
        lambda setup, goes_on: session.set_setup(setup, goes_on=goes_on)
    )
    views.setup_panel.method_chosen.connect(before(session.set_method))
    views.setup_panel.undo_requested.connect(before(session.undo))
    views.setup_panel.redo_requested.connect(before(session.redo))
    views.setup_panel.edit_ended.connect(views.network.setFocus)
    for panel in (views.setup_panel, views.panels):
        panel.article_requested.connect(typed.reset_to_article)
    for clickable in (views.network, views.outcome_panel, views.panels):
        clickable.number_clicked.connect(before(clipboard.put_number))
