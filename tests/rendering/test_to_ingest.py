from __future__ import annotations

import json

from hirelens_cli.rendering.to_ingest import ReadCounts, ingest_json


def test_counts_say_read(shortlist):
    record = json.loads(ingest_json(shortlist.unscreened, ReadCounts(5, 3, 1, 1)))
    assert record["counts"] == {"found": 5, "read": 3, "unscreened": 1, "duplicates": 1}
    assert record["unscreened"][0]["resume"] == "ruth.pdf"
