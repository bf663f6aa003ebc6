"""How much of what resumes list as skills the taxonomy knows, what it does not, and what finding skills costs.

    python benchmarks/coverage.py FOLDER [--top 100] [--taxonomy FILE ...]

FOLDER holds resumes of any kind that hirelens reads. Mentions are known skills anywhere in a resume; items are the entries of its
skills sections, known where a known skill stands in them. Times are CPU milliseconds per resume after its text is read.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hirelens_cli.config import Limits
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.profiles import Profile, SectionKind
from hirelens_cli.profiles.harvest import harvest
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.skills import find_skills
from hirelens_cli.profiles.taxonomy import Taxonomy, load_taxonomy
from hirelens_cli.profiles.tokens import tokenize

AS_OF = datetime.date(2026, 11, 1)


@dataclass(slots=True)
class Tally:
    """What was counted over all resumes."""

    resumes: int = 0
    without_section: int = 0
    characters: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    known_items: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)


def document_of(path: Path) -> Document | None:
    outcome = read_bytes(path.read_bytes(), path.name, Limits(), "off", accept_any=True)
    return outcome.value


def count(profile: Profile, taxonomy: Taxonomy, tally: Tally) -> None:
    text = profile.text
    listy = tuple(section.span for section in profile.sections if section.kind is SectionKind.SKILLS)
    start = time.process_time()
    tokenize(text)
    tally.seconds["tokenize"] += time.process_time() - start
    start = time.process_time()
    mentions = find_skills(text, taxonomy, listy=listy)
    tally.seconds["find_skills"] += time.process_time() - start
    start = time.process_time()
    known = [mention.span for mention in mentions]
    items = [item for span in listy for item in harvest(text, span, known)]
    tally.seconds["harvest"] += time.process_time() - start
    tally.resumes += 1
    tally.characters += len(text)
    tally.without_section += not listy
    tally.mentions.update(mention.skill for mention in mentions)
    tally.known_items += sum(_within(mention.span, listy) for mention in mentions)
    tally.unknown.update({item.casefold() for item, _ in items})


def _within(span: Span, sections: tuple[Span, ...]) -> bool:
    return any(section.start <= span.start < section.end for section in sections)


def show(tally: Tally, taxonomy: Taxonomy, top: int) -> None:
    mentions, unknown = tally.mentions.total(), tally.unknown.total()
    aliases = sum(map(len, taxonomy.table.values()))
    print(f"taxonomy: {len(taxonomy.skills)} skills, {aliases} ways to write them")
    print(f"resumes: {tally.resumes}, {tally.without_section} of them without a skills section")
    print(f"known mentions: {mentions} of {len(tally.mentions)} skills")
    print(f"items of skills sections: {tally.known_items} known, {unknown} unknown")
    print(f"share known: {mentions / max(1, mentions + unknown):.3f} of all mentions, ", end="")
    print(f"{tally.known_items / max(1, tally.known_items + unknown):.3f} of the sections' items")
    print(f"unknown items seen once: {sum(number == 1 for number in tally.unknown.values()) / max(1, unknown):.3f}")
    size = tally.characters / max(1, tally.resumes)
    costs = ", ".join(f"{step} {1000 * tally.seconds[step] / max(1, tally.resumes):.2f}" for step in tally.seconds)
    print(f"CPU ms per resume of {size:.0f} characters: {costs}")
    print(f"the {top} most frequent unknown items:")
    for item, number in sorted(tally.unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:top]:
        print(f"  {number:4d}  {item}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--top", type=int, default=100)
    parser.add_argument("--taxonomy", action="append", default=[], help="a skill file of your own")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    taxonomy = load_taxonomy(tuple(options.taxonomy))
    tally = Tally()
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file()):
        document = document_of(path)
        profile = profile_resume(document, taxonomy, AS_OF).value if document else None
        if profile is not None:
            count(profile, taxonomy, tally)
    show(tally, taxonomy, options.top)


if __name__ == "__main__":
    main()
