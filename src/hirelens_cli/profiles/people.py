"""Files of one person: found and explained, never merged."""

from __future__ import annotations

import itertools
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from hirelens_cli.model.profiles import Position, Profile, month_text
from hirelens_cli.profiles.tokens import fold, tokenize

ALIKE = 0.7
"""Jaccard similarity of three-word shingles from which two texts are near-identical."""
SAME_NAME = 92.0
"""rapidfuzz's token-sort ratio from which two names are one; it needs a further agreement beside it."""
_PERMUTATIONS, _BANDS = 64, 16
"""16 bands of 4 rows find a pair of similarity .7 with probability 1 - (1 - .7^4)^16 = .99 (Broder 1997, LSH banding)."""
_PRIME = np.uint64(4_294_967_311)
_LARGEST_BLOCK = 200
"""A name word or a host that more files share says nothing."""
_MONTHS_APART = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Files that seem to be of one person."""

    doc_ids: tuple[str, ...]
    """Sorted."""
    reasons: tuple[str, ...]
    """What ties them: `same e-mail`, `same phone`, `near-identical text`, `same name and employer`, ..."""
    contradictions: tuple[str, ...]
    """Where the versions disagree, in words without identity."""


def same_person(profiles: Sequence[Profile]) -> tuple[Group, ...]:
    """The groups of two files or more that seem to be of one person, sorted; the order of `profiles` does not matter.

    Ties: the same e-mail or telephone number; near-identical redacted text; the same name together with an employer and
    start, a school, a link or an address.
    """
    by_id = {profile.doc_id: profile for profile in profiles}
    ordered = [by_id[doc_id] for doc_id in sorted(by_id)]
    ties: dict[tuple[int, int], set[str]] = defaultdict(set)
    for pair, reason in itertools.chain(_contacts(ordered), _texts(ordered), _names(ordered)):
        ties[pair].add(reason)
    groups = []
    for members in _connected(len(ordered), ties):
        inside = set(members)
        reasons = sorted({reason for (a, b), found in ties.items() if a in inside and b in inside for reason in found})
        people = [ordered[index] for index in members]
        groups.append(Group(tuple([person.doc_id for person in people]), tuple(reasons), _contradictions(people)))
    return tuple(groups)


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The sets of two or more that the pairs connect, each sorted, by their first member."""
    parent = list(range(count))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(count):
        members[root(index)].append(index)
    return [group for group in members.values() if len(group) > 1]


