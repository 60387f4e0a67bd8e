#!/usr/bin/env python3
"""How faithful OpenDocument sheets are: cell by cell against what LibreOffice shows, as xlsx.py does it.

    tests/quality/quality.py BUILD ods               all sheets of the test documents
    tests/quality/ods.py [--sluice PROGRAM] [--verbose] FILE...
"""
import sys

import xlsx

# File stem -> why its cells differ.
KNOWN = {
    "covered": "LibreOffice exports what lies under a merged cell",
    "styled_table": "LibreOffice exports what lies under a merged cell",
    "simple_table": "numbers and dates as their author saw them, in French",
    "simple_table_named_range": "numbers and dates as their author saw them, in French",
    "content_cells_import_xml_MSO15": "values as their author saw them, in German",
    "formula": "values as their author saw them, in German",
    "formula_import_xml_12_MSO15": "values as their author saw them, in German; some are computed again",
    "TestSpreadsheetTable": "dates as their author saw them, in British English",
    "ST_Formulas": "TODAY() and others are computed again",
    "formula-complex": "LibreOffice computes the formulas again",
    "formula_import_xml_12_LO42": "values without text: LibreOffice shows them in their formats, and computes others again",
}
# Those that LibreOffice cannot read at all: file stem -> why.
LEFT_OUT = {
    "issue_594_dos": "a bomb: LibreOffice needs all of the memory",
    "pass_protected": "is encrypted",
}


def run(context):
    """For quality.py."""
    files = [path for path in xlsx.first_of_each_name(context.files(
        "calamine", "odf", extensions=("ods", "ots", "fods"))) if path.stem not in LEFT_OUT]
    return xlsx.evaluate(context.sluice, files, context.verbose, KNOWN, xlsx.as_number)


if __name__ == "__main__":
    sys.exit(xlsx.main(__doc__, KNOWN, xlsx.as_number))
