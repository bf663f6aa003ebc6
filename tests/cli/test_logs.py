"""stderr as JSON, and the metrics file beside it: a name never gets there, whatever is called after a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hirelens_cli.cli.main import main
from hirelens_cli.errors import ExitCode

CANARY = "Quackenbush"
RESUME = """Zebulon Quackenbush
zebulon.quackenbush@mail.example

Experience
Data Analyst, Quackenbush Limited
03/2019 - 02/2025
- Built reports in SQL and Python
"""


def lines_of(text: str) -> list[dict[str, object]]:
    """Every line as the object that it is."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a resume, a broken file and a manifest that names a third, all called after one person."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "Quackenbush.txt").write_text(RESUME)
    (tmp_path / "resumes" / "Quackenbush-scan.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "Quackenbush-job.txt").write_text("Data Analyst\n\nRequirements\n- SQL and Python\n")
    rows = ["file,applicant_id,job,received_on"]
    rows += [f"{name},Q1,Quackenbush-job.txt,2026-11-01" for name in ("Quackenbush.txt", "Quackenbush-2.pdf")]
    rows += ["Quackenbush-scan.pdf,Q2,Quackenbush-job.txt,2026-11-01"]
    (tmp_path / "manifest.csv").write_text("\n".join(rows) + "\n")
    return tmp_path


@pytest.mark.slow
def test_no_name_reaches_the_log_or_the_metrics(batch: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["rank", "resumes", "--job", "Quackenbush-job.txt", "--manifest", "manifest.csv", "--workers", "1"]
    more = ["--log-format", "json", "--metrics-file", "hirelens.prom", "--format", "json"]
    assert main([*words, *more]) == ExitCode.UNSCREENED
    out, err = capfd.readouterr()
    assert CANARY in out  # the result names the candidate
    events = lines_of(err)
    assert CANARY.lower() not in err.lower()
    assert {"stage started", "stage ended", "note", "ended"} == {event["event"] for event in events}
    assert {"note", "the manifest names {}, which is not there"} <= {
        str(value) for item in events for value in item.values()
    }
    last = events[-1]
    assert (last["command"], last["found"], last["scored"], last["unscreened_malformed"]) == ("rank", 2, 1, 1)
    assert last["run"] == json.loads(out)["run"]
    metrics = (batch / "hirelens.prom").read_text()
    assert CANARY.lower() not in metrics.lower()
    assert 'hirelens_unscreened_documents{status="malformed"} 1' in metrics
    assert "hirelens_run_done 1" in metrics
    assert 'hirelens_unit_seconds_count{stage="reading"} 3' in metrics  # two resumes and the job
    assert f'run="{last["run"]}"' in metrics


@pytest.mark.slow
def test_an_error_is_its_kind_alone(batch: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["rank", "Quackenbush", "--job", "Quackenbush-job.txt", "--log-format", "json"])
    assert code == ExitCode.INPUT
    events = lines_of(capfd.readouterr().err)
    assert events[-1] == {
        "time": events[-1]["time"],
        "level": "error",
        "event": "failed",
        "kind": "InputError",
        "exit_code": 4,
    }
    assert CANARY not in json.dumps(events)
    assert main(["rank", "Quackenbush", "--job", "Quackenbush-job.txt"]) == ExitCode.INPUT
    assert "Quackenbush" in capfd.readouterr().err  # words again


@pytest.mark.slow
def test_a_query_is_measured_where_that_is_asked(batch: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "resumes", "--job", "Quackenbush-job.txt", "-q", "--allow-unscreened"]) == ExitCode.DONE
    assert main(["sql", "SELECT count(*) FROM v1_runs", "--metrics-file", "sql.prom"]) == ExitCode.DONE
    text = (batch / "sql.prom").read_text()
    assert 'hirelens_task_seconds_count{stage="querying"} 1' in text
    assert 'hirelens_task_seconds{stage="querying",quantile="0.99"}' in text
    assert main(["sql", "SELECT nothing", "--metrics-file", "sql.prom"]) == ExitCode.USAGE
    assert "hirelens_run_done 0" in (batch / "sql.prom").read_text()


@pytest.mark.slow
def test_telemetry_can_be_configured_and_is_checked(batch: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["ingest", "resumes", "--allow-unscreened", "--config"]
    (batch / "c.toml").write_text('[telemetry]\nlog_format = "json"\nmetrics_file = "m.prom"\n')
    assert main([*words, "c.toml"]) == ExitCode.DONE
    assert lines_of(capfd.readouterr().err)[-1]["event"] == "ended"
    assert "hirelens_run_done 1" in (batch / "m.prom").read_text()
    for setting in ('log_format = "xml"', 'otlp = "localhost:4318"'):
        (batch / "c.toml").write_text(f"[telemetry]\n{setting}\n")
        assert main([*words, "c.toml"]) == ExitCode.USAGE
        assert setting.partition(" ")[0] in capfd.readouterr().err
