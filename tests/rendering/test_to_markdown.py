from __future__ import annotations

from dataclasses import replace

from hirelens_cli.rendering.to_markdown import shortlist_markdown, table_lines


def test_a_page_for_a_mail(shortlist):
    text = shortlist_markdown(shortlist).decode()
    assert text.startswith("# Senior Backend Engineer\n\njob.txt, 3 candidates scored.\n")
    assert "| 1 | 86.76 | amara.pdf | 40.00 | 25.00 | 14.26 | 7.50 | high |" in text
    assert "## 3. viktor.pdf: 0.00" in text
    assert "to look at: hidden text" in text
    assert "| ruth.pdf | image\\_only |" in text
    assert "5 found: 3 scored, 1 not screened, 1 duplicates." in text
    assert "“Designed REST APIs in Python”" in text
    assert "Places 2-3 are not distinguishable." in text
    assert "| 3= | 0.00 |" in text
    assert "interval 84.26 to 89.26" in text


def test_names_are_no_markup(shortlist):
    job = shortlist.jobs[0]
    person = replace(job.candidates[0], resume="<script>|[x](y)\n# z.pdf")
    text = shortlist_markdown(replace(shortlist, jobs=(replace(job, candidates=(person,)),))).decode()
    assert "<script>" not in text
    assert "\n# z" not in text


def test_tables_are_rectangular():
    lines = table_lines(("a", "b"), [("1|2", "x")])
    assert lines == ["| a | b |", "| --- | --- |", "| 1\\|2 | x |"]
