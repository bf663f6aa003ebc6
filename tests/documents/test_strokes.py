from hirelens_cli.documents.strokes import Stroke, is_grid


def grid(rows, columns):
    level = [Stroke(False, 20.0 * row, 0, 60.0 * columns) for row in range(rows + 1)]
    return level + [Stroke(True, 60.0 * column, 0, 20.0 * rows) for column in range(columns + 1)]


def test_two_rows_of_two_cells_are_a_grid():
    assert is_grid(grid(2, 2))


def test_less_is_none():
    assert not is_grid(grid(1, 4))
    assert not is_grid(grid(4, 1))
    assert not is_grid([stroke for stroke in grid(4, 4) if not stroke.upright])


def test_strokes_that_do_not_meet_are_none():
    apart = [Stroke(True, stroke.at, 500, 600) if stroke.upright else stroke for stroke in grid(3, 3)]
    assert not is_grid(apart)
