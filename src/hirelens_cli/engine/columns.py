"""Profiles to columns: one row per candidate, each table of its facts as parallel lists, ready to be unnested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

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
    TERMS,
    Pool,
)
from hirelens_cli.profiles.passages import tells
from hirelens_cli.profiles.titles import close_families, seniority, title_family
from hirelens_cli.profiles.tokens import terms

NESTED: dict[str, pl.Schema] = {
    "skills": SKILLS,
    "positions": POSITIONS,
    "education": EDUCATION,
    "languages": LANGUAGES,
    "passages": PASSAGES,
    "terms": TERMS,
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
        **_nested_schema(),
    }
)
"""One row per profile: `record` is the profile without its identity, `identity` who it is, both as JSON."""


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
    ]
    for rows, schema in zip(_tables(profile), NESTED.values(), strict=True):
        width = len(schema) - 1
        row += [[item[column] for item in rows] for column in range(width)]
    return row


def _tables(profile: Profile) -> tuple[list[Row], ...]:
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
            shingles(item.text),
        )
        for index, item in enumerate(profile.passages)
    ]
    first = {item.text: index for index, item in reversed(list(enumerate(profile.passages)))}
    found: list[Row] = [
        (term, count, index)
        for text, index in sorted(first.items(), key=lambda item: item[1])
        for term, count in terms(text).items()
    ]
    return skills, positions, education, languages, passages, found


def best_mention(skill: SkillUse, positions: Sequence[Position]) -> Span:
    """The mention to show for a skill: the first inside a dated position, else the first of all."""
    for index in skill.positions:
        inside = positions[index].span
        for span in skill.spans:
            if positions[index].months and inside.start <= span.start < inside.end:
                return span
    return skill.spans[0] if skill.spans else Span(0, 0)


def unnest(profiles: pl.DataFrame, table: str) -> pl.DataFrame:
    """One of the NESTED tables of PROFILE_PART rows, in the order of the rows."""
    schema = NESTED[table]
    names = [column for column in schema if column != "doc_id"]
    nested = [f"{table}.{column}" for column in names]
    return (
        profiles.select("doc_id", *nested)
        .filter(pl.col(nested[0]).list.len() > 0)
        .explode(nested)
        .rename(dict(zip(nested, names, strict=True)))
        .select(list(schema))
    )


def pool_of(profiles: pl.DataFrame, vectors: NDArray[np.float32]) -> Pool:
    """The Pool of PROFILE_PART rows sorted by doc_id; `vectors` are those of their passages, in order."""
    return Pool(
        candidates=profiles.select(list(CANDIDATES)),
        skills=unnest(profiles, "skills"),
        positions=unnest(profiles, "positions"),
        education=unnest(profiles, "education"),
        languages=unnest(profiles, "languages"),
        passages=unnest(profiles, "passages"),
        terms=unnest(profiles, "terms"),
        vectors=vectors,
    )
