"""Which code and which programs are found: none that merely lies in the working folder.

A folder of files that came with a mail or from a student is not to be run. What is imported here
is part of Python itself, since this comes before anything else.
"""

import os
import site
import sys

SERVE = "--ends-of-starts"  # the word with which `ourselves` compute for `map`, see cli
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_ROOT = os.path.dirname(_PACKAGE)


def forget_working_folder() -> None:
    """Look for modules and programs in no folder only because somebody is there, or starts there.

    Where this package itself lies in that folder, what else is there comes last.
    """
    here = _working_folder()
    if here and not getattr(sys, "frozen", False):
        started = {here, os.path.realpath(os.path.dirname(sys.argv[0]))} - _installed()
        kept = [entry for entry in sys.path if os.path.realpath(entry) not in started]
        if len(kept) < len(sys.path) and os.path.realpath(_ROOT) in started:
            kept.append(_ROOT)
        sys.path[:] = kept
    folders = _folders(os.environ.get("PATH", "")) or _folders(os.defpath)
    os.environ["PATH"] = os.pathsep.join(folders)  # an empty one would mean the working folder


def found(name: str) -> str | None:
    """Return the path of a program on the PATH, or None; Windows would look here first."""
    suffix = ".exe" if sys.platform == "win32" else ""
    folders = _folders(os.environ.get("PATH", os.defpath))
    paths = (os.path.join(folder, name + suffix) for folder in folders)
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)


def ourselves() -> list[str]:
    """Return the words that start this very program once more, from any folder."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, *_flags(), os.path.join(_PACKAGE, "__main__.py")]
    image, mounted = os.environ.get("APPIMAGE"), os.environ.get("APPDIR")
    if image and mounted and sys.executable.startswith(os.path.join(mounted, "")):
        return [image]  # what is mounted goes with the program that has mounted it
    return [sys.executable]


def surroundings() -> dict[str, str]:
    """Return the environment for `ourselves`, which may begin in another folder."""
    values = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    here = _working_folder()
    paths = [
        os.path.abspath(path)
        for path in values.pop("PYTHONPATH", "").split(os.pathsep)
        if path and here and os.path.realpath(path) != here
    ]
    return {**values, "PYTHONPATH": os.pathsep.join(paths)} if paths else values


def _working_folder() -> str | None:
    """Return the folder in which the program was started, or None where it is gone."""
    try:
        return os.path.realpath(os.getcwd())
    except OSError:
        return None


def _flags() -> list[str]:
    """Return by what Python is told where to look for modules: as here, and not where it starts."""
    flags = {
        "-I": sys.flags.isolated,
        "-E": sys.flags.ignore_environment,
        "-s": sys.flags.no_user_site,
        "-P": True,
    }
    return [flag for flag, is_set in flags.items() if is_set]


def _folders(words: str) -> list[str]:
    """Return the folders of a PATH, but those that depend on the working folder."""
    return [folder for folder in words.split(os.pathsep) if os.path.isabs(folder)]


def _installed() -> set[str]:
    """Return where Python and its packages are installed."""
    return {
        os.path.realpath(folder)
        for folder in (
            *site.getsitepackages(),
            site.getusersitepackages(),
            os.path.dirname(os.__file__),
        )
    }
