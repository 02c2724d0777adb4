"""Writes what Linux's software centres and Debian want to read of the releases.

    python packaging/release_texts.py build/texts --date 2026-11-24

Writes the AppStream metainfo and Debian's changelog, both from CHANGELOG.md. The date is that of
what is not released yet; a released version has its own, as in `## 1.2.3 - 2026-11-24`.
"""

import argparse
import re
import textwrap
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from release_notes import ROOT, dates, homepage, is_unreleased, project_versions, sections

NAME = "backprop-gui"
# Debian wants an address; the project has none, and .invalid says that it is none.
MAINTAINER = "The Backprop developers <backprop-gui@developers.invalid>"
_BULLET = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)
_GROUP = re.compile(r"^### (.+)$", re.MULTILINE)


class Release(NamedTuple):
    """A version, when it was made, and what is new in it: texts under headings, or under none."""

    version: str
    day: date
    is_out: bool
    news: dict[str, list[str]]


def releases(root: Path, today: date) -> list[Release]:
    """Return what CHANGELOG.md says, the newest first."""
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    days = dates(changelog)
    return [
        Release(
            project_versions(root)["pyproject.toml"] if is_unreleased(version) else version,
            days.get(version, today),
            version in days,
            _news(text),
        )
        for version, text in sections(changelog).items()
        if text or not is_unreleased(version)  # after a release there is nothing new
    ]


def _news(text: str) -> dict[str, list[str]]:
    parts = ["", *_GROUP.split(text)]  # what stands before the first heading has none
    found = {
        heading: [" ".join(item.replace("`", "").split()) for item in _BULLET.findall(items)]
        for heading, items in zip(parts[::2], parts[1::2], strict=True)
    }
    return {heading: items for heading, items in found.items() if items}


def metainfo(root: Path, today: date) -> bytes:
    """Return the AppStream metainfo: the template, with the homepage, screenshots and releases."""
    home = homepage(root)
    template = root / "packaging" / "linux" / f"{NAME}.metainfo.xml"
    component = ET.parse(template).getroot()
    ET.SubElement(component, "url", type="homepage").text = home
    ET.SubElement(component, "url", type="bugtracker").text = f"{home}/issues"
    version = project_versions(root)["pyproject.toml"]
    for image in component.iter("image"):
        image.text = f"{home}/raw/v{version}/packaging/screenshots/{image.text}"
    listed = ET.SubElement(component, "releases")
    for release in releases(root, today):
        kind = "stable" if release.is_out else "development"
        node = ET.SubElement(
            listed, "release", version=release.version, date=release.day.isoformat(), type=kind
        )
        if not release.news:
            continue
        description = ET.SubElement(node, "description")
        for heading, items in release.news.items():
            if heading:
                ET.SubElement(description, "p").text = f"{heading}:"
            bullets = ET.SubElement(description, "ul")
            for item in items:
                ET.SubElement(bullets, "li").text = item
    ET.indent(component)
    return bytes(ET.tostring(component, encoding="UTF-8", xml_declaration=True)) + b"\n"


def debian_changelog(root: Path, today: date) -> str:
    """Return the changelog in Debian's form."""
    entries = []
    for release in releases(root, today):
        lines = [f"{NAME} ({release.version}) unstable; urgency=medium", ""]
        for heading, items in (release.news or {"": ["Nothing that a user notices."]}).items():
            if heading:
                lines += [f"  [ {heading} ]"]
            for item in items:
                lines += textwrap.wrap(item, 76, initial_indent="  * ", subsequent_indent="    ")
        midnight = datetime.combine(release.day, datetime.min.time(), UTC)
        lines += ["", f" -- {MAINTAINER}  {format_datetime(midnight)}", ""]
        entries.append("\n".join(lines))
    return "\n".join(entries)


def main() -> None:
    """Write both files into the folder that the argument names."""
    parser = argparse.ArgumentParser(description="Write the texts of the releases.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--date", type=date.fromisoformat, required=True, metavar="DATE")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    place: Path = options.folder / f"{NAME}.metainfo.xml"
    place.write_bytes(metainfo(ROOT, options.date))
    (options.folder / "changelog").write_text(
        debian_changelog(ROOT, options.date), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
