"""What the API refuses of every text, in words of a JSON Schema nobody could read: control characters, lone surrogates."""

import json
import unicodedata

import schemathesis


def clean(value):
    if isinstance(value, str):
        return all(c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs") for c in value)
    if isinstance(value, dict):
        return all(clean(k) and clean(v) for k, v in value.items())
    if isinstance(value, list):
        return all(clean(v) for v in value)
    return True


@schemathesis.hook
def filter_body(context, body):
    return clean(body)


def clean_parameter(name, value):
    """In an address no control character at all; within the JSON of a filter, as in a body."""
    if name == "filter" and isinstance(value, str):
        try:
            return clean(json.loads(value))
        except ValueError:
            pass
    return clean(value) and not (isinstance(value, str) and set(value) & set("\t\n\r"))


@schemathesis.hook
def filter_query(context, query):
    return all(clean_parameter(name, value) for name, value in (query or {}).items())
