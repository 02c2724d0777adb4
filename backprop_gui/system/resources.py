"""The one door to the data files in resources/."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
# A wheel carries the folder inside the package; in a checkout it stands beside it.
_INSTALLED = _PACKAGE / "resources"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of the data file or folder `name`, relative to resources/."""
    return _ROOT / name
