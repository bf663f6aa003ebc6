from hirelens_cli.documents.lines import View


class Page:
    """A page of `rows`: text, where it starts, how high its letters are; pdfium puts `joints` between the rows."""

    height = 842

    def __init__(self, rows, joints=(), upwards=False):
        self.text, self.places = "", []
        for at, (text, x, top, size) in enumerate(rows):
            for char in text:
                self.text += char
                self.places.append((x, top, x + size / 2, top + size))
                x, top = (x, top - size) if upwards else (x + size / 2, top)
            joint = joints[at] if at < len(joints) else "\r\n" * (at < len(rows) - 1)
            self.text += joint
            self.places += [(0.0, 0.0, 0.0, 0.0)] * len(joint)

    def box(self, at):
        return self.places[at]

    def runs(self):
        return tuple([place[side] for place in self.places] for side in (0, 2, 3, 1))

    def font(self, at):
        return ("Example-Bold" if self.places[at][3] - self.places[at][1] > 12 else "Example", 0)

    def size(self, at):
        return self.places[at][3] - self.places[at][1]


def texts(page):
    return [line.text for line in View(page, 1).lines(())]


def test_lines_have_the_size_and_weight_of_their_middle():
    name, body = View(Page([("Ada Example", 60, 40, 20), ("Kept the books", 60, 70, 10)]), 3).lines(())
    assert (name.size, name.bold, name.page) == (20, True, 3)
    assert (body.size, body.bold, body.bbox) == (10, False, (60, 70, 130, 80))


def test_a_wrapped_line_whose_space_is_lost_is_parted():
    rows = [("Tested the pumps and the", 60, 100, 10), ("valves.", 60, 112, 10)]
    assert texts(Page(rows, [""])) == ["Tested the pumps and the", "valves."]
    assert texts(Page(rows, [" "])) == ["Tested the pumps and the", "valves."]


def test_a_large_name_beside_small_print_is_parted():
    rows = [("updated in May", 400, 40, 6), ("Ada Example", 60, 50, 30)]
    assert texts(Page(rows, [" "])) == ["updated in May", "Ada Example"]


def test_a_large_initial_stays_with_its_word():
    rows = [("C", 60, 90, 30), ("URRICULUM", 75, 106, 10)]
    assert texts(Page(rows, [""])) == ["CURRICULUM"]


def test_many_lines_run_into_one_are_all_parted():
    rows = [(f"line number {row} of a page", 60, 100 + 12 * row, 10) for row in range(50)]
    assert texts(Page(rows, [" ", ""] * 25)) == [text for text, *_ in rows]


def test_text_that_runs_upwards_is_one_line():
    assert texts(Page([("Curriculum vitae", 20, 700, 10)], upwards=True)) == ["Curriculum vitae"]


def test_headings_painted_late_on_one_line_are_parted_at_the_column():
    rows = [(f"left {row}", 60, 120 + 12 * row, 10) for row in range(4)]
    rows += [(f"right {row}", 300, 120 + 12 * row, 10) for row in range(4)]
    rows += [("SKILLS", 60, 100, 10), ("AWARDS", 300, 100, 10)]
    joints = ["\r\n"] * 8 + [" "]
    assert texts(Page(rows, joints))[-2:] == ["SKILLS", "AWARDS"]
    in_order = [rows[8], *rows[:4], rows[9], *rows[4:8]]
    assert texts(Page(in_order))[0] == "SKILLS"


def test_hidden_words_are_left_out():
    page = Page([("Kept secret books", 60, 100, 10), ("secret", 60, 120, 10)])
    lines = View(page, 1).lines([(5, 11), (19, 25)])
    assert [line.text for line in lines] == ["Kept  books"]


def test_ligatures_of_tex_fonts_are_spelt_out():
    assert texts(Page([("E\x1ecient work\x1dow, \x1cne", 60, 100, 10)])) == ["Efficient workflow, fine"]
