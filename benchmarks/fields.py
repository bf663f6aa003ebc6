"""Precision, recall and F1 of what is understood of resumes, field by field, on labelled texts; and how often identity is left in the redacted text.

    python benchmarks/fields.py LABELS [--misses FIELD] [--limit N] [--heldout]

LABELS is one of two things. A .jsonl file of `{"text", "spans": [{"label", "start", "end", "text"}]}` is annotated text: its labels
Name, Designation, Companies worked at, Degree, College Name and Graduation Year are compared as sets per document; annotators skip
many, so precision is a lower bound. A .txt file, or a folder of them, holds whole gold profiles (see benchmarks/data/resumes/README.md): each
field is compared where it is given; texts with `heldout: true` are left out unless --heldout asks for them alone.

The CPU time is that of the fastest of --rounds rounds over all texts; with --steps its steps are timed as well, which costs a little.

Two values match when they have the same words (case and punctuation aside), or when the words of one all stand in the other and
make at least half of it. Times are CPU milliseconds per resume after its text is read.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hirelens_cli.config import Limits
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.documents import Document
from hirelens_cli.model.profiles import Position, Profile, month_text
from hirelens_cli.profiles import resume
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import Taxonomy, load_taxonomy
from hirelens_cli.profiles.tokens import fold

LABELS = {
    "Name": "name",
    "Designation": "titles",
    "Companies worked at": "employers",
    "Degree": "degrees",
    "College Name": "institutions",
    "Graduation Year": "years",
}
AS_OF = datetime.date(2026, 11, 1)


def words(value: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(value)))


def matches(one: str, two: str) -> bool:
    first, second = words(one), words(two)
    if "".join(first) == "".join(second):
        return True
    if " / " in one and " / " in two:  # a whole position: each piece must match, the dates to the letter
        pieces = list(zip(one.split(" / "), two.split(" / "), strict=True))
        return all(matches(*pair) for pair in pieces[:2]) and all(a == b for a, b in pieces[2:])
    short, long = sorted((Counter(first), Counter(second)), key=lambda counts: counts.total())
    return short.total() > 0 and not short - long and 2 * short.total() >= long.total()


def understood(profile: Profile) -> dict[str, list[str]]:
    return {
        "name": [profile.identity.name] if profile.identity.name else [],
        "emails": list(profile.identity.emails),
        "phones": [re.sub(r"\D", "", phone) for phone in profile.identity.phones],
        "titles": list(profile.titles),
        "employers": [position.employer for position in profile.positions if position.employer],
        "degrees": [f"{item.degree} {item.field}".strip() for item in profile.education if item.degree],
        "institutions": [item.institution for item in profile.education if item.institution],
        "years": [str(item.year) for item in profile.education if item.year],
        "links": list(profile.identity.links),
        "languages": [item.language for item in profile.languages],
        "levels": [f"{item.language} {item.level}" for item in profile.languages if item.level],
        "dates": [dates_of(position) for position in profile.positions],
        "whole positions": [
            f"{item.title} / {item.employer} / {dates_of(item).replace(' ', ' / ')}" for item in profile.positions
        ],
        "degree levels": [f"{item.year} {item.level}" for item in profile.education if item.degree],
        "skills": [
            text
            for use in profile.skills
            for text in (use.skill, *sorted({span.of(profile.text) for span in use.spans}))
        ],
    }


def dates_of(position: Position) -> str:
    if position.start is None:
        return "none none"
    cut = 4 if position.year_only else 7
    end = "present" if position.current or position.end is None else month_text(position.end)[:cut]
    return f"{month_text(position.start)[:cut]} {end}"


def whole(text: str, start: int, end: int) -> bool:
    """Whether a label covers whole words: some were moved when the names were replaced."""
    before, after = text[start - 1 : start + 1], text[end - 1 : end + 1]
    return not ((start and before.isalnum()) or (end < len(text) and after.isalnum()) or "\n\n" in text[start:end])


def read_rows(path: Path, heldout: bool = False) -> list[dict[str, Any]]:
    """The labelled texts of a file or folder; of a folder the held out ones alone, or the others alone."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    rows = []
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for entry in file.read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, text = entry.partition("\n---\n")
            title, *labels = head.splitlines()
            gold = {key: value for key, _, value in (label.partition(": ") for label in labels)}
            if (gold.pop("heldout", "") == "true") == heldout:
                listed = {key: value.split(" | ") for key, value in gold.items()}
                rows.append({"what": title, "text": text, "gold": listed})
    return rows


