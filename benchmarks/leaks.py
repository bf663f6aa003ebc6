"""How often identity is left in the redacted text of resumes that we did not make.

    python benchmarks/leaks.py FOLDER_OR_JSONL... [--show N]

A .jsonl file of `{"text", "spans": [{"label", "start", "end", "text"}]}` says by its label Name what must be gone; the texts of a
benchmark folder (benchmarks/data/resumes) by their labels name, emails, phones and links. Of any other folder of files only
what was detected can be looked for. A file leaks where a word of the name (three letters or more), an e-mail address or a
telephone number still stands in its redacted text, in any case or spelling of accents. Words of names that are ordinary words
too (Mark, Rose) are counted where they stand with a capital, and told apart.
"""

from __future__ import annotations

import argparse
import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fields import gold_of, read_rows
from hirelens_cli.config import Limits
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.documents import Document
from hirelens_cli.model.profiles import Profile
from hirelens_cli.profiles.personal import words as word_lists
from hirelens_cli.profiles.redact import name_tokens
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy
from hirelens_cli.profiles.tokens import fold

AS_OF = datetime.date(2026, 11, 1)


@dataclass(frozen=True)
class Case:
    """A document and what must not be left of it; None where only what was detected is known."""

    what: str
    document: Document
    names: tuple[str, ...] | None
    contacts: tuple[str, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    taxonomy = load_taxonomy(())
    for place in options.places:
        files = leaking = unnamed = 0
        kinds: Counter[str] = Counter()
        shown: list[str] = []
        for case in cases(place):
            profile = profile_resume(case.document, taxonomy, AS_OF).value
            if profile is None:
                continue
            files += 1
            unnamed += not profile.identity.name
            left = list(leaks(profile, case))
            leaking += any(kind != "ordinary word" for kind, _ in left)
            kinds.update({kind for kind, _ in left})
            if left:
                shown.append(f"  {case.what}: {', '.join(f'{kind} {value!r}' for kind, value in left[:6])}")
        print(
            f"{place}: leak rate {leaking / max(files, 1):.3f} ({leaking} of {files} files; no name detected in {unnamed})"
        )
        for kind, count in kinds.most_common():
            print(f"  {kind}: {count} files")
        print("\n".join(shown[: options.show]))


def cases(place: Path) -> Iterator[Case]:
    """The documents of a labelled file, a labelled folder, or a folder of resumes."""
    rows = read_rows(place) + (read_rows(place, True) if place.is_dir() else [])
    for number, row in enumerate(rows):
        document = read_text(row["text"].encode(), f"{number:064d}", Limits(), "off").value
        gold = gold_of(row)
        if document is not None and gold.get("name"):
            contacts = (*gold.get("emails", ()), *gold.get("phones", ()), *gold.get("links", ()))
            yield Case(str(row.get("what", number)), document, tuple(gold["name"]), contacts)
    if rows:
        return
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        document = read_bytes(path.read_bytes(), "0" * 64, Limits(), "off").value
        if document is not None:
            yield Case(path.name, document, None)


def leaks(profile: Profile, case: Case) -> Iterator[tuple[str, str]]:
    """What is left, with its kind."""
    identity = profile.identity
    names = case.names if case.names is not None else (identity.name,)
    contacts = case.contacts or (*identity.emails, *identity.phones, *identity.links)
    text = re.sub(r"\[[a-z ]{1,30}\]", " ", profile.text)
    standing = {fold(word): word for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper()}
    flat = set(re.findall(r"[^\W\d_]+", fold(text)))
    known = word_lists()
    for token in dict.fromkeys(token for name in names for token in name_tokens(name)):
        ordinary = token in known.common or token in known.not_name or token in known.places
        if len(token) > 2 and token in (standing if ordinary else flat):
            yield ("ordinary word" if ordinary else "name"), standing.get(token, token)
    digits = re.sub(r"[ ().+/-]", "", text)
    for contact in contacts:
        number = re.sub(r"\D", "", contact)
        if "@" in contact or any(char.isalpha() for char in contact):
            if contact.casefold() in text.casefold():
                yield "contact", contact
        elif len(number) > 6 and number[-9:] in digits:
            yield "contact", contact


if __name__ == "__main__":
    main()
