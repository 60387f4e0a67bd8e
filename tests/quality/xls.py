#!/usr/bin/env python3
"""How faithful old workbooks are: cell by cell against what LibreOffice shows, as xlsx.py does it.

A boolean is 1 or 0 there, and TRUE or FALSE here, as Excel shows it: no difference.

    tests/quality/quality.py BUILD xls               all old workbooks of the test documents
    tests/quality/xls.py [--sluice PROGRAM] [--verbose] FILE...
"""
import sys

import xlsx

# File stem -> why its cells differ.
KNOWN = {
    "Test_git_issue_283_TimeSpan": "LibreOffice has no 1900-02-29, and days before it are one off",
    "dates-leap-year-1900-xls": "LibreOffice has no 1900-02-29, and days before it are one off",
    "Test_git_issue_368_header": "a sheet of Excel 2 whose first record says that it is of another",
    "Test_git_issue_368_ixfe": "formats of Excel 2 that stand in a record of their own",
    "as3xls_BIFF2": "the sheet counts days from 1904; LibreOffice from 1900",
    "roo_1900_base": "TODAY() is computed again",
    "roo_1904_base": "TODAY() is computed again",
    "Test_Encoding_Formula_Date_1520": "TODAY() is computed again",
    "namesdemo": "TODAY() and others are computed again",
    "valid": "LibreOffice computes the formulas again, to errors of its own",
    "invalid_formula": "LibreOffice computes the formulas again, to errors of its own",
    "issue_646_unsupported_formula_function": "LibreOffice does not know the function",
    "Uncalculated": "LibreOffice computes the formulas again",
    "empty-string": "LibreOffice computes the formulas again",
    "xls_formula_columns_beyond_z": "has no stored values",
    "too_small": "LibreOffice shows a message of its own",
}


def run(context):
    """For quality.py."""
    files = xlsx.first_of_each_name(context.files("calamine", "office-legacy", extensions=("xls",)))
    return xlsx.evaluate(context.sluice, files, context.verbose, KNOWN, xlsx.as_number)


if __name__ == "__main__":
    sys.exit(xlsx.main(__doc__, KNOWN, xlsx.as_number))