def gold_of(row: dict[str, Any]) -> dict[str, list[str]]:
    gold: dict[str, list[str]] = defaultdict(list)
    for span in row.get("spans", ()):
        if span["label"] in LABELS and whole(str(row["text"]), span["start"], span["end"]):
            gold[LABELS[span["label"]]].append(span["text"].strip())
    for key, values in row.get("gold", {}).items():
        if key == "languages":
            gold["languages"], gold["levels"] = [value.split()[0] for value in values], [v for v in values if " " in v]
        elif key == "positions":
            held = [Held(*value.split(" @ ")) for value in values]
            gold["titles"], gold["employers"] = [item.title for item in held], [item.employer for item in held]
            gold["dates"] = [f"{item.start} {item.end}" for item in held]
            gold["whole positions"] = [" / ".join(item) for item in held]
        elif key == "education":
            studies = [value.split("; ") for value in values]
            gold["degrees"] = [f"{study[0]} {study[1]}".strip() for study in studies]
            gold["institutions"] = [study[2] for study in studies]
            gold["years"] = [study[3].strip(";") for study in studies]
            gold["degree levels"] = [f"{study[3]} {study[4]}" for study in studies if len(study) > 4]
        elif key != "months":
            gold[key] = values
    return gold


class Held(NamedTuple):
    """A labelled position; dates are YYYY-MM, YYYY or `present`."""

    title: str
    employer: str
    start: str
    end: str

    def interval(self) -> tuple[int, int]:
        """Half-open months: the last month counts where months are given, years alone count by their difference."""
        start, end = self.start, f"{AS_OF:%Y-%m}" if self.end == "present" else self.end
        if "-" not in start:
            return 12 * int(start[:4]), 12 * int(end[:4])
        return 12 * int(start[:4]) + int(start[5:]), 12 * int(end[:4]) + int(end[5:]) + 1


def gold_months(gold: dict[str, list[str]]) -> int | None:
    """The labelled months, or those that the labelled positions cover, each month once."""
    if "months" in gold:
        return int(gold["months"][0])
    if "positions" not in gold:
        return None
    covered: set[int] = set()
    for value in gold["positions"]:
        covered |= set(range(*Held(*value.split(" @ ")).interval()))
    return len(covered)


def distinct(values: list[str]) -> list[str]:
    return list({"".join(words(value)): value for value in reversed(values) if words(value)}.values())[::-1]


def leaked(profile: Profile, gold: dict[str, list[str]]) -> list[str]:
    """Words of the name (three letters or more), e-mail addresses and telephone numbers that are still in the text."""
    text, digits = set(words(profile.text)), re.sub(r"\D", "", profile.text)
    left = [word for name in gold["name"] for word in words(name) if len(word) > 2 and word in text]
    left += [email for email in gold.get("emails", ()) if email in profile.text]
    return left + [phone for phone in gold.get("phones", ()) if phone in digits]


def compare(predicted: list[str], gold: list[str]) -> tuple[int, list[str], list[str]]:
    """Right predictions, predictions without gold, gold without predictions; a prediction may cover several gold values."""
    missed = [item for item in gold if not any(matches(item, value) for value in predicted)]
    extra = [value for value in predicted if not any(matches(item, value) for item in gold)]
    return len(predicted) - len(extra), extra, missed


