"""reStructuredText and Org against pandoc's own reading: of what pandoc writes for the trees of its test documents."""
import os
import subprocess
import tempfile

import scoring

FORMATS = (("rst", "reStructuredText"), ("org", "Org"))


def run(context):
    good = True
    for extension, name in FORMATS:
        report = scoring.Report(f"{name} against pandoc", verbose=context.verbose)
        with tempfile.TemporaryDirectory(prefix="sluice-markup-") as folder:
            for native in context.files("pandoc/docx", extensions=("native",)):
                stem = os.path.splitext(os.path.basename(native))[0]
                path = os.path.join(folder, f"{stem}.{extension}")
                made = subprocess.run(["pandoc", "-f", "native", "-t", extension, "-o", path, native],
                                      capture_output=True, timeout=300)
                if made.returncode != 0:
                    continue  # a tree of another version of pandoc
                read = subprocess.run(["pandoc", "-f", extension, "-t", "json", path], capture_output=True, timeout=300)
                expected = scoring.of_json(read.stdout)
                code, markdown, said = context.convert(path)
                if code != 0:
                    if sum(expected.counts["words"].values()) > 0:
                        report.fail(stem, said.splitlines()[0] if said else f"exit code {code}")
                    continue
                report.add(stem, scoring.compare(expected, scoring.of_markdown(markdown)))
        good = report.finish() and good
    return good
