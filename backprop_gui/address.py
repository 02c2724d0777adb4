"""Where a running program listens for later starts."""

import hashlib
import os
import sys
from pathlib import Path


def of(config_folder: Path) -> str:
    """Return where the program listens that has this folder for its settings and this screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    key = hashlib.sha256(f"{config_folder}\n{screen}".encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return f"backprop-gui-{key}"
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or config_folder, f"backprop-gui-{key}"))


def is_there(address: str) -> bool:
    """Say whether somebody may listen there, without the time that it takes to ask."""
    return sys.platform == "win32" or Path(address).exists()
