from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hirelens_cli.embeddings.passages import embedded_text, job_lines, job_shingles, job_texts, job_vectors, shingles
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.profiles.tokens import terms

JOB = Job(
    job_id="j",
    name="j.txt",
    title="Line Cook",
    seniority=0,
    text="We need a cook.\nPrepare dishes and keep the kitchen clean; order food.",
    source_text="About us: a small inn by the lake.\nWe need a cook.\nPrepare dishes and keep the kitchen clean; order food.",
    requirements=(
        Requirement("Knife skills or butchery", RequirementKind.SKILL, True, None, any_of=("Knife skills", "Butchery")),
        Requirement("2 years", RequirementKind.YEARS, True, None, minimum=24),
        Requirement("Prepare dishes", RequirementKind.RESPONSIBILITY, False, None),
    ),
)


class Counting:
    """Vectors that tell which text they are of."""

    name, fingerprint, dimensions = "counting", "counting/1", 4

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        rows = np.zeros((len(texts), 4), np.float32)
        for row, text in enumerate(texts):
            if text:
                rows[row, len(text) % 4] = 1.0
        return rows


def test_placeholders_and_line_breaks_are_not_embedded() -> None:
    assert embedded_text("[name] wrote to\n [email]  daily [date of birth]") == "wrote to daily"
    assert embedded_text("arr[i] and [42] stay, [Name] too") == "arr[i] and [42] stay, [Name] too"


def test_a_job_is_texts_in_order() -> None:
    texts = job_texts(JOB)
    assert len(texts) == len(JOB.requirements) + 2
    assert texts[0] == "Knife skills, Butchery"
    assert texts[1] == "", "years are not matched by meaning"
    assert texts[-2:] == ("Line Cook", " ".join(JOB.text.split()))


def test_job_vectors_line_up_with_the_requirements() -> None:
    embedder = Counting()
    vectors = job_vectors(JOB, embedder, terms)
    assert vectors.requirements.shape == (3, 4)
    assert not vectors.requirements[1].any()
    assert vectors.lines is not None
    assert len(vectors.lines) == len(job_lines(JOB.text)) == 2
    assert vectors.requirement_terms[2] == tuple(sorted(terms("Prepare dishes")))
    assert dict(vectors.terms) == terms(JOB.text)
    assert set(shingles("a small inn by the lake")) <= set(vectors.shingles), "boilerplate can be pasted too"
    before = len(embedder.seen)
    job_vectors(JOB, embedder, terms)
    assert len(embedder.seen) - before == 7, "the background is embedded once per embedder"


def test_a_job_without_text_or_requirements() -> None:
    empty = Job("j", "j.txt", "", 0, "", "", ())
    vectors = job_vectors(empty, Counting(), terms)
    assert vectors.requirements.shape == (0, 4)
    assert not vectors.whole.any()
    assert vectors.shingles == ()


def test_lines_are_different_sentences_of_three_words_or_more() -> None:
    assert job_lines("One two three. One two three.\nfour five\n• six seven; eight nine ten") == (
        "One two three.",
        "• six seven;",
        "eight nine ten",
    )
    assert len(job_lines("\n".join(f"sentence number {n}" for n in range(500)))) == 64


@given(st.text(alphabet="ab c\n.,-", max_size=200))
def test_shingles_do_not_depend_on_layout(text: str) -> None:
    assert shingles(text) == shingles("  ".join(text.upper().split()))


def test_shingles_of_short_texts() -> None:
    assert shingles("--") == ()
    assert len(shingles("three words only")) == 1
    assert len(shingles("exactly four words here")) == 1
    assert set(shingles("keep the kitchen")) <= set(job_shingles("You will keep the kitchen clean."))
