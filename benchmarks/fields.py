"""Precision, recall and F1 of what is understood of resumes, field by field, on labelled texts; and how often identity is left in the redacted text.

    python benchmarks/fields.py LABELS [--misses FIELD] [--limit N]

LABELS is one of two things. A .jsonl file of `{"text", "spans": [{"label", "start", "end", "text"}]}` is annotated text: its labels
Name, Designation, Companies worked at, Degree, College Name and Graduation Year are compared as sets per document; annotators skip
many, so precision is a lower bound. A folder of .txt files holds whole gold profiles (see benchmarks/data/resumes/README.md): each
field is compared where it is given.

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
from pathlib import Path
from typing import Any

from hirelens_cli.config import Limits
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.profiles import Profile
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy
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
    }


def whole(text: str, start: int, end: int) -> bool:
    """Whether a label covers whole words: some were moved when the names were replaced."""
    before, after = text[start - 1 : start + 1], text[end - 1 : end + 1]
    return not ((start and before.isalnum()) or (end < len(text) and after.isalnum()) or "\n\n" in text[start:end])


def read_rows(path: Path) -> list[dict[str, Any]]:
    if path.is_file():
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    rows = []
    for file in sorted(path.glob("*.txt")):
        for entry in file.read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, text = entry.partition("\n---\n")
            title, *labels = head.splitlines()
            gold = {key: value for key, _, value in (label.partition(": ") for label in labels)}
            rows.append({"what": title, "text": text, "gold": {key: value.split(" | ") for key, value in gold.items()}})
    return rows


def gold_of(row: dict[str, Any]) -> dict[str, list[str]]:
    gold: dict[str, list[str]] = defaultdict(list)
    for span in row.get("spans", ()):
        if span["label"] in LABELS and whole(str(row["text"]), span["start"], span["end"]):
            gold[LABELS[span["label"]]].append(span["text"].strip())
    for key, values in row.get("gold", {}).items():
        if key == "languages":
            gold["languages"], gold["levels"] = [value.split()[0] for value in values], values
        elif key != "months":
            gold[key] = values
    return gold


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--misses", default="")
    parser.add_argument("--limit", type=int, default=40)
    options = parser.parse_args()
    taxonomy = load_taxonomy(())
    rows = [row for path in options.labels for row in read_rows(path)]
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    exact = named = leaks = 0
    months: list[int] = []
    seconds = 0.0
    shown = 0
    for number, row in enumerate(rows):
        document = read_text(row["text"].encode(), f"{number:064d}", Limits(), "off").value
        assert document is not None
        began = time.process_time()
        profile = profile_resume(document, taxonomy, AS_OF).value
        seconds += time.process_time() - began
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
        if "months" in row.get("gold", {}):
            months.append(abs(profile.months_total - int(row["gold"]["months"][0])))
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
        if options.misses == "months" and months and months[-1] > 1:
            print(f"{row.get('what', number)}: {profile.months_total} for {row['gold']['months'][0]}")
    print(f"{len(rows)} texts, {1000 * seconds / len(rows):.2f} ms CPU each")
    if named:
        print(f"name exact {exact / named:.3f} of {named}")
        print(f"a word of the name, an e-mail or a phone left in the redacted text: {leaks / named:.3f}")
    print(f"{'field':14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}")
    for field, (right, predicted, reached, wanted) in totals.items():
        precision, recall = right / max(predicted, 1), reached / max(wanted, 1)
        print(
            f"{field:14}{precision:7.3f}{recall:7.3f}{2 * precision * recall / max(precision + recall, 1e-9):7.3f}{wanted:7}"
        )
    if months:
        print(f"merged months within 1 of gold: {sum(miss <= 1 for miss in months) / len(months):.3f} of {len(months)}")


if __name__ == "__main__":
    main()
