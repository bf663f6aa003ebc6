from __future__ import annotations

import json

import pytest

from hirelens_cli.errors import ExitCode


@pytest.mark.slow
def test_other_limits_reach_the_library(run, app):
    app.answers["retry"] = app.shortlist
    ended = run("retry", "--cpu-seconds", "60", "--memory-mb", "2048", "--max-pages", "9", "--accept-any", "-f", "json")
    assert ended.code == ExitCode.UNSCREENED
    assert json.loads(ended.out)["counts"]["found"] == 5
    name, (config,), _ = app.calls[0]
    assert name == "retry"
    assert (config.limits.cpu_seconds, config.limits.memory_mb, config.limits.max_pages) == (60, 2048, 9)
    assert config.accept_any


def test_impossible_limits(run, app):
    assert run("retry", "--cpu-seconds", "0").code == ExitCode.USAGE


def test_ocr_is_a_number_of_pages_and_the_settings_may_name_another(run, app, tmp_path):
    app.answers["retry"] = app.shortlist
    settings = tmp_path / "settings.toml"
    settings.write_text("[limits]\nocr_pages = 40\n")
    for words, pages in (((), 0), (("--ocr",), 10), (("--ocr", "--config", str(settings)), 40)):
        run("retry", *words)
        assert app.calls[-1][1][0].limits.ocr_pages == pages
