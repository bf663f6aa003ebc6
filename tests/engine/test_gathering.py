"""What is said of shards that are not whole."""

from __future__ import annotations

from hirelens_cli.engine.gathering import CHANGED, FOREIGN, NOT_RUN, lacking_text


def test_shards_are_named_by_reason_and_in_ranges() -> None:
    lacking = {1: NOT_RUN, 2: NOT_RUN, 3: CHANGED, 4: NOT_RUN, 7: FOREIGN, 8: FOREIGN, 9: FOREIGN}
    assert lacking_text(lacking) == "not run: 1-2, 4; parts missing or changed: 3; made by another version: 7-9"
