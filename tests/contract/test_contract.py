"""The route table and api/openapi.yaml say the same, in both directions."""
from __future__ import annotations

import re

import pytest
from shapes import Route, contract, differences, operations, resolved, routes, shape_of

ALL = {route.operation: route for route in routes()}


@pytest.fixture(params=ALL)
def route(request: pytest.FixtureRequest) -> Route:
    return ALL[request.param]


def described(route: Route) -> dict:
    operation = operations().get((route.verb, route.path))
    assert operation, f"api/openapi.yaml has no {route.verb} {route.path}"
    return operation


def test_every_route_has_its_own_name() -> None:
    assert len(ALL) == len(routes())


def test_every_described_operation_is_served() -> None:
    served = {(route.verb, route.path) for route in routes()}
    assert sorted(set(operations()) - served) == []


def test_name_right_and_scope_are_described(route: Route) -> None:
    operation = described(route)
    assert operation["operationId"] == route.operation
    assert operation["x-right"] == route.right
    assert operation["x-scope"] == route.scope
    assert operation.get("x-proof", False) == route.proof
    assert (operation.get("security") == []) == (route.right == "anyone")
    assert "default" in operation["responses"]


def test_ids_in_the_path_are_described_and_fit_the_scope(route: Route) -> None:
    in_path = [
        resolved(parameter) for parameter in described(route)["parameters"]
        if resolved(parameter)["in"] == "path"
    ]
    assert sorted(parameter["name"] for parameter in in_path) == sorted(route.params)
    assert all(parameter["required"] for parameter in in_path)
    assert all(parameter["schema"]["type"] == "integer" for parameter in in_path)
    assert ("client_id" in route.params) == (route.scope == "client")
    assert re.fullmatch(r"/api/v1(/[a-z-]+|/\{[a-z]+_(id|line)\}|/\{line\})+(\.csv)?", route.path)


def test_the_body_is_described_as_it_is_read(route: Route) -> None:
    body = described(route).get("requestBody")
    if route.body == "none":
        assert body is None
        return
    content = resolved(body)["content"]
    if route.body == "upload":
        assert list(content) in (["application/octet-stream"], ["text/csv"])
        return
    assert list(content) == ["application/json"]
    assert differences(route.takes, shape_of(content["application/json"]["schema"])) == []


def test_the_answer_is_described_as_it_is_written(route: Route) -> None:
    good = {
        status: resolved(response) for status, response in described(route)["responses"].items()
        if status.startswith("2")
    }
    assert len(good) == 1
    (status, response), = good.items()
    content = response.get("content", {})
    if route.gives is None:
        assert (status, content) == ("204", {})
    elif route.gives == "events":
        assert list(content) == ["text/event-stream"]
    elif route.gives == "binary":
        assert "application/json" not in content and content
    else:
        assert list(content) == ["application/json"]
        assert differences(route.gives, shape_of(content["application/json"]["schema"])) == []


def test_problems_are_described_once_for_all(route: Route) -> None:
    problem = resolved(described(route)["responses"]["default"])
    assert list(problem["content"]) == ["application/problem+json"]


def test_nothing_is_described_that_nobody_uses() -> None:
    """A body in a problem's context is used by a description that names it."""
    text = str(contract())
    for section, entries in contract()["components"].items():
        if section == "securitySchemes":
            continue
        for name in entries:
            used = f"#/components/{section}/{name}'" in text or f"is an {name}." in text
            assert used, f"{section}/{name}"
