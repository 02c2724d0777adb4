"""Whether the desktop asks programs to move less.

Qt tells it from 6.12 on only. Until then: the settings portal on Linux, where one runs, and the
system's parameters on Windows.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_GETS_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
_TIMEOUT_MS = 2000

# What a desktop may have set: namespace, key, and the value that asks for less motion.
REQUESTS = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
)


def ask_whether_reduced(owner: QObject, tell: Callable[[], None]) -> None:
    """Call `tell` once the desktop has said that it wants less motion; never where it does not.

    The answer comes when the window's thread is idle, as long as `owner` lives.
    """
    if sys.platform == "win32":
        if _is_reduced_on_windows():
            tell()
    elif sys.platform != "darwin":
        _ask_portal(owner, tell)


def _ask_portal(owner: QObject, tell: Callable[[], None]) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return
    for namespace, key, wanted in REQUESTS:
        call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "ReadOne")
        call.setArguments([namespace, key])
        call.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(bus.asyncCall(call, _TIMEOUT_MS), owner)

        def answer(done: QDBusPendingCallWatcher, wanted: object = wanted) -> None:
            if is_wanted(done.reply().arguments(), wanted):
                tell()
            done.deleteLater()

        watcher.finished.connect(answer)


def is_wanted(answer: list[object], wanted: object) -> bool:
    """Say whether the portal's answer, empty for a key that it does not know, is the wanted one."""
    if not answer:
        return False
    value = getattr(answer[0], "variant", lambda: answer[0])()
    return type(value) in (bool, int) and value == wanted


def _is_reduced_on_windows() -> bool:
    import ctypes

    is_animated = ctypes.c_int(1)
    user = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    user.SystemParametersInfoW(_GETS_ANIMATION, 0, ctypes.byref(is_animated), 0)
    return not is_animated.value
