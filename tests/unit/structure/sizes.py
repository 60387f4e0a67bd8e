#!/usr/bin/env python3
"""No file is longer than 500 lines, and a class with more than 25 functions says why.

sizes.py SOURCE_FOLDER    fails, with a list, where that is not so
sizes.py --self-test      fails if the counting is wrong

The reason stands in the comment above the class: a sentence with "functions" in it.
"""

import pathlib
import re
import sys

MAX_LINES = 500
MAX_FUNCTIONS = 25
FOLDERS = ["host", "sdk", "plugins", "tests", "config"]
SUFFIXES = {".cpp", ".h", ".hpp", ".c", ".py", ".sh", ".cmake", ".md", ".txt", ".toml", ".inc"}
# Data, and what a program prints: its length is not ours to choose.
DATA = ["tests/fuzz/seeds", "tests/quality/expectations", "tests/abi/frozen", "host/docs/commands.md",
        "host/docs/messages.md", "plugins/pdf/thresholds.md"]

# What looks like a function's name and is none.
WORDS = {"if", "for", "while", "switch", "return", "catch", "sizeof", "alignas", "alignof", "decltype",
         "noexcept", "static_assert", "requires", "operator", "throw", "defined", "new", "delete"}


def without_text(code):
    """Comments, strings and characters become blanks of the same length."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'',
                  blank, code, flags=re.DOTALL)


def matching(code, at, opening, closing):
    depth = 0
    for i in range(at, len(code)):
        if code[i] == opening:
            depth += 1
        elif code[i] == closing:
            depth -= 1
            if depth == 0:
                return i
    return len(code)


def functions_of(body):
    """How many functions a class has, from what stands between its braces."""
    count = 0
    at = 0
    statement = ""
    while at < len(body):
        c = body[at]
        if c == "(":
            end = matching(body, at, "(", ")")
            statement += "()"
            at = end + 1
        elif c == "{":
            end = matching(body, at, "{", "}")
            is_member = re.match(r"\s*[,;]", body[end + 1:end + 40])
            is_class = re.search(r"\b(class|struct|union|enum)\b[^()]*$", statement)
            if not is_class and not is_member and counts(statement):
                count += 1
                statement = ""
            elif not is_member:
                statement = ""
            at = end + 1
        elif c == ";":
            count += counts(statement)
            statement = ""
            at += 1
        else:
            statement += c
            at += 1
    return count


def counts(statement):
    """Whether a member's declaration is that of a function."""
    text = re.sub(r"\b(public|protected|private)\s*:", " ", statement)
    text = re.sub(r"\b(template|alignas|requires)\b\s*(<[^;{]*?>|\(\))?", " ", text)
    if re.search(r"\b(using|typedef|friend|static_assert)\b", text):
        return False
    if re.search(r"=\s*(delete|default)\s*$", text):
        return False
    head = text.split("=", 1)[0] if "operator" not in text else text
    if "operator" in head:
        return True
    name = re.search(r"([~\w]+)\s*\(\)", head)
    if not name or name.group(1) in WORDS or re.search(r"<[^>]*\(\)[^<]*>", head):
        return False
    return True


def classes(code):
    """(line, name, functions, comment above) of each class of a file."""
    plain = without_text(code)
    lines = code.split("\n")
    for match in re.finditer(r"\b(?:class|struct)\s+(?:\[\[\w+\]\]\s*)?([\w:]+)[^;{}()=<>]*\{", plain):
        if re.search(r"\benum\s*$", plain[:match.start()]):
            continue
        end = matching(plain, match.end() - 1, "{", "}")
        number = plain.count("\n", 0, match.start())
        above = []
        for line in reversed(lines[:number]):
            if not re.match(r"\s*(//|\*|/\*|template)", line):
                break
            above.append(line)
        yield number + 1, match.group(1), functions_of(plain[match.end():end]), "\n".join(above)


def faults(root):
    read = 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix not in SUFFIXES or any(name.startswith(data) for data in DATA):
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            read += 1
            lines = text.count("\n")
            if lines > MAX_LINES:
                yield f"{name}: {lines} lines; at most {MAX_LINES}"
            if path.suffix not in {".cpp", ".h", ".hpp"}:
                continue
            for line, title, functions, comment in classes(text):
                if functions > MAX_FUNCTIONS and "functions" not in comment:
                    yield (f"{name}:{line}: class {title} has {functions} functions; give some to an object"
                           f" of their own, or say in its comment why it has so many functions")
    if read < 500:
        yield f"only {read} files were found below {root}"


def self_test():
    def count(body):
        return [functions for _, _, functions, _ in classes(body)]

    assert count("class A { int a_ = f(1); };") == [0]
    assert count("class A { public: A(); ~A(); A(const A&) = delete; int f() const { return g(); } };") == [3]
    assert count("struct A { bool operator==(const A&) const; std::function<int(int)> f; };") == [1]
    assert count("struct A { template <class T> void f(T t) { if (t) { g(); } } int x{0}; void h(); };") == [2]
    assert count("class A : public B { A() : a_(1), b_{2} { x(); } struct C { void f(); }; };") == [1, 1]
    assert count('class A { void f() { s = "class B { void g(); };"; } // void h();\n };') == [1]
    assert count("enum class A { kOne };") == []
    many = "class A {" + "".join(f" void f{i}();" for i in range(26)) + " };"
    assert count(many) == [26]


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    self_test()
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)
