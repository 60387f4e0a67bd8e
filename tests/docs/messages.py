#!/usr/bin/env python3
"""The table of all messages, made from the sources: host/docs/messages.md.

messages.py PROJECT            fails if the page is not of today, and names messages that say too little
messages.py PROJECT --write    writes it

A message is a call: of Error and SystemError in the host, of Failure and warn in the plugins and the host. A text that
a function is given (refuse(cause, next)) is found where that function is called.
"""
import pathlib
import re
import sys

import cpp_calls

PAGE = "host/docs/messages.md"
EXIT_CODES = {"kOk": 0, "kFatal": 1, "kUsage": 2, "kSomeFailed": 3, "kNoKb": 10, "kLockTimeout": 11, "kNoSandbox": 12,
              "kDamaged": 13, "kInterrupted": 130}
# Where the calls themselves are declared, and where tests or other programs stand.
LEFT_OUT = re.compile(r"host/platform/error\.|host/cli/json\.cpp|sdk/|/report/")
# The calls that make them: (outcome, reason), and (code, text).
FAILURES = r"Failure|(?:\w+(?:\.|->))*finish_as"
WARNINGS = r"(?:\w+(?:\.|->))*warn|warnings_?\.push_back\("
# How many functions hand a text on, at most.
MAX_STEPS = 3


class Source:
    def __init__(self, project, path):
        self.path = path.relative_to(project).as_posix()
        self.text = cpp_calls.without_comments(path.read_text())
        self.functions = cpp_calls.functions_of(self.text)
        self.private_parts = [(one.start(), cpp_calls.end_of_group(self.text, one.end() - 1)[0])
                              for one in re.finditer(r"\bnamespace \{", self.text)]

    def is_private(self, place):
        """Whether no other source can call what is defined there."""
        return any(begin < place < end for begin, end in self.private_parts)

    def value_of(self, name, place):
        """What the variable of a function is made from, if it is a text that is made once."""
        if re.fullmatch(r"k[A-Z]\w*", name):
            constant = re.search(rf"\b{name}(?:\[\])? = ([^;]*);", self.text)
            return constant[1] if constant else name
        around = self.function_at(place)
        if around is None or not re.fullmatch(r"\w+", name):
            return name
        made = rf"\b(?:std::string(?:_view)?|auto|const char\*)\s+{name}\s*=\s*"
        found = [one.end() for one in re.finditer(made, self.text[:place]) if one.start() > around.begin]
        if not found:
            return name
        return cpp_calls.split_at(self.text[found[-1]:place], ";")[0].strip()

    def calls(self, pattern):
        """(arguments, place) of each call whose name fits, but for declarations."""
        for match in re.finditer(rf"(?<![\w~])(?:{pattern})\s*(?:[A-Za-z_]\w*\s*)?([({{])", self.text):
            before = self.text[:match.start()].rstrip()
            if re.search(r"(class|struct|enum|explicit|catch \(const|operator)$", before):
                continue
            yield cpp_calls.arguments(self.text, match.end() - 1), match.start()

    def function_at(self, place):
        around = [one for one in self.functions if one.begin < place < one.end]
        return around[-1] if around else None


def substituted(argument, parameters, given):
    """`argument` with what a caller gives in place of the parameters' names."""
    for name, value in zip(parameters, given):
        if name:
            argument = re.sub(rf'(?<![\w.>"]){name}\b(?!\s*\()(?=(?:[^"]*"[^"]*")*[^"]*$)', lambda _: f"({value})", argument)
    return argument


def users_of(sources, source, function):
    """The sources that can call a function: its own, and those that include a header that declares it."""
    headers = [one.path.split("/", 1)[1] for one in sources
               if one.path.endswith(".h") and re.search(rf"\b{function.name}\(", one.text)]
    own = source.path.split("/", 1)[1].removesuffix(".cpp") + ".h"
    headers = [own] if own in headers else headers
    includes = [f'#include "{header}"' for header in headers]
    if source.is_private(function.begin) or not any(include in source.text for include in includes):
        includes = []
    return [one for one in sources if one is source or any(include in one.text for include in includes) and
            not any(same.name == function.name for same in one.functions)]


def spread(sources, source, call, place, steps=0):
    """The arguments of a call as its callers make them: one for each of them where a parameter is in a text."""
    call = [source.value_of(argument, place) for argument in call]
    function = source.function_at(place)
    names = [] if function is None else [name for name in function.parameters if name]
    if steps == MAX_STEPS or not any(re.fullmatch(rf"(?:std::string(?:_view)?\()?{name}\)?", argument)
                                     for name in names for argument in call):
        return [call]
    found = []
    for other in users_of(sources, source, function):
        for given, at in other.calls(re.escape(function.name)):
            inside = other.function_at(at)
            if not function.takes(len(given)) or inside is None or inside is function:
                continue
            made = [substituted(argument, function.parameters, given) for argument in call]
            found += spread(sources, other, made, at, steps + 1)
    return found or [call]


