"""`/docs`: the API's description as one plain page, made here: no script and no request to anybody."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, StrictUndefined

router = APIRouter(include_in_schema=False)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("const") or schema.get("type") or "any")


def _example(schema: dict[str, Any]) -> str:
    """The schema's first example as JSON; empty where it has none."""
    return json.dumps(schema["examples"][0], ensure_ascii=False) if schema.get("examples") else ""


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {})
            answers = operation["responses"].get("200", {}).get("content", {})
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "description": operation.get("description", ""),
                    "parameters": [
                        one | {"type": _type(one["schema"]), "example": _example(one["schema"])}
                        for one in operation.get("parameters", ())
                    ],
                    "body": [f"{kind}: {_type(one['schema'])}" for kind, one in body.items()],
                    "answer": [
                        f"{kind}: {_type(one['schema'])}"
                        for kind, one in answers.items()
                        if one.get("schema")
                    ],
                }
            )
    return found


def _shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    shapes = []
    for name, shape in sorted(schema["components"]["schemas"].items()):
        fields = [
            {"name": key, "type": _type(one), "example": _example(one)}
            for key, one in shape.get("properties", {}).items()
        ]
        shapes.append({"name": name, "description": shape.get("description", ""), "fields": fields})
    return shapes


@router.get("/docs", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    """Every operation and every shape."""
    schema = request.app.openapi()
    source = files("ui.pages").joinpath("templates", "docs.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    html = template.render(info=schema["info"], operations=_operations(schema), shapes=_shapes(schema))
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})
