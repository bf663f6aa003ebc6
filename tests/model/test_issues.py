from __future__ import annotations

from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed


def test_a_value_has_no_status():
    assert Outcome(1, (Issue("hidden_text", Severity.WARNING, "d", "m"),)).status is None


def test_the_first_error_is_the_status():
    warning = Issue("empty", Severity.WARNING, "d", "m")
    error = Issue("encrypted", Severity.ERROR, "d", "m")
    assert Outcome(None, (warning, error)).status is Status.ENCRYPTED
    assert Outcome(None, (warning,)).status is Status.UNREADABLE
    assert Outcome(None).status is Status.UNREADABLE


def test_failed():
    outcome: Outcome[int] = failed(Status.TIMEOUT, "d", "took too long", "try less")
    assert (outcome.value, outcome.status, outcome.issues[0].hint) == (None, Status.TIMEOUT, "try less")


def test_the_words_are_public():
    assert [status.value for status in Status] == [
        *("encrypted", "malformed", "empty", "image_only", "unreadable", "too_large", "timeout", "memory", "crashed"),
        *("unsupported", "not_a_resume", "erased", "expired"),
    ]
