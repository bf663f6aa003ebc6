"""The skills that are known: names, aliases with the policy under which each counts, what implies what.

The bundled data are line files under data/skills (see data/README.md for the format); users add files of their own.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from hirelens_cli.errors import InputError
from hirelens_cli.profiles.skill_data import Skill, SkillKind, parse_lines, split_marks
from hirelens_cli.profiles.tokens import singular, tokenize

__all__ = ["Alias", "Skill", "SkillKind", "Taxonomy", "load_taxonomy", "stems_of"]

_DATA = Path(__file__).parent / "data" / "skills"
_CLOSE = 80
"""Indel similarity, of 100, from which a name may be what was meant by another."""


class Alias(NamedTuple):
    """One way to write a skill, and when it counts."""

    skill: str
    text: str
    stems: tuple[str, ...]
    """Its tokens, folded and singular."""
    exact: bool = False
    """Only as written: same capitals."""
    listed: bool = False
    """Only as a short item of a list or of a skills section."""
    context: frozenset[str] = frozenset()
    """Where not empty: also, or without `listed` only, near one of these stems."""


def stems_of(text: str) -> tuple[str, ...]:
    """The tokens of `text`, folded and singular: what aliases are compared by."""
    if (
        text.isascii() and text.replace(" ", "").isalnum()
    ):  # three aliases of four; the tokeniser takes ten times as long
        return tuple([singular(word) if word[-1] == "s" else word for word in text.lower().split(" ") if word])
    return tuple([singular(token.folded) for token in tokenize(text)])


class Taxonomy:
    """All known skills, indexed for matching. Build it once per process; it never changes."""

    def __init__(self, skills: Iterable[Skill], fingerprint: str) -> None:
        merged = _merge(skills)
        self.skills: tuple[Skill, ...] = tuple(merged.values())
        """In the order of the files; a skill given twice is one skill with the aliases of both."""
        self.fingerprint = fingerprint
        """SHA-256 over the contents of every file, 64 hex digits."""
        self.table: dict[tuple[str, ...], tuple[Alias, ...]] = {}
        """Aliases by their stems; where one spelling names two skills, the gated alias comes first."""
        self.starts: dict[str, dict[str, tuple[int, ...]]] = {}
        """First stem to second stem to the numbers of tokens of the aliases that begin so, longest first.

        An alias of one token stands under the second stem ""."""
        self._by_name = merged
        self._implied: dict[str, tuple[str, ...]] = {}
        self._index()

    def _index(self) -> None:
        table = self.table
        for skill in self.skills:
            context = frozenset([stem for word in skill.context for stem in stems_of(word)])
            for written in (skill.mark + skill.name, *skill.aliases):
                alias = _alias(skill.name, written, context)
                if alias is None:
                    continue
                known = table.setdefault(alias.stems, (alias,))
                if known[0] is alias:
                    self._start(alias.stems)
                elif all(other.skill != alias.skill or other.text != alias.text for other in known):
                    gated = alias.exact or alias.listed or alias.context
                    table[alias.stems] = (alias, *known) if gated else (*known, alias)

    def _start(self, stems: tuple[str, ...]) -> None:
        seconds = self.starts.setdefault(stems[0], {})
        second, size = stems[1] if len(stems) > 1 else "", len(stems)
        sizes = seconds.get(second, ())
        if size not in sizes:
            seconds[second] = tuple(sorted((*sizes, size), reverse=True))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every stem of every alias: words that are no typing errors."""
        return frozenset([stem for stems in self.table for stem in stems])

    def canonical(self, name: str) -> Skill | None:
        """The skill of that canonical name or alias, whatever its case, policy and inflection; None where unknown."""
        found = self._by_name.get(name)
        if found is not None:
            return found
        aliases = self.table.get(stems_of(name), ())
        if not aliases:
            return None
        folded = name.casefold()
        closest = min(aliases, key=lambda alias: (alias.text != name, alias.text.casefold() != folded))
        return self._by_name[closest.skill]

    def nearest(self, name: str, most: int = 3) -> tuple[str, ...]:
        """The names and aliases spelled nearly as an unknown one, best first; none where nothing is close."""
        known = {alias.text.casefold(): alias.text for aliases in self.table.values() for alias in aliases}
        found = process.extract(name.casefold(), sorted(known), scorer=fuzz.ratio, limit=most, score_cutoff=_CLOSE)
        return tuple(known[text] for text, _, _ in found)

    def get(self, name: str) -> Skill | None:
        """The skill of exactly that canonical name."""
        return self._by_name.get(name)

    def is_credential(self, name: str) -> bool:
        """Whether the skill of that canonical name is a certificate or a licence: held or not, rather than used."""
        skill = self._by_name.get(name)
        return skill is not None and skill.kind in (SkillKind.CERTIFICATE, SkillKind.LICENCE)

    def implied(self, name: str) -> tuple[str, ...]:
        """The canonical names of all that `name` implies, directly or not, sorted; empty for an unknown name."""
        found = self._implied.get(name)
        if found is None:
            seen: set[str] = set()
            ahead = [name]
            while ahead:
                skill = self._by_name.get(ahead.pop())
                fresh = [item for item in (skill.implies if skill else ()) if item not in seen and item != name]
                seen.update(fresh)
                ahead += fresh
            found = self._implied[name] = tuple(sorted(seen))
        return found

    def related(self, name: str) -> tuple[str, ...]:
        """The canonical names of skills close to `name`, as the data say; empty for an unknown name."""
        skill = self._by_name.get(name)
        return skill.related if skill else ()


