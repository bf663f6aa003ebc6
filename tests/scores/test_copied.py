from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from hirelens_cli.embeddings.passages import job_shingles, shingles
from hirelens_cli.model.tables import CANDIDATES, EDUCATION, LANGUAGES, PASSAGES, POSITIONS, SKILLS, Hashes, Pool
from hirelens_cli.scores.copied import copied_passages, without_copied
from hirelens_cli.scores.lexical import term_hash
from hirelens_cli.scores.rows import PoolRows, pool_rows

JOB = "Ferry Captain\nSteer the ferry across the bay in all weather\nKeep the log book in order\nRadio licence"
PASSAGES_OF = (
    ("Steered a tug in the harbour for nine years", "Steer the ferry across the bay, in all weather!", "Radio licence"),
    ("Radio licence", "Kept the log book in order on a trawler"),
    ("Steer the ferry across", "the bay in all weather. Keep the log", "Ferry Captain Ann"),
)


def hashes(passages: Sequence[Sequence[int]]) -> Hashes:
    return Hashes(
        np.array([item for some in passages for item in some], np.uint32), np.cumsum(list(map(len, passages)))
    )


def rows_of(*people: tuple[str, ...]) -> PoolRows:
    candidates = [(f"d{i}", f"h{i}", "en", 0, 0, 0, "", [], 0, [], 90, "high") for i in range(len(people))]
    passages, terms, runs, skills, positions, education = [], [], [], [], [], []
    for number, texts in enumerate(people):
        for at, text in enumerate(texts):
            start = 100 * at
            passages.append((f"d{number}", at, "other", None, start, start + 90, True, 0, 0))
            terms.append([term_hash(word.lower()) for word in dict.fromkeys(text.split())])
            runs.append(shingles(text))
            skills.append((f"d{number}", f"Skill {at}", "stated", 0, None, False, start + 5, start + 9))
            education.append((f"d{number}", "", 3, "", "", None, start + 5, start + 9))
            head = (start + 95, start + 98)
            positions += [(f"d{number}", at, "Mate", "", 0, "", 0, 0, False, months, *head) for months in (0, 12)]
    count = len(passages)
    return pool_rows(
        Pool(
            candidates=pl.DataFrame(candidates, schema=CANDIDATES, orient="row"),
            passages=pl.DataFrame(passages, schema=PASSAGES, orient="row"),
            terms=hashes(terms),
            shingles=hashes(runs),
            skills=pl.DataFrame(skills, schema=SKILLS, orient="row"),
            positions=pl.DataFrame(positions, schema=POSITIONS, orient="row"),
            education=pl.DataFrame(education, schema=EDUCATION, orient="row"),
            languages=pl.DataFrame(schema=LANGUAGES),
            vectors=np.eye(count, 16, dtype=np.float32) * 2047,
        )
    )


def test_the_jobs_wording_is_known_again_however_it_is_cut() -> None:
    rows = rows_of(*PASSAGES_OF)
    found = copied_passages(rows, job_shingles(JOB), ("ferry", "captain"))
    assert found.tolist() == [False, True, True, False, False, True, True, True]


def test_a_short_line_of_the_job_is_copied_only_beside_a_copied_one() -> None:
    """Whoever holds a radio licence may say so."""
    assert not copied_passages(rows_of(PASSAGES_OF[1]), job_shingles(JOB)).any()


def test_nothing_to_compare_with() -> None:
    assert not copied_passages(rows_of(*PASSAGES_OF), ()).any()
    rows = rows_of(PASSAGES_OF[1])
    assert without_copied(rows, job_shingles(JOB)) is rows


def test_what_rests_on_a_copied_passage_falls_with_it() -> None:
    rows = rows_of(*PASSAGES_OF)
    kept = without_copied(rows, job_shingles(JOB))
    assert kept.first.tolist() == [True, False, False, True, True, False, False, True]
    assert kept.skills.select("row", "skill").rows() == [
        (0, "skill 0"),
        (1, "skill 0"),
        (1, "skill 1"),
        (2, "skill 2"),
    ]
    assert kept.education.height == 4
    across, tug = (kept.terms.find(np.array([term_hash(word)], np.uint32))[1] for word in ("across", "tug"))
    assert 0 not in kept.passage_rows[across]
    assert tug.tolist() == [0]
    held = kept.positions.filter(pl.col("row") == 0)["months"].to_list()
    assert held == [12, 12, 12], "a dated position stays, a line between copied ones is none"
    assert kept.lengths[0] == 90 * 2047, "one line of 90 characters is left"
    assert kept.lengths[1] == rows.lengths[1]
