from __future__ import annotations

from hirelens_cli.model.evaluations import Estimate, LabelCounts, TunedRun, Tuning


def tuned(low: float) -> TunedRun:
    one = Estimate(0.5, 0.4, 0.6)
    weights = Tuning(6, (40.0, 25.0, 20.0, 15.0), (30.0, 30.0, 20.0, 20.0), one, one, Estimate(0.05, low, 0.09))
    return TunedRun("r1", "static", "map", LabelCounts(9, 9, 0, 0), weights)


def test_weights_are_proposed_and_written_where_they_are_worth_it(app, run, tmp_path):
    app.answers["tune"] = tuned(0.01)
    file = tmp_path / "tuned.toml"
    ended = run("tune", "labels.csv", "--metric", "map", "-o", str(file))
    assert ended.code == 0
    assert "worth a trial" in " ".join(ended.out.split())
    assert "experience = 30.0" in file.read_text()


def test_nothing_is_written_where_they_are_not(app, run, tmp_path):
    app.answers["tune"] = tuned(-0.01)
    file = tmp_path / "tuned.toml"
    ended = run("tune", "labels.csv", "-o", str(file))
    assert ended.code == 0
    assert "was not written" in ended.err
    assert not file.exists()
