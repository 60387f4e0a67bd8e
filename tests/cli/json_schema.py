"""Holds JSON objects against schemas: the part of JSON Schema that host/docs/schema uses, no more.

A keyword that is not known here is an error, so that no schema says what nobody checks.
"""
import json
import pathlib
import re

_TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
_KNOWN = {"$schema", "title", "description", "type", "enum", "pattern", "minimum", "items", "required", "properties"}


def _is(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])


def problems(value, schema, where="$"):
    """What is wrong with a value; fields that the schema does not name are wrong, too."""
    unknown = set(schema) - _KNOWN
    if unknown:
        raise ValueError(f"{where}: the schema has keywords that nobody checks: {unknown}")
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(_is(value, name) for name in names):
        return found + [f"{where}: {value!r} is no {' or '.join(names)}"]
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r} does not match {schema['pattern']}")
    if "minimum" in schema and isinstance(value, (int, float)) and value < schema["minimum"]:
        found.append(f"{where}: {value} is below {schema['minimum']}")
    if isinstance(value, list) and "items" in schema:
        for place, item in enumerate(value):
            found += problems(item, schema["items"], f"{where}[{place}]")
    if isinstance(value, dict) and "properties" in schema:
        for name in schema.get("required", []):
            if name not in value:
                found.append(f"{where}: {name} is missing")
        for name, item in value.items():
            if name in schema["properties"]:
                found += problems(item, schema["properties"][name], f"{where}.{name}")
            else:
                found.append(f"{where}: {name} is not in the schema")
    return found


class Schemas:
    def __init__(self, folder):
        self.by_type = {path.stem: json.loads(path.read_text()) for path in pathlib.Path(folder).glob("*.json")}
        self.seen = set()

    def check(self, line):
        """The object of one line of output. Raises AssertionError for one that breaks its schema."""
        value = json.loads(line)
        kind = value.get("type")
        assert kind in self.by_type, f"no schema for the type {kind!r}: {line}"
        found = problems(value, self.by_type[kind])
        assert not found, f"{kind}: {'; '.join(found)}: {line}"
        self.seen.add(kind)
        return value
