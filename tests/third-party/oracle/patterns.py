"""What EventBridge's patterns and metric filters let through, as AWS's pages define them, and what policies allow."""

from __future__ import annotations

import fnmatch
import json
import re


def sign_in(kind: str) -> dict:
    """A console sign-in as CloudTrail records it."""
    detail = {"eventName": "ConsoleLogin", "eventType": "AwsConsoleSignIn", "userIdentity": {"type": kind}}
    return {"source": "aws.signin", "detail-type": "AWS Console Sign In via CloudTrail", "detail": detail}


def lets_through(pattern: dict, event: dict) -> bool:
    """EventBridge: every field of the pattern is in the event, with one of the values."""
    for field, wanted in pattern.items():
        value = event.get(field)
        if isinstance(wanted, dict):
            if not isinstance(value, dict) or not lets_through(wanted, value):
                return False
        elif not any(is_value(value, one) for one in wanted):
            return False
    return True


def is_value(value: object, wanted: object) -> bool:
    """One value of a pattern: to the letter, or by a comparison."""
    if not isinstance(wanted, dict):
        return value == wanted
    [(how, what)] = wanted.items()
    if how == "anything-but":
        return value is not None and value not in (what if isinstance(what, list) else [what])
    if how == "prefix":
        return isinstance(value, str) and value.startswith(what)
    raise AssertionError(f"the oracle does not know {how}")


def counts(pattern: str, event: dict) -> bool:
    """CloudWatch Logs: a JSON filter of comparisons joined by &&."""
    inside = re.fullmatch(r"\s*\{(.*)\}\s*", pattern).group(1)
    return all(holds(term.strip(), event) for term in inside.split("&&"))


def holds(term: str, event: dict) -> bool:
    """One comparison of a filter."""
    path, operator, value = re.fullmatch(r"\$\.([\w.]+)\s*(NOT EXISTS|EXISTS|!=|=)\s*(.*)", term).groups()
    seen: object = event
    for name in path.split("."):
        seen = seen.get(name) if isinstance(seen, dict) else None
    if operator.endswith("EXISTS"):
        return (seen is None) == (operator == "NOT EXISTS")
    return seen is not None and (seen == value.strip('"')) == (operator == "=")


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def statements(document: dict | str) -> list[dict]:
    return as_list((json.loads(document) if isinstance(document, str) else document)["Statement"])


def is_everything(values: object) -> bool:
    return any(set(value) <= {"*", ":"} and "*" in value for value in as_list(values))


def allows_everything(document: dict | str) -> bool:
    """Every action on every resource, and no condition."""
    return any(is_full(one) for one in statements(document) if one["Effect"] == "Allow")


def gives_everything(document: dict | str) -> bool:
    """Every action, or all but some of which none is IAM's: who may change IAM can take the rest."""
    return allows_everything(document) or any(leaves_iam(one) for one in statements(document) if one["Effect"] == "Allow")


def leaves_iam(one: dict) -> bool:
    kept = as_list(one.get("NotAction", "iam:*"))
    is_left = not any(fnmatch.fnmatchcase("iam", action.split(":")[0].lower()) for action in kept)
    return is_left and is_everything(one.get("Resource", [])) and not one.get("Condition")


def denies_everything(document: dict | str) -> bool:
    return any(is_full(one) for one in statements(document) if one["Effect"] == "Deny")


def is_full(one: dict) -> bool:
    return is_everything(one.get("Action", [])) and is_everything(one.get("Resource", [])) and not one.get("Condition")


def allows_nearly_everything(document: dict | str) -> bool:
    """Everything but something, or everything under a condition."""
    return any(is_nearly_full(one) for one in statements(document) if one["Effect"] == "Allow")


def is_nearly_full(one: dict) -> bool:
    actions = "NotAction" in one or is_everything(one.get("Action", []))
    return not is_full(one) and actions and ("NotResource" in one or is_everything(one.get("Resource", [])))
