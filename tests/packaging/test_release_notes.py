"""A release is made only where tag, versions and changelog agree."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "release_notes.py"
CHANGELOG = """# Changelog

What a user notices.

## Unreleased

### Added
- Not yet.

## [1.2.3] - 2026-11-24

### Added
- η and σ.

### Fixed
- A key.

## 1.2.2

- Older.
"""


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release_notes", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release_notes = load()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose version is 1.2.3 everywhere."""
    (tmp_path / "backprop_gui").mkdir()
    (tmp_path / "backprop_gui" / "__init__.py").write_text('"""P."""\n\n__version__ = "1.2.3"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "p"\nversion = "1.2.3"\n'
        '[project.urls]\nHomepage = "https://github.com/Owner/project"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def test_the_notes_are_the_version_s_section_and_nothing_else(project: Path) -> None:
    notes = release_notes.release_notes("v1.2.3", project)
    assert notes == "### Added\n- η and σ.\n\n### Fixed\n- A key."


@pytest.mark.parametrize("tag", ["1.2.3", "v1.2", "v1.2.3rc1", "v1.2.3\n", "vnext", ""])
def test_a_tag_is_v_and_three_numbers(project: Path, tag: str) -> None:
    with pytest.raises(release_notes.ReleaseError, match="three numbers"):
        release_notes.release_notes(tag, project)


def test_a_tag_that_is_not_the_project_s_version_is_refused(project: Path) -> None:
    with pytest.raises(release_notes.ReleaseError, match=r"pyproject\.toml says version 1\.2\.3"):
        release_notes.release_notes("v1.2.4", project)


def test_a_package_that_states_another_version_is_refused(project: Path) -> None:
    (project / "backprop_gui" / "__init__.py").write_text('__version__ = "1.2.2"\n')
    with pytest.raises(release_notes.ReleaseError, match=r"__init__\.py says version 1\.2\.2"):
        release_notes.release_notes("v1.2.3", project)


@pytest.mark.parametrize(
    ("changelog", "newest"),
    [("# Changelog\n\n## Unreleased\n- A.\n", "none"), (CHANGELOG.replace("3]", "4]"), r"1\.2\.4")],
)
def test_a_changelog_whose_newest_version_is_another_is_refused(
    project: Path, changelog: str, newest: str
) -> None:
    (project / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    with pytest.raises(release_notes.ReleaseError, match=f"has to be 1.2.3: it is {newest}"):
        release_notes.release_notes("v1.2.3", project)


def test_a_version_without_notes_is_refused(project: Path) -> None:
    text = "## 1.2.3 - 2026-11-24\n\n## 1.2.2\n- A.\n"
    (project / "CHANGELOG.md").write_text(text, encoding="utf-8")
    with pytest.raises(release_notes.ReleaseError, match="says nothing"):
        release_notes.release_notes("v1.2.3", project)


def test_a_version_without_its_date_is_refused(project: Path) -> None:
    text = CHANGELOG.replace(" - 2026-11-24", "")
    (project / "CHANGELOG.md").write_text(text, encoding="utf-8")
    with pytest.raises(release_notes.ReleaseError, match=r"say when, as in “## 1\.2\.3 - "):
        release_notes.release_notes("v1.2.3", project)


@pytest.mark.parametrize("repository", ["Owner/project", "owner/Project"])
def test_the_repository_that_is_the_homepage_may_release(project: Path, repository: str) -> None:
    release_notes.check_repository(repository, project)


@pytest.mark.parametrize("repository", ["fork/project", "Owner/project2", "project", "Owner/"])
def test_a_repository_that_is_not_the_homepage_is_refused(project: Path, repository: str) -> None:
    with pytest.raises(release_notes.ReleaseError, match=r"Homepage is https://github\.com/Own"):
        release_notes.check_repository(repository, project)


def test_this_project_states_one_version_in_a_form_that_a_tag_can_name() -> None:
    (version,) = set(release_notes.project_versions(ROOT).values())
    assert release_notes.version_of(f"v{version}") == version


def test_the_program_says_in_one_line_what_does_not_agree() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "v99.0.0"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The tag is v99.0.0, but pyproject.toml says version ")
    assert len(done.stderr.splitlines()) == 1
