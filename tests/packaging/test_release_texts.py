"""What software centres and Debian read of the releases, made from the changelog."""

import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from tests.packaging.conftest import ROOT, Tool

PACKAGING = ROOT / "packaging"
TODAY = date(2026, 12, 24)
CHANGELOG = """# Changelog

## Unreleased

### Added
- Not `yet`,
  but soon.

### Fixed
- A key & a <tag>.

## [1.2.3] - 2026-11-24

### Added
- η and σ.

## 1.2.2 - 2026-10-23

- Older, under no heading.
"""


@pytest.fixture(scope="module")
def texts() -> ModuleType:
    """The module, which imports its neighbour, as it does where it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PACKAGING))
        spec = importlib.util.spec_from_file_location(
            "release_texts", PACKAGING / "release_texts.py"
        )
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of version 1.3.0 that has been released twice before."""
    (tmp_path / "backprop_gui").mkdir()
    (tmp_path / "backprop_gui" / "__init__.py").write_text('__version__ = "1.3.0"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nversion = "1.3.0"\nurls.Homepage = "https://example.org/p"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    template = tmp_path / "packaging" / "linux" / "backprop-gui.metainfo.xml"
    template.parent.mkdir(parents=True)
    template.write_bytes((PACKAGING / "linux" / template.name).read_bytes())
    return tmp_path


def component(texts: ModuleType, project: Path) -> ET.Element:
    return ET.fromstring(texts.metainfo(project, TODAY))


def listed(texts: ModuleType, project: Path) -> list[tuple[str | None, ...]]:
    return [
        (release.get("version"), release.get("date"), release.get("type"))
        for release in component(texts, project).iter("release")
    ]


def test_a_dated_version_is_stable_and_what_is_not_released_is_development(
    texts: ModuleType, project: Path
) -> None:
    assert listed(texts, project) == [
        ("1.3.0", "2026-12-24", "development"),
        ("1.2.3", "2026-11-24", "stable"),
        ("1.2.2", "2026-10-23", "stable"),
    ]


def test_nothing_is_said_of_an_unreleased_version_with_nothing_new(
    texts: ModuleType, project: Path
) -> None:
    _before, _heading, released = CHANGELOG.partition("## [1.2.3]")
    changelog = f"## Unreleased\n\n## [1.2.3]{released}"
    (project / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    assert [version for version, *_more in listed(texts, project)] == ["1.2.3", "1.2.2"]
    assert "1.3.0" not in texts.debian_changelog(project, TODAY)


def test_a_version_without_a_date_keeps_its_name(texts: ModuleType, project: Path) -> None:
    (project / "CHANGELOG.md").write_text("## Unreleased\n- A.\n\n## 1.2.2\n- B.\n")
    assert [version for version, *_more in listed(texts, project)] == ["1.3.0", "1.2.2"]


def test_the_news_are_texts_below_their_headings(texts: ModuleType, project: Path) -> None:
    newest, _second, oldest = component(texts, project).iter("release")
    words = [" ".join((node.text or "").split()) for node in newest.iter()]
    assert [word for word in words if word] == [
        *("Added:", "Not yet, but soon."),
        *("Fixed:", "A key & a <tag>."),
    ]
    assert [node.text for node in oldest.iter("li")] == ["Older, under no heading."]
    assert [node.text for node in oldest.iter("p")] == []


@pytest.mark.parametrize(
    "changelog",
    [
        "",
        "# Changelog\n",
        "## 1.2.3 - 2026-11-24\n",
        "## Unreleased\n- A.\n\n### Added\n\n## 1.2.2\n",
    ],
)
def test_a_changelog_that_says_little_gives_texts_that_are_valid(
    texts: ModuleType, project: Path, changelog: str
) -> None:
    (project / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    for node in component(texts, project).iter():
        assert node.tag not in {"description", "ul"} or len(node) > 0
    entries = texts.debian_changelog(project, TODAY).split("backprop-gui (")[1:]
    assert len(entries) == len([line for line in changelog.splitlines() if line[:3] == "## "])
    for entry in entries:
        assert "\n  * " in entry


def test_pictures_are_those_of_the_version_at_the_homepage(
    texts: ModuleType, project: Path
) -> None:
    images = [image.text or "" for image in component(texts, project).iter("image")]
    start = "https://example.org/p/raw/v1.3.0/packaging/screenshots/"
    assert len(images) > 1
    for image in images:
        assert image.startswith(start)
        assert (PACKAGING / "screenshots" / image.removeprefix(start)).is_file()


def test_debian_reads_each_version(texts: ModuleType, project: Path, tool: Tool) -> None:
    changelog = project / "changelog"
    changelog.write_text(texts.debian_changelog(project, TODAY), encoding="utf-8")
    done = tool("dpkg-parsechangelog", "--all", "-l", changelog)
    assert (done.returncode, done.stderr) == (0, "")
    newest = tool("dpkg-parsechangelog", "-l", changelog, "-S", "Date").stdout
    assert newest == "Thu, 24 Dec 2026 00:00:00 +0000\n"
    versions = ("1.3.0", "1.2.3", "1.2.2")
    found = tool("dpkg-parsechangelog", "--all", "--format", "rfc822", "-l", changelog).stdout
    said = [line.split()[1] for line in found.splitlines() if line.startswith("Version: ")]
    assert tuple(said) == versions
    assert "* Older, under no heading." in found


def test_what_this_project_says_is_valid(tool: Tool, tmp_path: Path) -> None:
    script = PACKAGING / "release_texts.py"
    subprocess.run([sys.executable, script, tmp_path, "--date", "2026-12-24"], check=True)
    metainfo = tmp_path / "backprop-gui.metainfo.xml"
    done = tool("appstreamcli", "validate", "--no-net", "--strict", metainfo)
    assert done.returncode == 0, done.stdout + done.stderr
    done = tool("dpkg-parsechangelog", "--all", "-l", tmp_path / "changelog")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n  [ Added ]" in (tmp_path / "changelog").read_text(encoding="utf-8")
