import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.model.profiles import month_of, month_text
from hirelens_cli.profiles.dates import find_ranges, find_years, gaps, merged_months

AS_OF = datetime.date(2026, 11, 23)
NOW = "2026-11"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("May 2016 - June 2018", "2016-05", "2018-06"),
        ("May 2016-", "2016-05", NOW),
        ("Jan 2014 to till date", "2014-01", NOW),
        ("January 2005 to Current Acme", "2005-01", NOW),
        ("06/2018 – 04/2020", "2018-06", "2020-04"),
        ("2018-06 – 2020-04", "2018-06", "2020-04"),
        ("2010-12 – 2014-03", "2010-12", "2014-03"),
        ("Jan '18 – Mar '19", "2018-01", "2019-03"),
        ("Apr-12 to Mar-14", "2012-04", "2014-03"),
        ("06/18 - 04/20", "2018-06", "2020-04"),
        ("12.03.2015 - 03.04.2016", "2015-03", "2016-04"),
        ("01/02/2015 - 03/14/2016", "2015-01", "2016-03"),
        ("March 12, 2015 to April 3rd, 2016", "2015-03", "2016-04"),
        ("1er mars 2015 au 30 avril 2016", "2015-03", "2016-04"),
        ("Aug - Dec 2018", "2018-08", "2018-12"),
        ("November–February 2019", "2018-11", "2019-02"),
        ("Summer 2019", "2019-06", "2019-08"),
        ("Fall 2018 - Spring 2019", "2018-09", "2019-05"),
        ("Q1 2018", "2018-01", "2018-03"),
        ("2018 Q2 – 2019 Q1", "2018-04", "2019-03"),
        ("May 2018 - May 2018", "2018-05", "2018-05"),
        ("since June 2015", "2015-06", NOW),
        ("seit 03/2019", "2019-03", NOW),
        ("03/2015 bis heute", "2015-03", NOW),
        ("Depuis mars 2019", "2019-03", NOW),
        ("09/2015 - à ce jour", "2015-09", NOW),
        ("Septembre 2018 à aujourd'hui", "2018-09", NOW),
        ("da marzo 2014 ad aprile 2019", "2014-03", "2019-04"),
        ("dal marzo 2014 ad oggi", "2014-03", NOW),
        ("febrero 2012 a marzo de 2014", "2012-02", "2014-03"),
        ("desde enero de 2019 hasta la actualidad", "2019-01", NOW),
        ("março de 2015 até o momento", "2015-03", NOW),
        ("jan. de 2015 – atual", "2015-01", NOW),
        ("gennaio 2014 - in corso", "2014-01", NOW),
        ("dal 01/02/2016 al 31/03/2018", "2016-02", "2018-03"),
        ("mrt 2015 t/m dec 2017", "2015-03", "2017-12"),
        ("maart 2015 tot heden", "2015-03", NOW),
        ("Sept 2022 – May 2028", "2022-09", NOW),
        ("From: Jan 2018 To: Dec 2019", "2018-01", "2019-12"),
        ("seit dem 1. März 2018", "2018-03", NOW),
        ("depuis le 1er mars 2018", "2018-03", NOW),
        ("between May 2016 and June 2018", "2016-05", "2018-06"),
        ("entre janvier 2015 et mars 2018", "2015-01", "2018-03"),
        ("maart 2018 tot en met juni 2019", "2018-03", "2019-06"),
        ("January 2018 – date", "2018-01", NOW),
    ],
)
def test_months_are_read(text, start, end):
    (found,) = find_ranges(text, AS_OF)
    assert (month_text(found.start), month_text(found.end)) == (start, end)
    assert not found.year_only
    assert found.current == (end == NOW)
    assert found.months == found.end - found.start + 1


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [
        ("2012 - 2014", 2012, 2014, 24),
        ("2012 - 2013 - 2014", 2012, 2014, 24),
        ("2010 to 12", 2010, 2012, 24),
        ("2010-12", 2010, 2012, 24),
        ("2012/13", 2012, 2013, 12),
        ("'12 - '15", 2012, 2015, 36),
        ("dal 2016 al 2018", 2016, 2018, 24),
    ],
)
def test_bare_years_count_by_their_difference(text, start, end, months):
    (found,) = find_ranges(text, AS_OF)
    assert found.year_only
    assert (found.start, found.end, found.months) == (month_of(start), month_of(end), months)


def test_a_year_until_now_counts_by_years():
    (found,) = find_ranges("2012 – present", AS_OF)
    assert found.current
    assert found.months == 14 * 12


@pytest.mark.parametrize(
    "text",
    [
        "2018 - 2012",
        "June 2019",
        "2018-06",
        "Windows 2000 - 2003",
        "SQL Server 2008/2010/2013",
        "May 2030 - June 2032",
        "2016 and 2018",
        "555-2010-2014-88123",
        "no dates at all",
    ],
)
def test_what_is_no_period(text):
    assert find_ranges(text, AS_OF) == ()


def test_several_periods_keep_their_places():
    text = "2019-2021, Acme; 2021 – 2023"
    first, second = find_ranges(text, AS_OF)
    assert (first.span.of(text), second.span.of(text)) == ("2019-2021", "2021 – 2023")


def test_years_that_are_amounts_are_left_out():
    assert [year for year, _ in find_years("paid $2010, 1,998 units, 2015 and 2031, born 1890", AS_OF)] == [2015, 2031]


def test_overlaps_count_once_and_gaps_are_found():
    intervals = [(10, 20), (15, 30), (40, 45)]
    assert merged_months(intervals) == 25
    assert gaps(intervals) == ((30, 40),)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=12))
def test_merged_months_are_the_months_covered(raw):
    intervals = [(start, start + size) for start, size in raw]
    covered = {month for start, stop in intervals for month in range(start, stop)}
    assert merged_months(intervals) == len(covered)


@given(st.text(alphabet="ab12'’-–/. ,()MayQtoJn0", max_size=60))
def test_any_text_gives_sound_periods(text):
    for found in find_ranges(text, AS_OF):
        assert found.start <= found.end <= month_of(2026, 11)
        assert found.months > 0
        assert found.span.of(text)
