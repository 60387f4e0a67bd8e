"""Reads pandoc's native format (a Haskell value, as `show` writes it) into the shape of its JSON format,
so that trees which another version of pandoc wrote can be compared."""
import re

_TOKEN = re.compile(r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?(?:e-?\d+)?)
                        |(?P<name>[A-Za-z][A-Za-z0-9_']*)|(?P<mark>[][(){},=])|(?P<end>\Z))""", re.X | re.S)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'", "a": "\a", "b": "\b",
            "f": "\f", "v": "\v", "&": "", "DEL": "\x7f", "ESC": "\x1b", "NUL": "\0"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]+)|(\d+)|\s+\\|([A-Z]{2,3}|.))", re.S)
# In JSON these are written without a tag.
_PLAIN = {"TableHead", "TableBody", "TableFoot", "Row", "Cell", "RowSpan", "ColSpan", "RowHeadColumns"}


def _string(token):
    def replace(match):
        if match[1]:
            return chr(int(match[1], 16))
        if match[2]:
            return chr(int(match[2]))
        return _ESCAPES.get(match[3] or "&", match[3] or "")
    return _ESCAPE.sub(replace, token[1:-1])


class _Parser:
    def __init__(self, text):
        self.tokens = []
        at = 0
        while True:
            match = _TOKEN.match(text, at)
            if not match:
                raise ValueError(f"no Haskell value at {text[at:at + 40]!r}")
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            if match.lastgroup == "end":
                break
            at = match.end()
        self.at = 0

    def peek(self):
        return self.tokens[self.at]

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def sequence(self, close):
        items = []
        while self.peek() != ("mark", close):
            items.append(self.value())
            if self.peek() == ("mark", ","):
                self.take()
        self.take()
        return items

    def record(self):
        fields = []
        self.take()
        while self.peek() != ("mark", "}"):
            self.take()  # name
            self.take()  # =
            fields.append(self.value())
            if self.peek() == ("mark", ","):
                self.take()
        self.take()
        return fields

    def argument(self):
        """A value that may stand behind a constructor; None where there is none."""
        kind, text = self.peek()
        if kind in ("string", "number") or text in ("[", "("):
            return self.value()
        if kind == "name":
            self.take()
            return self.constructed(text, self.record() if self.peek() == ("mark", "{") else [])
        return None

    def constructed(self, name, arguments):
        if name in ("Nothing",):
            return None
        if name in ("Just", "fromList") or name in _PLAIN:
            return arguments[0] if len(arguments) == 1 else arguments
        node = {"t": name}
        if arguments:
            node["c"] = arguments[0] if len(arguments) == 1 else arguments
        return node

    def value(self):
        kind, text = self.take()
        if kind == "string":
            return _string(text)
        if kind == "number":
            return float(text)
        if text == "[":
            return self.sequence("]")
        if text == "(":
            items = self.sequence(")")
            return items[0] if len(items) == 1 else items
        arguments = []
        if self.peek() == ("mark", "{"):
            arguments = self.record()
        while self.peek() != ("end", ""):
            kind, following = self.peek()
            if following in (",", "]", ")", "}", "="):
                break
            nullary = text in _NULLARY
            if nullary:
                break
            argument = self.argument()
            arguments.append(argument)
        return self.constructed(text, arguments)


_NULLARY = {"Space", "SoftBreak", "LineBreak", "HorizontalRule", "Null", "AlignDefault", "AlignLeft",
            "AlignRight", "AlignCenter", "ColWidthDefault", "Nothing", "Decimal", "DefaultStyle", "Period",
            "DefaultDelim", "OneParen", "TwoParens", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman",
            "Example", "InlineMath", "DisplayMath", "SingleQuote", "DoubleQuote", "NormalCitation"}


def parse(text):
    """(metadata, blocks), as in {"meta": ..., "blocks": ...} of pandoc's JSON."""
    value = _Parser(text).value()
    if isinstance(value, dict) and value.get("t") == "Pandoc":
        meta, blocks = value["c"]
        entries = meta.get("c", []) if isinstance(meta, dict) else []
        return {key: entry for key, entry in entries}, blocks
    return {}, value
