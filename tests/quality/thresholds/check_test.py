#!/usr/bin/env python3
"""The check of plugins/pdf/thresholds.md finds what it is for, in sources and a page made here."""
import unittest

import sources
import table

SOURCE = """// Parts of the font's size. Lines are farther apart.
constexpr float kGap = 0.5F;
constexpr float kLow = 0.1F, kHigh = 0.8F;  // below the line, and above it

constexpr std::size_t kMaxRows = 40;
constexpr std::size_t kLetters = 4;  // of a label
constexpr float kNowhere = 1e9F;
constexpr int kRows = 3;
  std::array<char, kLetters> label;
"""


def trial(value, tests=(), changed=()):
    one = type("Trial", (), {})()
    one.value, one.tests, one.pages, one.changed, one.end = value, list(tests), [], set(changed), ""
    one.breaks = one.tests
    return one


class Thresholds(unittest.TestCase):
    def setUp(self):
        self.constants = sources.constants_in("layout/some.cpp", SOURCE)
        results = {one.id: ([trial(0, ["Some.Test"])], [trial(9, changed={1, 2})]) for one in self.constants}
        self.page = table.page_of("", self.constants, results)

    def faults(self, source):
        return " ".join(table.faults_of(self.page, sources.constants_in("layout/some.cpp", source)))

    def test_bounds_and_sizes_of_arrays_are_none(self):
        self.assertEqual([one.name for one in self.constants], ["kGap", "kLow", "kHigh", "kRows"])

    def test_each_has_its_own_comment_or_that_of_its_group(self):
        self.assertEqual([one.meaning for one in self.constants],
                         ["Parts of the font's size", *["below the line, and above it"] * 2, ""])

    def test_the_copy_keeps_what_cannot_be_changed(self):
        copy = sources.tunable("layout/some.cpp", SOURCE)
        self.assertIn('const float& kHigh = sluice_thresholds::constant<float>("layout/some.cpp kHigh", 0.8F);', copy)
        self.assertIn("constexpr std::size_t kLetters = 4;", copy)

    def test_the_page_of_today_has_no_fault(self):
        self.assertEqual(self.faults(SOURCE), "")

    def test_another_number_is_a_fault(self):
        self.assertIn("kHigh = 0.9; run", self.faults(SOURCE.replace("0.8F", "0.9F")))

    def test_another_number_has_not_been_tried(self):
        changed = sources.constants_in("layout/some.cpp", SOURCE.replace("0.8F", "0.9F"))
        page = table.page_of(self.page, changed, {})
        self.assertEqual(table.rows_of(page)["layout/some.cpp kHigh"][2:], table.NOT_TRIED)
        self.assertIn("0: `Some.Test`", table.rows_of(page)["layout/some.cpp kLow"][3])

    def test_a_new_number_is_a_fault(self):
        self.assertIn("has nothing for layout/some.cpp kNew = 7", self.faults(SOURCE + "constexpr int kNew = 7;\n"))

    def test_a_name_that_is_gone_is_a_fault(self):
        self.assertIn("--check --write", self.faults(SOURCE.replace("constexpr int kRows = 3;\n", "")))

    def test_what_decides_a_number_is_kept_when_another_is_tried(self):
        again = table.page_of(self.page, self.constants, {self.constants[0].id: ([], [])})
        self.assertEqual(again.count("0: `Some.Test`"), len(self.constants) - 1)


if __name__ == "__main__":
    unittest.main()
