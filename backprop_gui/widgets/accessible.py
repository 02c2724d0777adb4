"""What assistive technology is told of a widget that is more than its class says.

A class of our own says it by a method `accessible_interface`, which returns what Qt then asks.
Qt asks it when assistive technology first looks at the widget; PySide keeps what is returned.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Have a screen reader say a text; at once, and before all else, where it is urgent."""
    if not (text and QAccessible.isActive()):
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def tell(widget: QWidget, what: QAccessible.Event) -> None:
    """Tell assistive technology, where there is any, that something of a widget is new."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, what))


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    make = getattr(thing, "accessible_interface", None)
    return make() if make else None


QAccessible.installFactory(_interface)
