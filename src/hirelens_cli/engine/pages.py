"""Pages of the shortlisted as pictures, with the lines that earned points: only such pages, and only so many bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hirelens_cli.documents.discover import open_source
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.engine.past import Place
from hirelens_cli.engine.run import kept
from hirelens_cli.engine.stages import Bench, load_documents, read_rows
from hirelens_cli.model.codec import decode
from hirelens_cli.model.documents import Block, Document, SourceFile
from hirelens_cli.model.pictures import Picture
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.reports import Dossier, JobReport, Mark, MarkedPage
from hirelens_cli.model.shortlists import Ranked

MOST_BYTES = 9_000_000
"""Of all pictures of a report: with a third more for base64 it can still be sent by mail."""
MOST_PAGES = 3
"""Of one candidate: those with the most marked lines."""
GONE = "Its pages are not shown: the file is no longer where it was, or has changed."
FULL = "Its pages are not shown: those of the candidates before it fill this report; `--top` or `--job` makes room."

_Marks = Mapping[int, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate's document and its redacted text, whose lines are the document's."""

    source: SourceFile
    document: Document
    text: str


def with_pages(
    bench: Bench,
    jobs: Sequence[JobReport],
    places: Sequence[Sequence[Place]],
    sources: Mapping[str, SourceFile],
) -> tuple[JobReport, ...]:
    """The jobs, their dossiers with pages; `places` are the candidates' of each job, `sources` the files by doc_id."""
    shown = _shown(bench, {place.doc_id: place for best in places for place in best}, sources)
    marks: list[dict[str, _Marks]] = [
        {
            place.doc_id: _marks(dossier.ranked, shown[place.doc_id])
            for place, dossier in zip(best, job.dossiers, strict=True)
            if place.doc_id in shown
        }
        for job, best in zip(jobs, places, strict=True)
    ]
    order = sorted((place.rank, number, place.doc_id) for number, best in enumerate(places) for place in best)
    pictures = _pictures(bench, shown, marks, list(dict.fromkeys(doc_id for _, _, doc_id in order)))
    return tuple(
        replace(
            job,
            dossiers=tuple(
                _with_pages(dossier, pictures.get(place.doc_id, GONE), found.get(place.doc_id, {}))
                for place, dossier in zip(best, job.dossiers, strict=True)
            ),
        )
        for job, best, found in zip(jobs, places, marks, strict=True)
    )


def _shown(bench: Bench, places: Mapping[str, Place], sources: Mapping[str, SourceFile]) -> dict[str, Shown]:
    """By doc_id, those whose file is still there."""
    there = [sources[doc_id] for doc_id in sorted(places) if doc_id in sources]
    documents = load_documents(bench, there) if there else {}
    prepared = kept(bench, [places[source.doc_id] for source in there])
    texts: dict[str, str] = {}
    for shard in sorted(set(prepared.profiles.values())) if prepared is not None else ():
        for key, record in read_rows(bench.profiles, [shard], ["key", "record"]).iter_rows():
            if prepared is not None and key in prepared.profiles:
                profile = decode(record, Profile)
                texts[profile.doc_id] = profile.text
    found = {}
    for source in there:
        document = documents.get(source.doc_id)
        if isinstance(document, Document) and source.doc_id in texts:
            found[source.doc_id] = Shown(source, document, texts[source.doc_id])
    return found


def _marks(ranked: Ranked, shown: Shown) -> _Marks:
    """By page, the lines that earned points and the requirements for which they did."""
    lines: list[Block] = [block for block in shown.document.blocks for _ in block.text.split("\n")]
    earned: defaultdict[int, list[str]] = defaultdict(list)
    for part in ranked.parts:
        for quote in part.evidence:
            first = shown.text.count("\n", 0, quote.start)
            for line in range(first, first + 1 + quote.text.count("\n")):
                earned[line].append(part.requirement)
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for line in sorted(earned):
        if line < len(lines) and (box := lines[line].bbox) is not None:
            found[lines[line].page].append(Mark(box, tuple(dict.fromkeys(earned[line]))))
    return {page: tuple(marked) for page, marked in found.items()}


def _pictures(
    bench: Bench, shown: Mapping[str, Shown], marks: Sequence[Mapping[str, _Marks]], order: Sequence[str]
) -> dict[str, dict[int, Picture] | str]:
    """By doc_id its pictures by page, or why it has none; drawn in `order` until there is no room."""
    found: dict[str, dict[int, Picture] | str] = {}
    left = MOST_BYTES
    with Sandbox(bench.config.limits) as sandbox:
        for doc_id in (doc_id for doc_id in order if doc_id in shown):
            marked: defaultdict[int, int] = defaultdict(int)
            for job in marks:
                for page, lines in job.get(doc_id, {}).items():
                    marked[page] += len(lines)
            pages = sorted(marked, key=lambda page: (-marked[page], page))[:MOST_PAGES]
            if shown[doc_id].document.format != "pdf" or not pages:
                found[doc_id] = {}
                continue
            if left <= 0:
                found[doc_id] = FULL
                continue
            found[doc_id] = drawn = _drawn(sandbox, shown[doc_id].source, pages, bench)
            left -= sum(len(picture.png) for picture in drawn.values()) if isinstance(drawn, dict) else 0
    return found


def _drawn(sandbox: Sandbox, source: SourceFile, pages: Sequence[int], bench: Bench) -> dict[int, Picture] | str:
    data = open_source(source, bench.config.limits)
    if data.value is None:
        return GONE
    drawing = sandbox.draw(source.doc_id, data.value, pages)
    if drawing.value is None:
        return f"Its pages are not shown: {drawing.issues[0].message}."
    return {picture.page: picture for picture in drawing.value.pictures}


def _with_pages(dossier: Dossier, pictures: Mapping[int, Picture] | str, marks: _Marks) -> Dossier:
    if isinstance(pictures, str):
        return replace(dossier, no_pages=pictures)
    pages = tuple(MarkedPage(pictures[page], marks[page]) for page in sorted(marks) if page in pictures)
    return replace(dossier, pages=pages)
