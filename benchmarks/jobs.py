"""How well job descriptions are understood, on the labelled set beside this file: `python benchmarks/jobs.py [--misses]`.

A skill counts as right when it is found and required (or preferred) as labelled. Soft skills are left out on both
sides. "Known skills only" leaves out the labels that the taxonomy does not hold: what is lost there is vocabulary, not
understanding. Skills that the labels call context are no error when found as preferred.
"""

from __future__ import annotations

import argparse
import hashlib
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hirelens_cli.documents.language import detect
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.jobs import Job, RequirementKind
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.taxonomy import SkillKind, Taxonomy, load_taxonomy

DATA = Path(__file__).parent / "data" / "jobs"


@dataclass
class Tally:
    """Right, invented and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, found: set[Any], gold: set[Any]) -> None:
        """Count what was found against what is labelled."""
        self.right += len(found & gold)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.extra)
        recall = self.right / max(1, self.right + self.missed)
        score = 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {score:.3f}  ({self.right} right, {self.extra} extra, {self.missed} missed)"


@dataclass
class Report:
    """All tallies of a run, and its misses."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, found: set[Any], gold: set[Any]) -> None:
        """Count under `name`."""
        self.tallies.setdefault(name, Tally()).add(found, gold)


def document(text: str) -> Document:
    """The text as the reader of plain text gives it: one block per line."""
    blocks = tuple(Block(line.strip()) for line in text.splitlines() if line.strip())
    return Document(hashlib.sha256(text.encode()).hexdigest(), "txt", blocks, language=detect(text))


def canonical(taxonomy: Taxonomy, name: str) -> str:
    skill = taxonomy.canonical(name)
    return skill.name if skill else "?" + name.casefold()


def found_skills(job: Job, taxonomy: Taxonomy, *, must: bool) -> set[str]:
    kinds = {RequirementKind.SKILL, RequirementKind.CERTIFICATE}
    names = {
        name
        for requirement in job.requirements
        if requirement.kind in kinds and requirement.must is must
        for name in requirement.any_of
    }
    kept = {name for name in names if (skill := taxonomy.get(name)) is None or skill.kind is not SkillKind.SOFT}
    return {name if taxonomy.get(name) else "?" + name.casefold() for name in kept}


def score_skills(report: Report, case: dict[str, Any], job: Job, taxonomy: Taxonomy) -> None:
    gold = {
        key: {canonical(taxonomy, name) for name in case.get(key, [])} for key in ("required", "preferred", "context")
    }
    gold["preferred"] -= gold["required"]
    required, preferred = found_skills(job, taxonomy, must=True), found_skills(job, taxonomy, must=False)
    preferred -= required | (gold["context"] - gold["preferred"])
    report.add("required", required, gold["required"])
    report.add("preferred", preferred, gold["preferred"])
    known = {key: {name for name in names if name[0] != "?"} for key, names in gold.items()}
    report.add("required, known skills only", {name for name in required if name[0] != "?"}, known["required"])
    report.add("preferred, known skills only", {name for name in preferred if name[0] != "?"}, known["preferred"])
    pairs = {(name, True) for name in required} | {(name, False) for name in preferred}
    wanted = {(name, True) for name in gold["required"]} | {(name, False) for name in gold["preferred"]}
    known_pairs = {(name, True) for name in known["required"]} | {(name, False) for name in known["preferred"]}
    report.add("required or preferred", pairs, wanted)
    report.add("required or preferred, known only", {pair for pair in pairs if pair[0][0] != "?"}, known_pairs)
    labelled = gold["required"] | gold["preferred"]
    both = {(name, must) for name, must in pairs if name in labelled}
    report.hits["demand right"] += len(both & wanted)
    report.hits["demand judged"] += len(both)
    for name, must in sorted(wanted - pairs):
        kind = "not in the taxonomy" if name[0] == "?" else "demand" if (name, not must) in pairs else "not found"
        report.kinds[f"skill missed: {kind}"] += 1
        report.misses.append(f"{case['name']}: missed {'required' if must else 'preferred'} {name} ({kind})")
    for name, must in sorted(pairs - wanted):
        if name not in labelled:
            report.kinds["skill not labelled"] += 1
            report.misses.append(f"{case['name']}: extra {'required' if must else 'preferred'} {name}")


