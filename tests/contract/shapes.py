"""Two descriptions of the same bodies, brought to one form: what the program's types say
(`kuramori print-routes`) and what api/openapi.yaml says."""
from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from office import BINARY, ROOT

Shape = Any  # "string", "integer", {"fields": …}, {"optional": …}, {"enum": […]}, [item], None


@dataclass(frozen=True)
class Route:
    verb: str
    path: str
    right: str
    scope: str
    operation: str
    proof: bool  # asks who you are, again
    body: str  # none, json, upload
    takes_text: str
    gives_text: str

    @property
    def takes(self) -> Shape:
        return json.loads(self.takes_text)

    @property
    def gives(self) -> Shape:
        return json.loads(self.gives_text)

    @property
    def params(self) -> list[str]:
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


@cache
def routes() -> list[Route]:
    done = subprocess.run(
        [BINARY, "print-routes"], capture_output=True, text=True, timeout=120, check=True
    )
    return [
        Route(row["verb"], row["path"], row["right"], row["scope"], row["operation"], row["proof"],
              row["body"],
              json.dumps(row["takes"]), json.dumps(row["gives"]))
        for row in json.loads(done.stdout)
    ]


@cache
def contract() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "api/openapi.yaml").read_text())


def resolved(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = contract()
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


@cache
def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """(verb, path) → operation, with the parameters of its path."""
    found = {}
    for path, item in contract()["paths"].items():
        for verb, operation in item.items():
            if verb == "parameters":
                continue
            shared = item.get("parameters", [])
            found[verb, path] = {
                **operation, "parameters": [*shared, *operation.get("parameters", [])],
            }
    return found


def nullable(schema: Any) -> bool:
    schema = resolved(schema)
    if schema == {} or "null" in as_list(schema.get("type")) or None in schema.get("enum", []):
        return True
    return any(resolved(one).get("type") == "null" for one in schema.get("oneOf", []))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def shape_of(schema: Any) -> Shape:
    """The shape of a schema, leaving aside whether it may be null."""
    schema = resolved(schema)
    if not schema or set(schema) == {"description"}:
        return "any"
    if "oneOf" in schema:
        real = [one for one in schema["oneOf"] if resolved(one).get("type") != "null"]
        assert len(real) == 1, f"one real choice beside null is expected: {schema}"
        return shape_of(real[0])
    kinds = [kind for kind in as_list(schema.get("type")) if kind != "null"]
    assert len(kinds) == 1, f"one type is expected: {schema}"
    kind = kinds[0]
    if "enum" in schema:
        return {"enum": [choice for choice in schema["enum"] if choice is not None]}
    if kind == "array":
        return [shape_of(schema["items"])]
    if kind == "object":
        return {"fields": fields_of(schema)}
    if kind == "string" and schema.get("format") == "date":
        return "date"
    return kind


def fields_of(schema: dict[str, Any]) -> dict[str, Shape]:
    required = set(schema.get("required", []))
    fields: dict[str, Shape] = {}
    for name, inner in schema.get("properties", {}).items():
        shape = shape_of(inner)
        fields[name] = shape if name in required else {"optional": shape}
        if name not in required:
            assert nullable(inner), f"{name} may be left out, so it may be null, too"
    assert required <= set(fields), f"required but not described: {required - set(fields)}"
    return fields


def differences(types: Shape, described: Shape, where: str = "") -> list[str]:
    """Where the two are not the same; an enumeration may describe a plain string more closely."""
    if types == described or (types == "string" and isinstance(described, dict)
                              and set(described) == {"enum"}):
        return []
    if isinstance(types, list) and isinstance(described, list):
        return differences(types[0], described[0], f"{where}[]")
    if isinstance(types, dict) and isinstance(described, dict) and set(types) == set(described):
        if "optional" in types:
            return differences(types["optional"], described["optional"], where)
        if "fields" in types:
            ours, theirs = types["fields"], described["fields"]
            out = [f"{where}.{name} is not described" for name in ours if name not in theirs]
            out += [f"{where}.{name} does not exist" for name in theirs if name not in ours]
            for name in ours.keys() & theirs.keys():
                out += differences(ours[name], theirs[name], f"{where}.{name}")
            return out
    return [f"{where or 'body'} is {types}, described as {described}"]
