from __future__ import annotations

import pytest

from hirelens_cli.model.profiles import month_of, month_text


@pytest.mark.parametrize(("year", "month", "text"), [(2024, 5, "2024-05"), (1999, 12, "1999-12"), (2000, 1, "2000-01")])
def test_months(year, month, text):
    assert month_text(month_of(year, month)) == text
    assert month_of(year, month) + 1 == month_of(year + month // 12, month % 12 + 1)
