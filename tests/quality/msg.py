"""Messages, contacts and appointments of Outlook against what another reader (msgreader, whose results stand beside its
test files as JSON) finds in them: each value that a person sees is in the Markdown, each attachment is found with its size."""
import glob
import json
import os
import re
import subprocess
import tempfile
from collections import Counter

import scoring

FOLDER = "mail/msgreader"
# Values of one line that must be in the Markdown, with blanks as one.
VALUES = ("subject", "senderName", "senderEmail", "apptLocation", "givenName", "surname", "companyName", "title", "departmentName",
          "businessTelephoneNumber", "homeTelephoneNumber", "mobileTelephoneNumber", "businessFaxNumber",
          "businessHomePage", "email1EmailAddress", "workAddressCity", "workAddressStreet", "workAddressPostalCode")
# "/o=..." is a name within an Exchange server, which nobody sees. What msgreader writes where there is no value.
NO_VALUES = {"", "Unknown", "UNKNOWN"}
# msgreader reads names in the code page of the file as if they were Unicode.
UNREADABLE = re.compile(r"[\x00-\x1f\x80-\x9f\ufffd]")
BARS = {"values": 0.98, "words": 0.98, "attachments": 1.0}


def one_line(text):
    return " ".join(text.replace("\\", "").split())


def values_of(item):
    found = [(name, item.get(name)) for name in VALUES]
    for recipient in item.get("recipients", [])[:20]:
        found.append(("recipient", recipient.get("name") or recipient.get("email")))
    return [(name, one_line(value)) for name, value in found
            if isinstance(value, str) and value.strip() not in NO_VALUES and not value.lower().startswith("/o=") and not UNREADABLE.search(value)]


def attachments_of(item):
    """(name, size) of files; None as the size of messages."""
    found = []
    for each in item.get("attachments", []):
        inner = each.get("innerMsgContentFields")
        found.append((each.get("fileName") or each.get("name"), None if inner else each.get("contentLength")))
    return found


def judge(context, path, item):
    """Missing values, recall of the body's words, missing attachments, and how many there are of the first and last."""
    with tempfile.TemporaryDirectory(prefix="sluice-msg-") as folder:
        kb = os.path.join(folder, "kb")
        subprocess.run([context.sluice, "init", kb], capture_output=True, check=True)
        done = subprocess.run([context.sluice, "-C", kb, "add", "--json", path], capture_output=True, timeout=120)
        docs = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        docs = [doc for doc in docs if doc["type"] == "doc"]
        root = next(doc for doc in docs if "parent" not in doc)
        with open(os.path.join(kb, root["markdown"]), encoding="utf-8") as file:
            markdown = file.read()
            folders = [os.path.join(kb, "raw", "**"), os.path.join(kb, "wiki", "sources", "images", "**")]
        sizes = Counter(os.path.getsize(one) for each in folders for one in glob.glob(each, recursive=True) if os.path.isfile(one))
        # Of a document that fails (no converter reads it), its name is all there is.
        failed = {os.path.basename(doc["path"]) for doc in docs if "parent" in doc and "raw" not in doc}
    shown = one_line(markdown)
    values = values_of(item)
    missing = [(name, value) for name, value in values if value not in shown]
    expected = Counter(scoring.words(item.get("body") or ""))
    found = Counter(scoring.words(markdown))
    recall = sum((expected & found).values()) / sum(expected.values()) if expected else None
    lost = []
    for name, size in attachments_of(item):
        if size is not None and sizes[size] == 0 and name not in failed:
            lost.append((name, size))
        if size is None and not any("parent" in doc for doc in docs):
            lost.append((name, size))
    return missing, len(values), recall, lost, len(attachments_of(item))


def run(context):
    values = found_values = attachments = found_attachments = items = 0
    recalls = []
    for path in context.files(FOLDER, extensions=("msg",)):
        beside = path[:-len(".msg")] + ".json"
        if not os.path.exists(beside):
            continue
        with open(beside, encoding="utf-8-sig") as file:
            item = json.load(file)
        items += 1
        name = os.path.basename(path)
        missing, count, recall, lost, attached = judge(context, path, item)
        values, found_values = values + count, found_values + count - len(missing)
        attachments, found_attachments = attachments + attached, found_attachments + attached - len(lost)
        if recall is not None:
            recalls.append(recall)
        for what, value in missing:
            print(f"  {name}: {what} is not shown: {value[:80]}")
        for what, size in lost:
            print(f"  {name}: attachment is not there: {what}, {size} bytes")
        if recall is not None and recall < 0.98:
            print(f"  {name}: {recall:.3f} of the words of the body")
    scores = {"values": found_values / values if values else 0, "words": sum(recalls) / len(recalls) if recalls else 0,
              "attachments": found_attachments / attachments if attachments else 0}
    print(f"Outlook against msgreader: {items} files; values shown {found_values} of {values} ({scores['values']:.3f}); "
          f"attachments with their size {found_attachments} of {attachments}; words of bodies, mean {scores['words']:.3f}")
    return bool(items) and all(scores[name] >= bar for name, bar in BARS.items())
