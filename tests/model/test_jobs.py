from __future__ import annotations

from hirelens_cli.model.jobs import CRITERION_OF, Criterion, RequirementKind


def test_every_kind_is_scored_under_one_criterion_but_questions():
    assert set(CRITERION_OF) == set(RequirementKind)
    assert {kind for kind, criterion in CRITERION_OF.items() if criterion is None} == {RequirementKind.QUESTION}
    assert set(CRITERION_OF.values()) - {None} == set(Criterion)