STEPS = (
    "lines_of", "find_identity", "redact", "find_parts", "find_education", "find_positions", "find_skills", "harvest",
    "find_languages", "find_passages", "judge",
)  # fmt: skip
"""What `profile_resume` calls, by the names it calls them by."""


def timed(documents: list[Document], taxonomy: Taxonomy, rounds: int) -> float:
    """CPU milliseconds for each document, in the fastest of the rounds: what else runs on the machine only slows it down."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        for document in documents:
            profile_resume(document, taxonomy, AS_OF)
        seconds.append(time.process_time() - began)
    return 1000 * min(seconds) / len(documents)


def show_steps(documents: list[Document], taxonomy: Taxonomy, rounds: int) -> None:
    """Print the share of each step, measured with a clock around it, as milliseconds for each document."""
    spent: dict[str, float] = defaultdict(float)

    def clocked(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                spent[step] += time.process_time() - began

        return run

    plain = {step: getattr(resume, step) for step in STEPS}
    for step, function in plain.items():
        setattr(resume, step, clocked(step, function))
    total = 0.0
    for _ in range(rounds):
        total += timed(documents, taxonomy, 1) * len(documents) / 1000
    for step, function in plain.items():
        setattr(resume, step, function)
    spent["the rest"] = total - sum(spent.values())
    for step, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {step:16}{1000 * seconds / rounds / len(documents):6.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--misses", default="")
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--heldout", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", action="store_true")
    options = parser.parse_args()
    taxonomy = load_taxonomy(())
    rows = [row for path in options.labels for row in read_rows(path, options.heldout)]
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    exact = named = leaks = 0
    months: list[int] = []
    documents: list[Document] = []
    shown = 0
    for number, row in enumerate(rows):
        document = read_text(row["text"].encode(), f"{number:064d}", Limits(), "off").value
        assert document is not None
        documents.append(document)
        profile = profile_resume(document, taxonomy, AS_OF).value
        assert profile is not None
        gold, found = gold_of(row), understood(profile)
        if gold.get("name"):
            named += 1
            left = leaked(profile, gold)
            leaks += bool(left)
            if left and options.misses == "leaks":
                print(f"{row.get('what', number)}: left {left}")
            exact += profile.identity.name.strip(". ").casefold() in [
                name.strip(". ").casefold() for name in gold["name"]
            ]
        wanted_months = gold_months(row.get("gold", {}))
        if wanted_months is not None:
            months.append(abs(profile.months_total - wanted_months))
            if options.misses == "months" and months[-1] > 1:
                print(f"{row.get('what', number)}: {profile.months_total} for {wanted_months}")
        for field, values in gold.items():
            right, extra, missed = compare(distinct(found.get(field, [])), wanted := distinct(values))
            total = totals[field]
            total[0] += right
            total[1] += right + len(extra)
            total[2] += len(wanted) - len(missed)
            total[3] += len(wanted)
            if options.misses == field and (extra or missed) and shown < options.limit:
                shown += 1
                print(f"{row.get('what', number)}: extra {extra} missed {missed}")
    print(f"{len(rows)} texts, {timed(documents, taxonomy, options.rounds):.2f} ms CPU each")
    if options.steps:
        show_steps(documents, taxonomy, options.rounds)
    if named:
        print(f"name exact {exact / named:.3f} of {named}")
        print(f"a word of the name, an e-mail or a phone left in the redacted text: {leaks / named:.3f}")
    print(f"{'field':14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}")
    for field, (right, predicted, reached, given) in totals.items():
        precision, recall = right / max(predicted, 1), reached / max(given, 1)
        print(
            f"{field:14}{precision:7.3f}{recall:7.3f}{2 * precision * recall / max(precision + recall, 1e-9):7.3f}{given:7}"
        )
    if months:
        print(f"merged months within 1 of gold: {sum(miss <= 1 for miss in months) / len(months):.3f} of {len(months)}")


if __name__ == "__main__":
    main()
