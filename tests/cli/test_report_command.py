from __future__ import annotations

import stat
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import pytest

from hirelens_cli.errors import ExitCode


@pytest.fixture
def doors(app, monkeypatch):
    """The library, and what the page is made of."""
    app.answers["report"] = SimpleNamespace(record=SimpleNamespace(run="0123456789abcdef"))
    monkeypatch.setattr("hirelens_cli.rendering.report.page.report_html", lambda report: b"<!doctype html>")
    Path(".hirelens").mkdir()
    return app


def test_the_page_goes_into_the_workspace_and_its_place_is_printed(run, doors):
    ended = run("report")
    assert ended.code == ExitCode.DONE
    assert ended.out == ".hirelens/reports/0123456789abcdef.html\n"
    assert Path(ended.out.strip()).read_bytes() == b"<!doctype html>"
    assert stat.S_IMODE(Path(".hirelens/reports").stat().st_mode) == 0o700
    name, (settings,), more = doors.calls[0]
    assert (name, settings.blind) == ("report", True)
    assert (more["run"], more["job"], more["top"], more["pages"]) == (None, None, None, True)


def test_options_reach_the_library(run, doors):
    ended = run("report", "3fa9", "--job", "j.pdf", "--top", "5", "--identities", "--no-pages")
    assert ended.out == ".hirelens/reports/0123456789abcdef-identities.html\n"
    _, (settings,), more = doors.calls[0]
    assert settings.blind is False
    assert (more["run"], more["job"], more["top"], more["pages"]) == ("3fa9", "j.pdf", 5, False)


def test_a_file_or_stdout_may_be_named(run, doors):
    assert run("report", "-o", "a.html").out == "a.html\n"
    assert Path("a.html").read_bytes() == b"<!doctype html>"
    assert run("report", "-o", "-").out == "<!doctype html>"
    assert run("report", "-o", "nowhere/a.html").code == ExitCode.OUTPUT


def test_it_is_shown_on_request(run, doors, monkeypatch):
    shown = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(shown.append(url)) or len(shown) > 1)
    assert "no browser was found; open a.html yourself" in run("report", "-o", "a.html", "--open").err
    assert run("report", "-o", "a.html", "--open").err == ""
    assert shown == [Path("a.html").resolve().as_uri()] * 2


def test_rank_writes_and_shows_a_blind_report(run, doors, monkeypatch):
    shown = []
    monkeypatch.setattr(webbrowser, "open", lambda url: shown.append(url) or True)
    assert run("rank", "a", "--job", "j", "-o", "x.html").code == ExitCode.UNSCREENED
    assert Path("x.html").read_bytes() == b"<!doctype html>"
    ended = run("rank", "a", "--job", "j", "--open", "--allow-unscreened")
    assert "Amara" in ended.out
    assert shown == [Path(".hirelens/reports/rrrrrrrrrrrrrrrr.html").resolve().as_uri()]
    reports = [call for call in doors.calls if call[0] == "report"]
    assert [(settings.blind, more["run"]) for _, (settings,), more in reports] == [(True, "r" * 16)] * 2


def test_a_build_server_gets_junit(run, app):
    ended = run("rank", "a", "--job", "j", "-o", "tests.xml")
    assert ended.code == ExitCode.UNSCREENED
    assert 'failures="1"' in Path("tests.xml").read_text()
    assert 'skipped="1"' in run("rank", "a", "--job", "j", "--format", "junit", "--allow-unscreened").out