def cell(text):
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|").replace("<", "\\<").replace("`", "\\`")


def distinct(rows):
    """Without those that differ from one before in the names of what is filled in alone."""
    seen, left = set(), []
    for row in sorted(rows):
        key = tuple(re.sub("<[A-Z_]+>", "<>", str(one)) for one in row)
        if key not in seen:
            seen.add(key)
            left.append(row)
    return left


def errors(sources):
    rows = set()
    for source in sources:
        if not source.path.startswith("host/"):
            continue
        for name in ("Error", "SystemError"):
            for call, place in source.calls(name):
                if len(call) < 3:
                    continue
                for made in spread(sources, source, call, place):
                    action, thing = cpp_calls.text_of(made[0]), cpp_calls.text_of(made[1])
                    code = re.search(r"ExitCode::(\w+)", " ".join(made))
                    cause = "(the system's reason)" if name == "SystemError" else cpp_calls.text_of(made[2])
                    step = cpp_calls.text_of(made[3]) if len(made) > 3 and "ExitCode" not in made[3] else ""
                    rows.add((f"cannot {action}{' ' if thing else ''}{thing}: {cause}", step,
                              EXIT_CODES[code[1]] if code else 1))
    return sorted(distinct(rows), key=lambda row: (row[2], row[0]))


def texts(sources, name, code_of):
    """(code, who says it, text) of each call `name(code, text)`."""
    rows = set()
    for source in sources:
        who = source.path.split("/")[1] if source.path.startswith("plugins/") else "sluice"
        for call, place in source.calls(name):
            for made in spread(sources, source, call, place):
                if len(made) >= 2 and (code := code_of(made[0])):
                    rows.add((code, who, cpp_calls.text_of(made[1])))
    return distinct(rows)


def outcome_word(argument):
    found = re.search(r"Outcome::k(\w+)", argument)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", found[1]).lower() if found else None


def notices(sources):
    """What the host says of a run: warn(text), and "warning " on standard error."""
    rows = set()
    for source in sources:
        if not source.path.startswith("host/"):
            continue
        for call, place in source.calls(r"(?:\w+(?:\.|->))+warn"):
            rows |= {(cpp_calls.text_of(made[0]),) for made in spread(sources, source, call, place) if len(made) == 1}
        for match in re.finditer(r'<<\s*"warning ', source.text):
            pieces = [one.strip() for one in
                      cpp_calls.split_at(cpp_calls.split_at(source.text[match.start():match.start() + 2000], ";")[0], "<<")]
            said = [cpp_calls.text_of(piece) for piece in pieces if piece and piece != "std::flush"]
            rows.add(("".join(said).removeprefix("warning ").strip(),))
    return [row for row in distinct(rows) if re.search(r"[a-z]{3}", row[0])]


def reasons(project):
    """What helps with each error of the system: the table of host/platform/error.cpp."""
    text = cpp_calls.without_comments((project / "host/platform/error.cpp").read_text())
    rows = []
    for match in re.finditer(r"\bHint\{", text):
        reason, step = cpp_calls.arguments(text, match.end() - 1)
        word = re.sub(r"(?<!^)(?=[A-Z])", " ", reason.split("::")[-1].removeprefix("k")).lower()
        rows.append((word.replace("_", " "), cpp_calls.text_of(step)))
    return rows


def lambda_at(text, place):
    """(name, parameters) of the lambda with a name whose body holds the place."""
    for match in re.finditer(r"const auto (\w+) = \[[^\]]*\](\()", text[:place]):
        end, _ = cpp_calls.end_of_group(text, match.start(2))
        body = text.index("{", end)
        if cpp_calls.end_of_group(text, body)[0] > place:
            words = [re.findall(r"\w+", one) for one in cpp_calls.arguments(text, match.start(2))]
            return match[1], [one[-1] for one in words]
    return None


