"""ODP against LibreOffice: the words of the PDF that it makes, which poppler reads."""
import os
import shutil
import subprocess
import tempfile
from collections import Counter

import scoring

# What a slide shows besides its own text.
MEANT = {}


def shown_words(path, folder):
    """All words that LibreOffice shows; None if it cannot."""
    shutil.copy(path, os.path.join(folder, "in" + os.path.splitext(path)[1]))
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                    "--outdir", folder, os.path.join(folder, "in" + os.path.splitext(path)[1])],
                   capture_output=True, timeout=120, check=False)
    made = os.path.join(folder, "in.pdf")
    if not os.path.exists(made):
        return None
    text = subprocess.run(["pdftotext", "-raw", made, "-"], capture_output=True, timeout=60, check=True)
    os.remove(made)
    return Counter(scoring.words(text.stdout.decode("utf-8", "replace")))


def run(context):
    print("\nODP against LibreOffice: words that it shows and that are here")
    total = found = documents = 0
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        for path in context.files("odf", extensions=("odp", "otp", "fodp")):
            code, markdown, _ = context.convert(path)
            expected = shown_words(path, folder)
            if not expected:
                continue
            documents += 1
            # Alone digits are numbers of slides.
            expected = Counter({word: count for word, count in expected.items() if not word.isdigit()})
            here = Counter(scoring.words(markdown)) if code == 0 else Counter()
            both = sum((expected & here).values())
            total, found = total + sum(expected.values()), found + both
            share = both / max(1, sum(expected.values()))
            if share < 0.98:
                bad.append((os.path.relpath(path, context.corpus), share, list((expected - here).items())[:8]))
    for name, share, missing in bad:
        print(f"{name:70} {share:.3f} {missing}")
    share = found / max(1, total)
    print(f"{documents} documents, {total} words, {share:.4f} of them here")
    return share >= 0.98
