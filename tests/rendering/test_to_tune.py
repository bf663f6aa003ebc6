from __future__ import annotations

import json
import tomllib

from hirelens_cli.model.evaluations import Estimate, LabelCounts, TunedRun, Tuning
from hirelens_cli.rendering.to_tune import tune_json, tune_panels, tuned_config

NOTHING = Estimate(float("nan"), float("nan"), float("nan"))
WEIGHTS = (40.0, 25.0, 20.0, 15.0)


def tuned(gain: Estimate, proposed: tuple[float, ...] = (30.0, 30.0, 20.0, 20.0)) -> TunedRun:
    before = NOTHING if gain is NOTHING else Estimate(0.5, 0.4, 0.6)
    return TunedRun("r1", "static", "map", LabelCounts(9, 9, 0, 0), Tuning(6, WEIGHTS, proposed, before, before, gain))


def test_a_gain_above_nought_is_worth_a_trial() -> None:
    found = tuned(Estimate(0.05, 0.01, 0.09))
    (panel,) = tune_panels(found)
    assert panel.rows[0] == ("skills", "40", "30")
    assert "+0.050 [+0.010, +0.090]" in panel.notes[1]
    assert "worth a trial" in panel.notes[2]
    assert tomllib.loads(tuned_config(found).decode()) == {
        "weights": {"skills": 30.0, "experience": 30.0, "projects": 20.0, "domain": 20.0}
    }
    assert json.loads(tune_json(found))["recommended"] is True


def test_an_interval_with_nought_keeps_the_weights() -> None:
    assert "keep the present weights" in tune_panels(tuned(Estimate(0.05, -0.01, 0.09)))[0].notes[2]


def test_too_few_labels_are_said_to_be() -> None:
    found = tuned(NOTHING, WEIGHTS)
    (panel,) = tune_panels(found)
    assert "Too few" in panel.notes[1]
    assert {row[2] for row in panel.rows} == {"-"}
    record = json.loads(tune_json(found))
    assert record["weights"][0] == {"criterion": "skills", "present": 40.0, "proposed": None}
    assert record["gain"] == {"value": None, "low": None, "high": None}