def _blocks(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key; a key that very many share is left out."""
    block: dict[str, list[int]] = defaultdict(list)
    for index, key in keys:
        block[key].append(index)
    for members in block.values():
        distinct = sorted(set(members))
        if len(distinct) <= _LARGEST_BLOCK:
            yield from itertools.combinations(distinct, 2)


def _contacts(profiles: Sequence[Profile]) -> Iterator[tuple[tuple[int, int], str]]:
    emails = ((index, email.casefold()) for index, profile in enumerate(profiles) for email in profile.identity.emails)
    for pair in _blocks(emails):
        yield pair, "same e-mail"
    phones = ((index, digits) for index, profile in enumerate(profiles) for digits in _phones(profile))
    for pair in _blocks(phones):
        yield pair, "same phone"


def _phones(profile: Profile) -> set[str]:
    """The last nine digits of each number: country codes and leading zeros are written or left out at will."""
    digits = ("".join(filter(str.isdigit, phone)) for phone in profile.identity.phones)
    return {number[-9:] for number in digits if len(number) >= 8}


def _texts(profiles: Sequence[Profile]) -> Iterator[tuple[tuple[int, int], str]]:
    shingles = [_shingles(profile.text) for profile in profiles]
    signatures = [_signature(found) for found in shingles]
    rows = _PERMUTATIONS // _BANDS
    bands = (
        (index, f"{band}:{signature[band * rows : (band + 1) * rows].tobytes().hex()}")
        for index, signature in enumerate(signatures)
        if len(shingles[index]) >= 20
        for band in range(_BANDS)
    )
    for first, second in sorted(set(_blocks(bands))):
        common = len(shingles[first] & shingles[second])
        if common >= ALIKE * (len(shingles[first]) + len(shingles[second]) - common):
            yield (first, second), "near-identical text"


def _shingles(text: str) -> set[int]:
    """The hashes of each three words in a row; CRC-32, so that every process gives the same."""
    words = [token.folded for token in tokenize(text)]
    return {zlib.crc32(" ".join(words[at : at + 3]).encode()) for at in range(max(0, len(words) - 2))}


def _signature(shingles: set[int]) -> NDArray[np.uint64]:
    """MinHash over 64 fixed linear permutations modulo a prime above 2^32."""
    if not shingles:
        return np.zeros(_PERMUTATIONS, dtype=np.uint64)
    values = np.fromiter(sorted(shingles), dtype=np.uint64, count=len(shingles))
    factors, offsets = _permutations()
    hashed = (values[:, None] * factors[None, :] + offsets[None, :]) % _PRIME
    return np.asarray(hashed.min(axis=0), dtype=np.uint64)


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors below 2^31, so that a product with a 32-bit value cannot overflow 64 bits."""
    generator = np.random.default_rng(20_261_101)
    factors = generator.integers(1, 2**31, _PERMUTATIONS, dtype=np.uint64)
    return factors, generator.integers(0, 2**32, _PERMUTATIONS, dtype=np.uint64)


def _names(profiles: Sequence[Profile]) -> Iterator[tuple[tuple[int, int], str]]:
    tokens = (
        (index, word) for index, profile in enumerate(profiles) for word in _name(profile).split() if len(word) > 2
    )
    for first, second in sorted(set(_blocks(tokens))):
        names = _name(profiles[first]), _name(profiles[second])
        if " " in names[0] and fuzz.token_sort_ratio(*names) >= SAME_NAME:
            agreement = _agreement(profiles[first], profiles[second])
            if agreement:
                yield (first, second), f"same name and {agreement}"


def _name(profile: Profile) -> str:
    return " ".join([token.folded for token in tokenize(profile.identity.name)])


def _agreement(one: Profile, two: Profile) -> str:
    """What two profiles share beside a name."""
    if set(_jobs(one)) & set(_jobs(two)):
        return "employer"
    if {_plain(link) for link in one.identity.links} & {_plain(link) for link in two.identity.links}:
        return "link"
    if _schools(one) & _schools(two):
        return "school"
    if {fold(place) for place in one.identity.addresses} & {fold(place) for place in two.identity.addresses}:
        return "address"
    return ""


def _jobs(profile: Profile) -> dict[tuple[str, int], Position]:
    return {
        (fold(position.employer), position.start): position
        for position in profile.positions
        if position.employer and position.start is not None
    }


def _schools(profile: Profile) -> set[tuple[str, int]]:
    return {(fold(item.institution), item.year) for item in profile.education if item.institution and item.year}


def _plain(link: str) -> str:
    return link.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _contradictions(people: Sequence[Profile]) -> tuple[str, ...]:
    """Differences between any two of the files that an honest update does not explain."""
    found: dict[str, None] = {}
    for one, two in itertools.combinations(people, 2):
        for text in _differences(one, two):
            found.setdefault(text)
    return tuple(found)


def _differences(one: Profile, two: Profile) -> Iterator[str]:
    first, second = _name(one), _name(two)
    if first and second and fuzz.token_sort_ratio(first, second) < SAME_NAME:
        yield "the names differ"
    levels = [max((item.level for item in profile.education), default=0) for profile in (one, two)]
    if min(levels) > 0 and levels[0] != levels[1]:
        yield f"the highest degrees differ: level {min(levels)} and level {max(levels)}"
    for mine in one.positions:
        theirs = _counterpart(mine, two.positions)
        if theirs is None:
            continue
        if fold(mine.title) != fold(theirs.title) and mine.title and theirs.title:
            yield f"titles at {mine.employer} differ: {mine.title!r} and {theirs.title!r}"
        ended = not (mine.current or theirs.current)
        if mine.start is None or theirs.start is None or mine.end is None or theirs.end is None:
            continue
        if abs(mine.start - theirs.start) > _MONTHS_APART or (ended and abs(mine.end - theirs.end) > _MONTHS_APART):
            yield f"dates at {mine.employer} differ: {_period(mine)} and {_period(theirs)}"


def _counterpart(position: Position, others: Sequence[Position]) -> Position | None:
    """The same job in another version: the only one at that employer, or the one that overlaps most."""
    same = [other for other in others if other.employer and fold(other.employer) == fold(position.employer)]
    if len(same) <= 1:
        return same[0] if same else None
    alike = [other for other in same if fold(other.title) == fold(position.title)]
    return alike[0] if len(alike) == 1 else None


def _period(position: Position) -> str:
    start = month_text(position.start) if position.start is not None else "?"
    end = "now" if position.current else month_text(position.end) if position.end is not None else "?"
    return f"{start} to {end}"
