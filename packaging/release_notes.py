"""Prints the notes of a release, taken from CHANGELOG.md, if tag and versions agree with it.

    python packaging/release_notes.py v0.1.0
    python packaging/release_notes.py v0.1.0 --repository backprop-gui/backprop-gui

The tag is the version of pyproject.toml and of the package after a `v`, and CHANGELOG.md's newest
section that is not "Unreleased" is this version's, with its date: `## 0.1.0 - 2026-11-24`. A
repository of GitHub has to be the homepage that pyproject.toml names, from which software centres
take pictures.
"""

import argparse
import re
import sys
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Windows and macOS take three numbers and nothing else for a version.
_TAG = re.compile(r"v(\d+\.\d+\.\d+)")
_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?.*$", re.MULTILINE)
_DATED = re.compile(r"^## \[?([^\]\s]+)\]? - (\d{4}-\d\d-\d\d)\s*$", re.MULTILINE)
_PACKAGE_VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


class ReleaseError(Exception):
    """The tag, the versions and the changelog do not agree; the text says how."""


def version_of(tag: str) -> str:
    """Return the version that a tag names. Raises ReleaseError."""
    match = _TAG.fullmatch(tag)
    if not match:
        raise ReleaseError(f"A release's tag is v and three numbers, as in v1.2.3: it is “{tag}”.")
    return match[1]


def project_versions(root: Path) -> dict[str, str]:
    """Return the version that each file states, by the file's name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    package = "backprop_gui/__init__.py"
    found = _PACKAGE_VERSION.search((root / package).read_text(encoding="utf-8"))
    return {"pyproject.toml": project["project"]["version"], package: found[1] if found else "none"}


def homepage(root: Path) -> str:
    """Return where the project lives, as pyproject.toml says."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Homepage"]).rstrip("/")


def sections(changelog: str) -> dict[str, str]:
    """Return the changelog's text below each version's heading, newest first."""
    headings = list(_HEADING.finditer(changelog))
    ends = [*(heading.start() for heading in headings), len(changelog)][1:]
    return {
        heading[1]: changelog[heading.end() : end].strip()
        for heading, end in zip(headings, ends, strict=True)
    }


def dates(changelog: str) -> dict[str, date]:
    """Return when each version was released, as its heading says: `## 1.2.3 - 2026-11-24`."""
    return {version: date.fromisoformat(day) for version, day in _DATED.findall(changelog)}


def is_unreleased(name: str) -> bool:
    """Say whether this is the heading of what comes with the next version."""
    return name.lower() == "unreleased"


def check_repository(repository: str, root: Path = ROOT) -> None:
    """Raise ReleaseError where this repository of GitHub, as OWNER/NAME, is not the homepage."""
    home = homepage(root)
    if home.lower() != f"https://github.com/{repository}".lower():  # GitHub takes them for one
        raise ReleaseError(
            f"The repository is {repository}, but pyproject.toml's Homepage is {home}: "
            "links and screenshots would lead there."
        )


def release_notes(tag: str, root: Path = ROOT) -> str:
    """Return the notes of the tag's version. Raises ReleaseError where something disagrees."""
    version = version_of(tag)
    for name, stated in project_versions(root).items():
        if stated != version:
            raise ReleaseError(f"The tag is {tag}, but {name} says version {stated}.")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    notes = sections(changelog)
    released = [name for name in notes if not is_unreleased(name)]
    if not released or released[0] != version:
        newest = released[0] if released else "none"
        raise ReleaseError(
            f"CHANGELOG.md's newest version has to be {version}: it is {newest}. "
            "Rename “## Unreleased”."
        )
    if version not in dates(changelog):
        raise ReleaseError(f"CHANGELOG.md has to say when, as in “## {version} - 2026-11-24”.")
    if not notes[version]:
        raise ReleaseError(f"CHANGELOG.md says nothing below “## {version}”.")
    return notes[version]


def main() -> None:
    """Print the notes, or what does not agree."""
    parser = argparse.ArgumentParser(description="Print the release notes of a tag.")
    parser.add_argument("tag", metavar="TAG", help="as in v1.2.3")
    parser.add_argument("--repository", metavar="OWNER/NAME", help="where the tag is")
    options = parser.parse_args()
    try:
        if options.repository:
            check_repository(options.repository)
        notes = release_notes(options.tag)
    except ReleaseError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(f"{notes}\n".encode())  # whatever this terminal's encoding


if __name__ == "__main__":
    main()