def findings(sources):
    """(severity, kind, text, what to do) of each finding of a check: Finding{weight, kind, where, what, next, ...}."""
    rows = set()
    for source in sources:
        for match in re.finditer(r"\{Weight::k(\w+),", source.text):
            made = [source.value_of(one, match.start()) for one in cpp_calls.arguments(source.text, match.start())]
            around = lambda_at(source.text, match.start())
            calls = [made]
            if around and any(one in around[1] for one in made):
                calls = [[source.value_of(substituted(one, around[1], call).strip("()"), place) for one in made]
                         for call, place in source.calls(re.escape(around[0])) if place > match.start()]
            for _, kind, _, what, step, *_ in calls:
                rows.add((match[1].lower(), cpp_calls.text_of(kind), cpp_calls.text_of(what), cpp_calls.text_of(step)))
    return distinct(rows)


def doctor_lines(sources):
    """(what is looked at, what doctor says of it, what to do): add(state, name, detail, hint)."""
    rows = set()
    for source in sources:
        if source.path != "host/cli/commands/doctor.cpp":
            continue
        for call, place in source.calls("add"):
            if len(call) >= 3:
                rows.add(tuple(cpp_calls.text_of(source.value_of(one, place)) for one in [*call[1:4], "{}"][:3]))
    return distinct(rows)


def faults(sources, project):
    """What is wrong with messages: one that says no next step, or says something twice, or has an unclear number."""
    found = []
    for text, step, _ in errors(sources):
        if not step and "(the system's reason)" not in text:
            found.append(f"{text}: says no next step")
        if step and step in text:
            found.append(f"{text}: says its next step twice")
        named = re.findall(r"<[A-Z_]+>", text.split(": ")[0])
        for name in named:
            if f": its {name}" in text:
                found.append(f"{text}: names {name} twice")
    found += [f"{where}: {text}: says no next step" for where, _, text, step in findings(sources) if not step]
    rows_of_others = [*findings(sources), *doctor_lines(sources), *reasons(project)]
    for rows in (errors(sources), rows_of_others, texts(sources, FAILURES, outcome_word), texts(sources, WARNINGS, warning_code)):
        for row in rows:
            for text in map(str, row):
                if re.search(r"\(s\)|\.$|  ", re.sub(r"\[[^\]]*\]", "x", text)):
                    found.append(f"{text}: has (s), a full stop at its end, or two blanks")
    return found


def warning_code(argument):
    found = re.fullmatch(r'"([a-z0-9-]+)"', argument.strip())
    return found[1] if found else None


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(cell(str(one)) for one in row) + " |" for row in rows])


def page(sources, project):
    return f"""# Messages

Every message of the host and of Sluice's own converters, made from the sources by `tests/docs/messages.py`. `<NAME>`
stands for what is only known when the message is printed; `[one | other]` is one of the two.

## Errors

What ends a command, with its exit code. Printed as `sluice: MESSAGE` and `try: HINT`; with `--json` as an object
`error`. Where the reason is the operating system's, the next table has the hint.

{table(("code", "message", "hint"), [(code, text, step) for text, step, code in errors(sources)])}

The hints for the reasons of the operating system, by the name that C++ has for them:

{table(("reason", "hint"), reasons(project))}

## Failures of documents

The reason of a document that failed, by outcome. [outcomes.md](outcomes.md) has what helps with each outcome; where an
option of the converter helps, the message names it.

{table(("outcome", "by", "reason"), texts(sources, FAILURES, outcome_word))}

## Warnings of documents

With `--json`, `code` is the word of the first column.

{table(("code", "by", "text"), texts(sources, WARNINGS, warning_code))}

## Warnings of a run

Printed as `warning TEXT`.

{table(("text",), notices(sources))}

## Findings of a check

What `sluice check` prints: `SEVERITY  WHERE: KIND: TEXT; HINT`, and with `--json` as an object `finding`. `check --repair`
prints `repaired` and what it has done instead.

{table(("severity", "kind", "text", "hint"), findings(sources))}

## Lines of doctor

What `sluice doctor` prints: `STATE NAME: TEXT`, and `try: HINT`. sluice-sandbox(7) has the promises of the
sandbox.

{table(("name", "text", "hint"), doctor_lines(sources))}
"""


def main():
    project = pathlib.Path(sys.argv[1]).resolve()
    files = sorted([*project.glob("host/**/*.cpp"), *project.glob("host/**/*.h"), *project.glob("plugins/**/*.cpp")])
    sources = [Source(project, path) for path in files
               if not LEFT_OUT.search(path.relative_to(project).as_posix())]
    made = page(sources, project)
    if "--write" in sys.argv:
        (project / PAGE).write_text(made)
        return 0
    wrong = faults(sources, project)
    if (project / PAGE).read_text() != made:
        wrong.append(f"{PAGE} is not of today: run tests/docs/messages.py . --write")
    print("\n".join(wrong) or f"{made.count(chr(10) + '| ')} messages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
