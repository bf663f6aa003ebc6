"""Profiles to columns: one row per candidate, each table of its facts as parallel lists, ready to be unnested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from hirelens_cli.embeddings.passages import shingles
from hirelens_cli.model.codec import encode
from hirelens_cli.model.documents import Span
from hirelens_cli.model.profiles import Identity, Month, Position, Profile, SkillUse
from hirelens_cli.model.tables import (
    CANDIDATES,
    EDUCATION,
    LANGUAGES,
    PASSAGES,
    POSITIONS,
    SKILLS,
    Hashes,
    Pool,
    Vectors,
)
from hirelens_cli.profiles.passages import tells
from hirelens_cli.profiles.titles import close_families, seniority, title_family
from hirelens_cli.profiles.tokens import terms
from hirelens_cli.scores.lexical import term_hash

NESTED: dict[str, pl.Schema] = {
    "skills": SKILLS,
    "positions": POSITIONS,
    "education": EDUCATION,
    "languages": LANGUAGES,
    "passages": PASSAGES,
}
"""The tables that hang on a candidate."""

Row = tuple[object, ...]


def _nested_schema() -> dict[str, pl.DataType]:
    columns: dict[str, pl.DataType] = {}
    for table, schema in NESTED.items():
        for column, kind in schema.items():
            if column != "doc_id":
                columns[f"{table}.{column}"] = pl.List(kind)
    return columns


PROFILE_PART = pl.Schema(
    {
        "key": pl.String(),
        **CANDIDATES,
        "passages_hash": pl.String(),
        "record": pl.Binary(),
        "identity": pl.Binary(),
        "terms": pl.Binary(),
        "shingles": pl.Binary(),
        **_nested_schema(),
    }
)
"""One row per profile: `record` is the profile without its identity, `identity` who it is, both as JSON; `terms` and `shingles`
are the hashes of all its passages, one after the other, as little-endian 32-bit integers: a tenth of the time of lists."""


ONLY_SHOWN = frozenset(
    {
        "record",
        "identity",
        "language",
        "confidence",
        "skills.end",
        "positions.index",
        "positions.employer",
        "positions.current",
        "positions.end",
        "education.institution",
        "education.year",
        "education.end",
        "languages.end",
        "passages.index",
        "passages.section",
    }
)
"""Columns that no score depends on: to rank, a pool does without them, and a third of the reading is saved."""


def profile_key(doc_id: str, as_of: str, digest: str) -> str:
    """What a profile answers to: the same document read otherwise, or understood as of another day, is another profile."""
    return f"{doc_id}@{as_of}~{digest}"


def profile_rows(profiles: Iterable[tuple[str, Profile, Month]]) -> pl.DataFrame:
    """PROFILE_PART for profiles, each with its key and the month as of which it was understood."""
    columns: dict[str, list[object]] = {name: [] for name in PROFILE_PART}
    for key, profile, month in profiles:
        for name, value in zip(PROFILE_PART, _row(key, profile, month), strict=True):
            columns[name].append(value)
    return pl.DataFrame(columns, schema=PROFILE_PART)


def passages_hash(texts: Iterable[str]) -> str:
    """Changes when what is embedded of a profile does."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def blind(profile: Profile) -> Profile:
    """The profile without identity, and without what depends on the file's bytes rather than on its redacted text."""
    return replace(profile, doc_id="", identity=Identity(), flags=())


def _row(key: str, profile: Profile, month: Month) -> list[object]:
    counts = terms(profile.text)
    levels = [item.level for item in profile.education]
    headline = profile.titles[0] if profile.titles else ""
    family = title_family(headline)
    fields = sorted({item.field.lower() for item in profile.education if item.field})
    said = _terms(profile)
    runs = [shingles(passage.text) for passage in profile.passages]
    row: list[object] = [
        key,
        profile.doc_id,
        hashlib.sha256(encode(blind(profile))).hexdigest(),
        profile.language,
        month,
        profile.months_total,
        seniority(headline),
        headline,
        [family, *close_families(family)] if family else [],
        max(levels, default=0),
        fields,
        sum(counts.values()),
        profile.quality.confidence,
        passages_hash(passage.text for passage in profile.passages),
        encode(replace(profile, identity=Identity())),
        encode(profile.identity),
        _packed(said),
        _packed(runs),
    ]
    for rows, schema in zip(_tables(profile, said, runs), NESTED.values(), strict=True):
        width = len(schema) - 1
        row += [[item[column] for item in rows] for column in range(width)]
    return row


