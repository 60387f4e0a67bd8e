"""Mail against Python's email package: every attachment is found, byte for byte, and the words of the text.

All messages go into one knowledge base; what Sluice takes out of them is in raw/ and among the images."""
import email
import email.policy
import hashlib
import json
import os
import subprocess
import tempfile
from collections import Counter

import scoring

FOLDERS = ("eml", "mail/cpython-email", "mail/mikel-mail", "mail/mime4j", "mail/mimekit", "mail/stalwart")
SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
# Files whose attachments differ for a reason that is no fault: name -> why.
DIFFERENT = {"message-partial.0.eml": "a piece of a message, which Python decodes as if it were whole"}
BARS = {"attachments": 0.97, "words": 0.96}


def attachments_of(message):
    """The bytes of each leaf that is no text of the message."""
    found = []
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() in SIGNATURES:
            continue
        if part.get_content_maintype() == "message" or part.get_content_type() == "text/rfc822-headers":
            continue
        named = part.get_filename() is not None
        if part.get_content_disposition() == "attachment" or (part.get_content_maintype() != "text" and named):
            payload = part.get_payload(decode=True)
            if payload:
                found.append((part.get_filename() or "?", payload))
    return found


def text_of(message):
    try:
        body = message.get_body(preferencelist=("plain",))
        return "" if body is None else body.get_content()
    except (LookupError, KeyError, AttributeError, ValueError):
        return ""


def digests(folder):
    found = set()
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                found.add(hashlib.sha256(file.read()).hexdigest())
    return found


def run(context):
    with tempfile.TemporaryDirectory() as folder:
        kb = os.path.join(folder, "kb")
        subprocess.run([context.sluice, "init", kb], capture_output=True, check=True)
        sources = [os.path.join(context.corpus, each) for each in FOLDERS]
        done = subprocess.run([context.sluice, "-C", kb, "add", "--json"] + sources, capture_output=True, timeout=900)
        docs = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        return judge(context, kb, [d for d in docs if d["type"] == "doc"])


def judge(context, kb, docs):
    held = digests(os.path.join(kb, "raw")) | digests(os.path.join(kb, "wiki", "sources", "images"))
    # Of a document that fails (a sound, a broken file), only the hash of what was handed over is there.
    held |= {d["sha256"] for d in docs}
    total = equal = messages = 0
    recalls = []
    for doc in docs:
        if doc["converter"] != "mail" or doc["result"] != "added" or "parent" in doc:
            continue
        with open(os.path.join(kb, doc["raw"]), "rb") as file:
            message = email.message_from_bytes(file.read(), policy=email.policy.default)
        messages += 1
        name = os.path.basename(doc["path"])
        for file_name, payload in attachments_of(message):
            total += 1
            if hashlib.sha256(payload).hexdigest() in held:
                equal += 1
            elif name not in DIFFERENT:
                print(f"  {name}: {file_name}: {len(payload)} bytes are not the same")
        # Python reads no message that is stored in UTF-16.
        words = Counter() if "utf-16" in name else Counter(scoring.words(text_of(message)))
        if words:
            with open(os.path.join(kb, doc["markdown"]), encoding="utf-8") as file:
                found = Counter(scoring.words(file.read()))
            recall = sum((words & found).values()) / sum(words.values())
            recalls.append(recall)
            if recall < 0.9 or context.verbose:
                print(f"  {name}: {recall:.3f} of the words")
    attachments = equal / total if total else 0
    words = sum(recalls) / len(recalls) if recalls else 0
    print(f"Mail against Python's email: {messages} messages; attachments equal {equal} of {total} "
          f"({attachments:.3f}); words of plain text found, mean {words:.3f}, "
          f"median {sorted(recalls)[len(recalls) // 2] if recalls else 0:.3f}")
    return attachments >= BARS["attachments"] and words >= BARS["words"]