def score_career(report: Report, case: dict[str, Any], job: Job) -> None:
    for key, must in (("years", True), ("years_preferred", False)):
        found = {
            (r.minimum / 12, r.maximum / 12)
            for r in job.requirements
            if r.kind is RequirementKind.YEARS and r.must is must
        }
        gold = {(float(case[key][0]), float(case[key][1]))} if key in case else set()
        report.add("years", found, gold)
        if found != gold:
            report.misses.append(f"{case['name']}: {key} {sorted(found)} for {sorted(gold)}")
    for key, must in (("degree", True), ("degree_preferred", False)):
        levels = {r.minimum for r in job.requirements if r.kind is RequirementKind.DEGREE and r.must is must}
        gold_levels = {case[key]} if key in case else set()
        report.add("degree", levels, gold_levels)
        if levels != gold_levels:
            report.misses.append(f"{case['name']}: {key} {sorted(levels)} for {sorted(gold_levels)}")
    equivalent = any(r.or_equivalent for r in job.requirements if r.kind is RequirementKind.DEGREE)
    if "degree" in case:
        report.hits["equivalent right"] += equivalent == case.get("or_equivalent", False)
        report.hits["equivalent judged"] += 1
        if equivalent != case.get("or_equivalent", False):
            report.misses.append(f"{case['name']}: or_equivalent {equivalent}")
    for key, must in (("languages", True), ("languages_preferred", False)):
        tongues = {
            name for r in job.requirements if r.kind is RequirementKind.LANGUAGE and r.must is must for name in r.any_of
        }
        report.add("languages", tongues, set(case.get(key, [])))
        if tongues != set(case.get(key, [])):
            report.misses.append(f"{case['name']}: {key} {sorted(tongues)} for {case.get(key, [])}")
    for key, said, wanted in (
        ("title", job.title.casefold(), case["title"].casefold()),
        ("seniority", job.seniority, case["seniority"]),
    ):
        report.hits[f"{key} right"] += said == wanted
        report.hits[f"{key} judged"] += 1
        if said != wanted:
            report.misses.append(f"{case['name']}: {key} {said!r} for {wanted!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--only", default="*", help="one file of the set, without its ending: heldout, prose, ...")
    arguments = parser.parse_args()
    taxonomy = load_taxonomy()
    report, spent, count, duties = Report(), 0.0, 0, 0
    for path in sorted(DATA.glob(f"{arguments.only}.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["job"]:
            source = document(case["text"])
            parse_job(source, case["name"], taxonomy)
            began = time.process_time()
            job = parse_job(source, case["name"], taxonomy).value
            spent += time.process_time() - began
            count += 1
            if job is None:
                report.misses.append(f"{case['name']}: not understood at all")
                continue
            duties += any(r.kind is RequirementKind.RESPONSIBILITY for r in job.requirements)
            score_skills(report, case, job, taxonomy)
            score_career(report, case, job)
    if arguments.misses:
        print("\n".join(report.misses), end="\n\n")
    print(f"{count} job descriptions, {len(taxonomy.skills)} skills known, {1000 * spent / count:.1f} ms of CPU each")
    for name, tally in report.tallies.items():
        print(f"  {name:34} {tally}")
    for name in ("demand", "title", "seniority", "equivalent"):
        right, judged = report.hits[f"{name} right"], report.hits[f"{name} judged"]
        print(f"  {name:34} {right / max(1, judged):.3f}  ({right} of {judged})")
    print(f"  {'with at least one duty':34} {duties / count:.3f}")
    for kind, number in sorted(report.kinds.items()):
        print(f"  {kind:34} {number}")


if __name__ == "__main__":
    main()
