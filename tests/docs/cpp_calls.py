"""Calls in C++ sources and the text that their arguments make: as much of the language as a table of messages needs."""
import re

# Functions that change how a text is written, and not what it says.
PLAIN = {"string", "string_view", "valid_utf8", "visible", "one_line", "described", "word", "name", "quoted",
         "std::move", "c_str", "text_of"}
STRING = r'(?:u8)?"(?:[^"\\\n]|\\.)*"'
RAW = r'R"(\w*)\((?:.|\n)*?\)\1"'


def without_comments(text):
    """The source with blanks in place of comments: places stay, and what strings hold."""
    pattern = re.compile(rf"{RAW}|{STRING}|'(?:[^'\\\n]|\\.)+'|//[^\n]*|/\*(?:.|\n)*?\*/")
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) if found[0].startswith("/") else found[0], text)


def end_of_group(text, at):
    """The place behind the bracket that closes the one at `at`, and where the commas of its level are."""
    depth, commas = 0, []
    while at < len(text):
        found = re.compile(rf"{RAW}|{STRING}|'(?:[^'\\\n]|\\.)+'").match(text, at)
        if found:
            at = found.end()
            continue
        if text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
            if depth == 0:
                return at + 1, commas
        elif text[at] == "," and depth == 1:
            commas.append(at)
        at += 1
    return len(text), commas


def arguments(text, at):
    """Those of the call whose bracket is at `at`."""
    end, commas = end_of_group(text, at)
    places = [at, *commas, end - 1]
    return [text[begin + 1:stop].strip() for begin, stop in zip(places, places[1:])] if text[at + 1:end - 1].strip() else []


def split_at(text, operator):
    """`text` divided at an operator of one or more signs where no bracket is open."""
    parts, depth, begin, at = [], 0, 0, 0
    token = re.compile(rf"{RAW}|{STRING}|'(?:[^'\\\n]|\\.)+'")
    while at < len(text):
        found = token.match(text, at)
        if found:
            at = found.end()
            continue
        depth += (text[at] in "([{") - (text[at] in ")]}")
        around = text[max(0, at - 1):at + 2]
        if depth == 0 and text.startswith(operator, at) and around not in ("++", "::") and "::" not in around and "->" not in around:
            parts.append(text[begin:at])
            begin = at + len(operator)
        at += 1
    return [*parts, text[begin:]]


def placeholder(expression):
    """What stands for a value: the last name in it, as in <PATH>."""
    if "to_string" in expression or re.search(r"\b(size|count)\(\)$", expression):
        return "<N>"
    names = re.findall(r"[A-Za-z_]\w*", re.sub(r"\(.*\)", "", expression, flags=re.S) or expression)
    return f"<{re.sub('^k(?=[A-Z])', '', names[-1].strip('_')).upper()}>" if names else "<VALUE>"


def text_of(expression):
    """The text that an expression makes, with <NAMES> for what is only known when it runs."""
    expression = expression.strip()
    if re.fullmatch(rf"(?:{STRING}\s*)+", expression):
        raw = "".join(piece[piece.index('"') + 1:-1] for piece in re.findall(STRING, expression))
        return re.sub(r"\\(.)", lambda found: {"n": " ", "t": " "}.get(found[1], found[1]), raw)
    if re.fullmatch(r"'(?:[^'\\]|\\.)'", expression):
        return expression[1:-1].replace("\\", "")
    _, *choices = split_at(expression, "?")
    if choices:
        # condition ? value : condition ? value : value
        values = [split_at(one, ":") for one in choices]
        if all(len(one) == 2 for one in values):
            said = [text_of(one) for one in [*(value for value, _ in values), values[-1][1]]]
            return f"[{' | '.join(said)}]"
    pieces = split_at(expression, "+")
    if len(pieces) > 1 and all(piece.strip() for piece in pieces):
        return "".join(text_of(piece) for piece in pieces)
    call = re.fullmatch(r"([\w:.>-]*?)([A-Za-z_]\w*)\s*([({])(?:.|\n)*", expression)
    if call and end_of_group(expression, call.start(3))[0] == len(expression):
        inner = arguments(expression, call.start(3))
        if call[2] == "counted" and len(inner) > 1:
            many = text_of(inner[2]) if len(inner) > 2 else text_of(inner[1]) + "s"
            return f"<N> {many}"
        if call[2] in PLAIN and inner:
            return text_of(inner[0])
    if expression.startswith("(") and end_of_group(expression, 0)[0] == len(expression):
        return text_of(expression[1:-1])
    return "" if expression in ("{}", '""', "std::string()") else placeholder(expression)


class Function:
    """A function's name, its parameters, and where its body is."""

    def __init__(self, name, parameters, begin, end):
        self.name, self.begin, self.end = name, begin, end
        words = [re.findall(r"[A-Za-z_]\w*", one.split("=")[0]) for one in parameters]
        self.parameters = [one[-1] if one else "" for one in words]
        self.needed = sum("=" not in one for one in parameters)

    def takes(self, count):
        return self.needed <= count <= len(self.parameters)


def functions_of(text):
    """Every function of a source, the inner ones behind those around them."""
    found = []
    for match in re.finditer(r"([A-Za-z_~]\w*)\s*\(", text):
        if match[1] in ("if", "for", "while", "switch", "catch", "return", "sizeof"):
            continue
        end, _ = end_of_group(text, match.end() - 1)
        if body := re.compile(r"\s*(?:const|noexcept|override|->\s*[\w:<>]+|\s)*\{").match(text, end):
            found.append(Function(match[1], arguments(text, match.end() - 1), body.end() - 1,
                                  end_of_group(text, body.end() - 1)[0]))
    return found
