"""What is in hirelens.duckdb, said once: tables, stable views, macros, and a comment on each and on every column."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 5
"""Grows with every change of the file; a file with a higher one is refused."""


@dataclass(frozen=True, slots=True)
class View:
    """A promise: its columns keep name, type and meaning for as long as its name begins with v1_."""

    name: str
    comment: str
    query: str
    columns: tuple[tuple[str, str], ...]
    """(name, comment), in order."""


_RUN = ("run", "the run; the same inputs, configuration and as-of date give the same id")
_CANDIDATE = ("candidate", "id of the document: the first 16 hex digits of the SHA-256 of its bytes")
_JOB = ("job", "name of the job's file")
_SCORING = ("scoring", "of the code and settings that made the scores: only scores with the same one may be compared")

VIEWS: tuple[View, ...] = (
    View(
        "v1_runs",
        "one row per run",
        "SELECT run, as_of, config, embedder, version, found, scored, unscreened, duplicates, digest, tenant,"
        " region, scores_fingerprint AS scoring FROM runs",
        (
            _RUN,
            ("as_of", "the date that stood for today"),
            ("config", "hash of the settings that bear on scores"),
            ("embedder", "which model matched by meaning"),
            ("version", "version of hirelens"),
            ("found", "documents found: scored + unscreened + duplicates"),
            ("scored", "documents scored"),
            ("unscreened", "documents that could not be screened, each with a reason in v1_documents"),
            ("duplicates", "further paths of the same bytes"),
            ("digest", "SHA-256 over the run's tables; equal work has an equal digest"),
            ("tenant", "whose data it is; empty where none was named"),
            ("region", "where the data belongs; empty where none was named"),
            _SCORING,
        ),
    ),
    View(
        "v1_documents",
        "one row per run and distinct document",
        "SELECT run, candidate, status, message, hint, as_of, bytes, copies FROM documents",
        (
            _RUN,
            _CANDIDATE,
            ("status", "scored, or why it was not: encrypted, malformed, empty, image_only, ..."),
            ("message", "the reason in words"),
            ("hint", "what can be done about it"),
            ("as_of", "the date that stood for today when it was understood"),
            ("bytes", "size of the file"),
            ("copies", "paths at which the same bytes were found"),
        ),
    ),
    View(
        "v1_candidates",
        "one row per run and document that was understood",
        "SELECT c.run, left(c.doc_id, 16) AS candidate, language, months_total, seniority, degree_level, confidence"
        " FROM candidates c",
        (
            _RUN,
            _CANDIDATE,
            ("language", "ISO 639-1 code of the resume"),
            ("months_total", "months of experience, overlaps counted once"),
            (
                "seniority",
                "of the latest title: 0 unsaid, 1 intern, 2 junior, 3 mid, 4 senior, 5 lead, 6 manager, 7 director, 8 executive",
            ),
            (
                "degree_level",
                "highest: 0 unknown, 1 school, 2 vocational or associate, 3 bachelor, 4 master, 5 doctorate",
            ),
            ("confidence", "how far the reading can be trusted: high, medium, low"),
        ),
    ),
    View(
        "v1_skills",
        "one row per run, candidate and skill",
        "SELECT run, left(doc_id, 16) AS candidate, skill, how, months, last_used, fuzzy FROM skills",
        (
            _RUN,
            _CANDIDATE,
            ("skill", "canonical name, or the words as written where unlisted"),
            (
                "how",
                "used (in dated work), stated, implied, unlisted, pursued (a certificate still prepared for), denied, or employer (only a firm's name)",
            ),
            ("months", "merged months of the positions that show it"),
            ("last_used", "last month of those, YYYY-MM"),
            ("fuzzy", "found only after mending a typing error"),
        ),
    ),
    View(
        "v1_positions",
        "one row per run, candidate and position",
        "SELECT run, left(doc_id, 16) AS candidate, position, title, family, employer, start_month, end_month,"
        " current, months FROM positions",
        (
            _RUN,
            _CANDIDATE,
            ("position", "0-based place in the resume"),
            ("title", "as written"),
            ("family", "family of the title, empty where unknown"),
            ("employer", "as written"),
            ("start_month", "YYYY-MM"),
            ("end_month", "YYYY-MM; the as-of month for a current position"),
            ("current", "still held"),
            ("months", "inclusive months"),
        ),
    ),
    View(
        "v1_education",
        "one row per run, candidate and degree or course",
        "SELECT run, left(doc_id, 16) AS candidate, degree, level, field, institution, year FROM education",
        (
            _RUN,
            _CANDIDATE,
            ("degree", "as written"),
            ("level", "0 unknown, 1 school, 2 vocational or associate, 3 bachelor, 4 master, 5 doctorate"),
            ("field", "field of study"),
            ("institution", "school or university"),
            ("year", "of the degree"),
        ),
    ),
    View(
        "v1_jobs",
        "one row per run and job",
        "SELECT run, job, job_id, title, pool FROM jobs",
        (
            _RUN,
            _JOB,
            ("job_id", "SHA-256 of the job's file"),
            ("title", "title of the job"),
            ("pool", "candidates scored for it"),
        ),
    ),
    View(
        "v1_requirements",
        "one row per run, job and requirement",
        "SELECT r.run, j.job, requirement, criterion, kind, text, must, (weight * 0.01)::DECIMAL(6, 2) AS weight, knockout"
        " FROM requirements r JOIN jobs j USING (run, job_id)",
        (
            _RUN,
            _JOB,
            ("requirement", "0-based number within the job"),
            ("criterion", "skills, experience, projects or domain; empty for questions, which are never scored"),
            ("kind", "skill, certificate, language, years, seniority, degree, title, responsibility, domain, question"),
            ("text", "what is asked"),
            ("must", "required rather than preferred"),
            ("weight", "applied weight in points; a job's weights sum to 100"),
            ("knockout", "marked by the user: who shows no evidence of it ranks below all others"),
        ),
    ),
    View(
        "v1_scores",
        "one row per run, job and candidate that was scored",
        "SELECT s.run, j.job, left(s.doc_id, 16) AS candidate, rank, (score * 0.01)::DECIMAL(6, 2) AS score, percentile,"
        " (low * 0.01)::DECIMAL(6, 2) AS low, (high * 0.01)::DECIMAL(6, 2) AS high, first_place, last_place,"
        " knocked_out, stage, r.scores_fingerprint AS scoring"
        " FROM scores s JOIN jobs j USING (run, job_id) JOIN runs r USING (run)",
        (
            _RUN,
            _JOB,
            _CANDIDATE,
            ("rank", "1 is best"),
            ("score", "0 to 100, the sum of the parts' points"),
            ("percentile", "share of the job's candidates with a score at or below this one's, 0 to 100"),
            ("low", "lowest that the score is taken to be when weights, demands and likeness are shaken"),
            ("high", "highest that the score is taken to be"),
            ("first_place", "first place of the tie band: the scores do not tell its candidates apart"),
            ("last_place", "last place of the tie band; equal to first_place where nobody shares it"),
            ("knocked_out", "ranked below the others: no evidence of a requirement that the user marked as a knockout"),
            ("stage", "of a cascade, the stage that scored the candidate last, 1 or 2; 0 without a cascade"),
            _SCORING,
        ),
    ),
    View(
        "v1_parts",
        "one row per run, job, candidate and scored requirement: where the score comes from",
        "SELECT p.run, j.job, left(p.doc_id, 16) AS candidate, p.requirement, r.criterion, r.text, r.must,"
        " (r.weight * 0.01)::DECIMAL(6, 2) AS weight, (p.value * 0.001)::DECIMAL(4, 3) AS value,"
        " (p.points * 0.01)::DECIMAL(6, 2) AS points"
        " FROM parts p JOIN jobs j USING (run, job_id) JOIN requirements r USING (run, job_id, requirement)",
        (
            _RUN,
            _JOB,
            _CANDIDATE,
            ("requirement", "0-based number within the job"),
            ("criterion", "skills, experience, projects or domain"),
            ("text", "what is asked"),
            ("must", "required rather than preferred"),
            ("weight", "points that could be had"),
            ("value", "how far it is met, 0 to 1"),
            ("points", "weight times value, rounded to a hundredth"),
        ),
    ),
    View(
        "v1_evidence",
        "the redacted lines behind the parts, for the candidates of the shortlist",
        'SELECT e.run, j.job, left(e.doc_id, 16) AS candidate, requirement, reason, page, start, "end", text'
        " FROM evidence e JOIN jobs j USING (run, job_id)",
        (
            _RUN,
            _JOB,
            _CANDIDATE,
            ("requirement", "0-based number within the job"),
            ("reason", "why the value is what it is"),
            ("page", "1-based"),
            ("start", "first character in the redacted text"),
            ("end", "one past the last"),
            ("text", "the redacted line"),
        ),
    ),
    View(
        "v1_explanations",
        "plain words for the candidates of the shortlist",
        "SELECT e.run, j.job, left(e.doc_id, 16) AS candidate, confidence, summary, strengths, gaps, recommendations,"
        " flags, knockouts FROM explanations e JOIN jobs j USING (run, job_id)",
        (
            _RUN,
            _JOB,
            _CANDIDATE,
            ("confidence", "high, medium or low"),
            ("summary", "one sentence"),
            ("strengths", "what speaks for the candidate, each with its line"),
            ("gaps", "what is missing and what it cost"),
            ("recommendations", "what to ask or check"),
            ("flags", "what a person should look at, such as hidden_text"),
            ("knockouts", "must-have requirements without any evidence"),
        ),
    ),
    View(
        "v1_decisions",
        "one row per decision of a person, from the ledger",
        "SELECT decided_at, who, run, job, candidate, decision, reason, rank, (score * 0.01)::DECIMAL(6, 2) AS score, digest"
        " FROM decisions",
        (
            ("decided_at", "UTC, ISO 8601"),
            ("who", "the person who decided"),
            ("run", "the run whose shortlist was seen"),
            _JOB,
            ("candidate", "as in v1_scores; NULL once erased"),
            ("decision", "advance, hold or reject"),
            ("reason", "as given, without the candidate's name; NULL once erased"),
            ("rank", "the place that was seen; NULL once erased"),
            ("score", "the score that was seen, 0 to 100; NULL once erased"),
            ("digest", "SHA-256 over the tables of the run that was seen"),
        ),
    ),
    View(
        "v1_issues",
        "what was found about documents while reading them",
        "SELECT run, left(doc_id, 16) AS candidate, code, severity, message FROM issues",
        (
            _RUN,
            _CANDIDATE,
            ("code", "stable word, such as hidden_text"),
            ("severity", "info, warning or error"),
            ("message", "in words; never quotes the document"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Macro:
    """A table macro, kept like a view."""

    signature: str
    comment: str
    query: str
    columns: tuple[tuple[str, str], ...]
    """(name, comment), in order."""
    example: str
    """A call of it."""

    @property
    def name(self) -> str:
        """Without its parameters."""
        return self.signature.partition("(")[0]


_SHOWN = {view.name: view.columns for view in VIEWS}

MACROS: tuple[Macro, ...] = (
    Macro(
        "v1_shortlist(job_name, k)",
        "the k best candidates of the latest run with that job, as in v1_scores",
        (
            "SELECT s.* FROM v1_scores s WHERE s.job = job_name AND s.run ="
            " (SELECT run FROM latest_runs l WHERE l.job = job_name) AND s.rank <= k ORDER BY s.rank"
        ),
        _SHOWN["v1_scores"],
        "v1_shortlist('job.txt', 5)",
    ),
    Macro(
        "v1_explain(candidate_id, job_name)",
        "every part of one candidate's score in the latest run with that job, as in v1_parts, with the lines that earned it",
        (
            "SELECT p.*, (SELECT list(e.text ORDER BY e.page, e.start) FROM v1_evidence e WHERE (e.run, e.job,"
            " e.candidate, e.requirement) = (p.run, p.job, p.candidate, p.requirement)) AS evidence FROM v1_parts p"
            " WHERE starts_with(p.candidate, candidate_id) AND p.job = job_name AND p.run ="
            " (SELECT run FROM latest_runs l WHERE l.job = job_name) ORDER BY p.requirement"
        ),
        (*_SHOWN["v1_parts"], ("evidence", "redacted lines, where the candidate was shortlisted")),
        "v1_explain('3f', 'job.txt')",
    ),
)
