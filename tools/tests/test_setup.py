from pathlib import Path

import pytest

from tools.setup import LAUNCHER, SetupError, Step, perform, pip_settings, run, uv_environment


def step(folder: Path, done: list[str]) -> Step:
    def work() -> None:
        done.append("run")
        (folder / "out").touch()

    (folder / "in").write_text("first")
    return Step("step", "A step", [folder / "in", "how"], [folder / "out"], work)


def test_a_step_runs_once_and_again_when_its_input_changes_or_its_output_is_gone(tmp_path: Path) -> None:
    done: list[str] = []
    one = step(tmp_path, done)
    perform([one], tmp_path / "stamps")
    perform([one], tmp_path / "stamps")
    assert len(done) == 1

    (tmp_path / "in").write_text("second")
    perform([one], tmp_path / "stamps")
    assert len(done) == 2

    (tmp_path / "out").unlink()
    perform([one], tmp_path / "stamps")
    assert len(done) == 3


def test_a_step_that_failed_runs_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise SetupError("the network is away")

    failing = Step("step", "A step", ["how"], [], fail)
    for _ in range(2):
        with pytest.raises(SetupError):
            perform([failing], tmp_path / "stamps")


def test_what_is_up_to_date_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = step(tmp_path, [])
    perform([one], tmp_path / "stamps")
    assert capsys.readouterr().out.startswith("[1/1] A step … ")
    perform([one], tmp_path / "stamps")
    assert capsys.readouterr().out == ""


def test_a_failing_command_shows_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no such wheel"):
        run(["sh", "-c", "echo no such wheel >&2; exit 3"], cwd=tmp_path)


def test_a_mirror_set_for_pip_holds_for_uv() -> None:
    listing = "\n".join(
        [
            "global.index-url='https://mirror.example/simple'",
            "global.extra-index-url='https://one.example/simple https://two.example/simple'",
            "install.find-links='/srv/wheels'",
            "global.cert='/etc/town.pem'",
            ":env:.index-url='https://inner.example/simple'",
            "global.timeout='60'",
        ]
    )
    env = uv_environment(pip_settings(listing))
    assert env["UV_DEFAULT_INDEX"] == "https://inner.example/simple"
    assert env["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert env["UV_FIND_LINKS"] == "/srv/wheels"
    assert env["SSL_CERT_FILE"] == "/etc/town.pem"
    assert "UV_NO_INDEX" not in env


def test_without_settings_for_pip_uv_keeps_its_own_index() -> None:
    assert "UV_DEFAULT_INDEX" not in uv_environment(pip_settings(""))


def test_the_command_starts_from_a_folder_with_a_blank_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "a town"
    folder.mkdir()
    python = folder / "python"
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    python.chmod(0o755)
    launcher = folder / "allmende"
    launcher.write_text(LAUNCHER.format(python=python))
    launcher.chmod(0o755)
    assert run([launcher, "check", "two words"], cwd=tmp_path) == f"{launcher}|check|two words|"
    compile(launcher.read_text(), "allmende", "exec")