def _terms(profile: Profile) -> list[tuple[int, ...]]:
    """The hashes of each passage's different terms; none where an earlier passage is the same."""
    first = {item.text: index for index, item in reversed(list(enumerate(profile.passages)))}
    return [
        tuple(term_hash(term) for term in terms(item.text)) if first[item.text] == index else ()
        for index, item in enumerate(profile.passages)
    ]


def _packed(hashes: Sequence[Sequence[int]]) -> bytes:
    return np.array([item for some in hashes for item in some], dtype="<u4").tobytes()


def _tables(profile: Profile, said: Sequence[Sequence[int]], runs: Sequence[Sequence[int]]) -> tuple[list[Row], ...]:
    """The rows of the NESTED tables, in their order, without doc_id."""
    skills: list[Row] = []
    for skill in profile.skills:
        span = best_mention(skill, profile.positions)
        skills.append((skill.skill, skill.how.value, skill.months, skill.last_used, skill.fuzzy, span.start, span.end))
    positions: list[Row] = [
        (
            index,
            item.title,
            title_family(item.title),
            seniority(item.title),
            item.employer,
            item.start,
            item.end,
            item.current,
            item.months,
            item.head.start,
            item.head.end,
        )
        for index, item in enumerate(profile.positions)
    ]
    education: list[Row] = [
        (item.degree, item.level, item.field, item.institution, item.year, item.span.start, item.span.end)
        for item in profile.education
    ]
    languages: list[Row] = [(item.language, item.level, item.span.start, item.span.end) for item in profile.languages]
    passages: list[Row] = [
        (
            index,
            item.section.value,
            item.position,
            item.span.start,
            item.span.end,
            tells(item, profile.positions),
            len(said[index]),
            len(runs[index]),
        )
        for index, item in enumerate(profile.passages)
    ]
    return skills, positions, education, languages, passages


def best_mention(skill: SkillUse, positions: Sequence[Position]) -> Span:
    """The mention to show for a skill: the first inside a dated position, else the first of all."""
    for index in skill.positions:
        inside = positions[index].span
        for span in skill.spans:
            if positions[index].months and inside.start <= span.start < inside.end:
                return span
    return skill.spans[0] if skill.spans else Span(0, 0)


def unnest(profiles: pl.DataFrame, table: str) -> pl.DataFrame:
    """One of the NESTED tables of PROFILE_PART rows, in the order of the rows, with those of its columns that are there."""
    names = [column for column in NESTED[table] if f"{table}.{column}" in profiles.columns]
    nested = [f"{table}.{column}" for column in names]
    return (
        profiles.select("doc_id", *nested)
        .filter(pl.col(nested[0]).list.len() > 0)
        .explode(nested)
        .rename(dict(zip(nested, names, strict=True)))
        .select("doc_id", *names)
    )


def pool_of(profiles: pl.DataFrame, vectors: Vectors) -> Pool:
    """The Pool of PROFILE_PART rows; `vectors` are those of their passages, in order."""
    passages = unnest(profiles, "passages")
    return Pool(
        candidates=profiles.select([column for column in CANDIDATES if column in profiles.columns]),
        skills=unnest(profiles, "skills"),
        positions=unnest(profiles, "positions"),
        education=unnest(profiles, "education"),
        languages=unnest(profiles, "languages"),
        passages=passages,
        terms=_unpacked(profiles["terms"], passages["terms"]),
        shingles=_unpacked(profiles["shingles"], passages["shingles"]),
        vectors=vectors,
    )


def _unpacked(packed: pl.Series, counts: pl.Series) -> Hashes:
    values = np.frombuffer(b"".join(packed), dtype="<u4").astype(np.uint32, copy=False)
    return Hashes(values, np.cumsum(counts.to_numpy(), dtype=np.int64))
