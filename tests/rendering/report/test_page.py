from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files

import pytest
from lxml import html

from hirelens_cli.model.shortlists import Counts, Evidence, Unscreened
from hirelens_cli.rendering.report.page import report_html

from .conftest import HELD, report_of

VENDOR = {
    "tablesort.min.js": "ee99f17ebc985170899a004e9f6bf09e7f60eb4b459b6bfe6683cf0140352c63",
    "tablesort.number.min.js": "e25dad08c53361182db670d0f670e85eea0f57e5d3bad0439831c75e1842096c",
}
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<iframe src=data:text/html,x></iframe>",
    '<meta http-equiv=refresh content="0;url=http://example.com">',
    '<base href="http://example.com/">',
    "<link rel=stylesheet href=http://example.com/x.css>",
    "<form action=http://example.com><button>x</button></form>",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}",
    "<math><mtext></math><img src=x onerror=alert(1)>",
    '" onfocus=alert(1) autofocus x="',
    "<details open ontoggle=alert(1)>",
    "\u202egpj.exe\u2066\x00\x1b[31m",
    "<plaintext><![CDATA[<object data=x>]]>",
)


def poisoned(report, text):
    """The report with this text wherever text of others stands."""
    job = report.jobs[0]
    dossiers = []
    for dossier in job.dossiers:
        ranked = dossier.ranked
        parts = tuple(
            replace(part, requirement=text, reason=text, evidence=(Evidence(1, 0, len(text), text),))
            for part in ranked.parts
        )
        words = replace(ranked.explanation, summary=text, strengths=(text,), gaps=(text,), recommendations=(text,))
        ranked = replace(
            ranked,
            name=text,
            resume=text,
            also=(text,),
            applicant_id=text,
            flags=(text,),
            parts=parts,
            explanation=words,
        )
        held = tuple(replace(item, title=text, employer=text) for item in HELD)
        dossiers.append(replace(dossier, ranked=ranked, positions=held, no_pages=text))
    requirements = tuple(replace(item, text=text) for item in job.shortlist.requirements)
    shortlist = replace(
        job.shortlist,
        job=text,
        title=text,
        requirements=requirements,
        candidates=tuple(dossier.ranked for dossier in dossiers),
    )
    costs = tuple(replace(item, requirement=text) for item in job.cost.costs)
    same = replace(report.same_person[0], resumes=(text, text), reasons=(text,), contradictions=(text,))
    unscreened = tuple(replace(item, resume=text, message=text, hint=text) for item in report.unscreened)
    made = replace(job, shortlist=shortlist, dossiers=tuple(dossiers), cost=replace(job.cost, costs=costs))
    return replace(report, jobs=(made,), same_person=(same,), unscreened=unscreened, settings=(("taxonomy", text),))


def parsed(report):
    return html.document_fromstring(report_html(report).decode())


def tags(page):
    return Counter(element.tag for element in page.iter())


def test_the_policy_names_every_script_and_style_and_nothing_else(report):
    page = parsed(report)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; ")
    assert "unsafe" not in policy
    found = [element.text for element in (*page.iter("style"), *page.iter("script"))]
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found}
    assert hashes == set(re.findall(r"'sha256-[^']+'", policy))


def test_nothing_is_fetched_and_nothing_needs_an_inline_style(report):
    page = parsed(report)
    links = [value for element in page.iter() for name, value in element.items() if name in {"src", "href", "action"}]
    assert links
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)
    assert page.xpath("//@style") == []


def test_links_lead_somewhere_and_ids_are_unique(report):
    page = parsed(report)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= {*ids}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_others_stays_text(report, payload):
    page = parsed(poisoned(report, payload))
    assert tags(page) == tags(parsed(poisoned(report, "harmless")))
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []
    assert not any(value.lower().startswith("javascript:") for value in page.xpath("//@href | //@src"))
    shown = page.text_content()
    assert "\u202e" not in shown
    assert "\x1b" not in shown
    assert not payload.isprintable() or payload in shown


def test_a_blind_report_names_nobody(shortlist):
    job = shortlist.jobs[0]
    nameless = tuple(replace(item, name="", resume="", also=()) for item in job.candidates)
    blind = replace(shortlist, jobs=(replace(job, candidates=nameless),), unscreened=())
    text = report_html(report_of(blind, blind=True)).decode()
    assert "Amara" not in text
    assert "Blind." in text
    assert "no pages are shown" in text
    assert "11111111" in text


def test_pages_carry_their_marks(report):
    page = parsed(report)
    (mark,) = page.xpath("//*[@class='mark']")
    assert (mark.get("x"), mark.get("y"), mark.get("width"), mark.get("height")) == ("72", "100", "228", "12.5")
    assert mark.xpath("string(*)") == "Python, 5+ years"
    assert page.xpath("//svg[contains(@aria-label, 'Page 1 with 1 marked line')]")
    assert "With identities." in page.text_content()


def test_the_points_on_the_page_are_the_candidates(report):
    page = parsed(report)
    for dossier in report.jobs[0].dossiers:
        card = page.get_element_by_id(f"j1-c{dossier.ranked.rank}")
        assert [int(row.get("data-points")) for row in card.xpath(".//tr[@data-part]")] == [
            part.points for part in dossier.ranked.parts
        ]
        assert f"{dossier.ranked.score / 100:.2f}" in card.xpath("string(summary)")


def test_a_pool_without_candidates_says_so(report):
    job = report.jobs[0]
    empty = replace(
        job,
        shortlist=replace(job.shortlist, pool=0, candidates=()),
        dossiers=(),
        scores=(),
        cost=replace(job.cost, pool=0, costs=()),
    )
    text = parsed(replace(report, jobs=(empty,), same_person=())).text_content()
    assert "Nobody was scored for this job." in text
    assert "The job names no must-have, or nobody was scored." in " ".join(text.split())


def test_documents_without_a_score_are_listed_with_their_reason(report):
    strange = Unscreened("", "", report.unscreened[0].status, "cannot be opened")
    record = replace(report.record, counts=Counts(6, 3, 2, 1))
    rows = parsed(replace(report, record=record, unscreened=(*report.unscreened, strange))).xpath(
        "//section[@id='unscreened']//tbody/tr"
    )
    assert [" ".join(text.strip() for text in row.itertext()) for row in rows] == [
        "ruth.pdf image only pictures of pages, no text run it through OCR",
        "a file image only cannot be opened",
    ]


def test_the_same_report_gives_the_same_bytes(report):
    assert report_html(report) == report_html(report)


@pytest.mark.parametrize(("name", "digest"), VENDOR.items())
def test_scripts_of_others_are_what_their_notice_says(name, digest):
    vendor = files("hirelens_cli.rendering.report").joinpath("vendor")
    assert hashlib.sha256(vendor.joinpath(name).read_bytes()).hexdigest() == digest
    assert f"{digest}  {name}" in vendor.joinpath("README.md").read_text(encoding="utf-8")
    assert "</script" not in vendor.joinpath(name).read_text(encoding="utf-8")