def _merge(skills: Iterable[Skill]) -> dict[str, Skill]:
    """By name; relations that point both ways or at unknown names are the data's business, not ours."""
    merged: dict[str, Skill] = {}
    for skill in skills:
        known = merged.get(skill.name)
        if known is None:
            merged[skill.name] = skill
        else:
            merged[skill.name] = Skill(
                skill.name,
                known.kind,
                known.field,
                tuple(dict.fromkeys((*known.aliases, *skill.aliases))),
                tuple(dict.fromkeys((*known.implies, *skill.implies))),
                tuple(dict.fromkeys((*known.related, *skill.related))),
                tuple(dict.fromkeys((*known.context, *skill.context))),
                known.mark,
            )
    return merged


def _alias(skill: str, written: str, context: frozenset[str]) -> Alias | None:
    marks, text = split_marks(written)
    stems = stems_of(text)
    if not stems or "-" in marks:
        return None
    if not marks:
        return Alias(skill, text, stems)
    return Alias(skill, text, stems, "=" in marks, "*" in marks, context if "?" in marks else frozenset())


def load_taxonomy(extra: Sequence[str] = ()) -> Taxonomy:
    """The bundled taxonomy and the user's files on top: TOML, CSV (ESCO-, O*NET- or Lightcast-shaped) or line files.

    Loaded once per process for the same contents. Raises InputError for a file that cannot be read or understood.
    """
    contents = []
    for name in extra:
        try:
            contents.append((name, Path(name).read_bytes()))
        except OSError as error:
            raise InputError(f"cannot read the skill file {name}", "check the path") from error
    return _load(tuple(contents))


@lru_cache(maxsize=4)
def _load(extra: tuple[tuple[str, bytes], ...]) -> Taxonomy:
    digest = hashlib.sha256()
    skills: list[Skill] = []
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of records that stay: the collector would take a third of the time for nothing
    try:
        for path in sorted(_DATA.glob("*.txt")):
            data = path.read_bytes()
            digest.update(hashlib.sha256(data).digest())
            skills += parse_lines(data.decode(), path.name)
        for name, data in extra:
            # Imported here: csv and tomllib cost 10 ms that a run without own files need not pay.
            from hirelens_cli.profiles.skill_files import parse_user_file

            digest.update(hashlib.sha256(data).digest())
            skills += parse_user_file(name, data)
        return Taxonomy(skills, digest.hexdigest())
    finally:
        if collecting:
            gc.enable()
