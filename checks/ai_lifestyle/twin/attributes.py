"""How does DynamoDB write a JSON value?"""

from __future__ import annotations

from typing import Any

Attribute = dict[str, Any]


def to_attribute(value: Any) -> Attribute:
    """A JSON value as a DynamoDB attribute; whole numbers are written without a fraction."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case float():
            return {"N": str(int(value)) if value.is_integer() else repr(value)}
        case str():
            return {"S": value}
        case list() | tuple():
            return {"L": [to_attribute(inner) for inner in value]}
        case _:
            return {"M": to_item(value)}


def to_item(value: dict[str, Any]) -> dict[str, Attribute]:
    """A JSON object as a DynamoDB item."""
    return {key: to_attribute(inner) for key, inner in value.items()}


def from_attribute(attribute: Attribute) -> Any:
    """The JSON value of a DynamoDB attribute."""
    ((kind, value),) = attribute.items()
    match kind:
        case "NULL":
            return None
        case "N":
            return float(value) if set(value) & set(".eE") else int(value)
        case "L":
            return [from_attribute(inner) for inner in value]
        case "M":
            return from_item(value)
        case _:
            return value


def from_item(item: dict[str, Attribute]) -> dict[str, Any]:
    """The JSON object of a DynamoDB item."""
    return {key: from_attribute(attribute) for key, attribute in item.items()}
