"""What the API refuses of every text, in words of a JSON Schema nobody could read: control characters, lone surrogates. And what
would end the run without ending it: who asks is left able to."""

import json
import os
import re
import unicodedata
import urllib.request

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


def own_ids():
    """Users and tokens of those who ask."""
    ids = set()
    with open(os.environ["FUZZ_TOKENS"], encoding="utf-8") as file:
        tokens = re.findall(r"whosaw_pat_[^\"]+", file.read())
    for token in tokens:
        request = urllib.request.Request(os.environ["FUZZ_URL"] + "/api/v1/me", headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request) as answer:
            me = json.load(answer)
        ids |= {me["user"]["id"], me["token"]}
    return ids


@schemathesis.serializer("application/zip")
def as_file(context, value):
    """Courses go up as ZIP files. What is made up here is none, and is to be refused as such."""
    bytes_of = getattr(value, "data", value)
    return bytes_of if isinstance(bytes_of, bytes) else json.dumps(value).encode()


OWN = own_ids()
# Takes tokens, roles or the account itself from the one with this id.
ENDS = re.compile(r"(POST|PUT|PATCH|DELETE) /api/v1/(admin/users/\{id\}(/|$)|(admin/)?tokens/\{id\}$)")


@schemathesis.hook
def before_call(context, case, **kwargs):
    # An administrator who resets the password of one who asks ends their token: all that follows would only be told 401.
    if ENDS.match(case.operation.label) and str((case.path_parameters or {}).get("id")) in OWN:
        case.path_parameters["id"] = "0190c8f4-0000-7000-8000-000000000000"
    # What has no end of its own ends at once.
    if case.operation.label in ("GET /api/v1/audit/live", "GET /api/v1/alerts/live") and str((case.query or {}).get("seconds", 0)).isdigit():
        case.query = {**(case.query or {}), "seconds": 0}
