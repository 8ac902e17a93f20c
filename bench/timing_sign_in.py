#!/usr/bin/env python3
"""Compares how long a refused sign-in takes, by why it is refused. The answers are the same 401.

    bench/timing_sign_in.py URL ADMIN_PASSWORD

On a new demo instance (`whosaw demo`), which it changes: a third of the sales people get a password, a third get one and are
disabled, a third have none. Classes: `unknown` is a login that does not exist, `unknown again` the same once more (the
yardstick), `wrong` a wrong password, `disabled` a disabled account with its right password, `no password` an account without.

The limits on guessing stay as they are and are not met: an account is tried 20 times, which is free in an hour, and each
attempt comes from an address of its own, which the server believes of a trusted proxy (`trusted_proxies = ["127.0.0.1/32"]`).
So there are 20 attempts of each class for each account of the smallest third, and the next run needs a new instance.
"""
import http.client
import ipaddress
import json
import math
import random
import statistics
import sys
import time
import urllib.parse

from timing import interval, ks

FREE = 20


class Browser:
    def __init__(self, url):
        self.url = url.rstrip("/")
        address = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(address.hostname, address.port)
        self.headers = {"Content-Type": "application/json", "Origin": self.url}

    def ask(self, method, path, body=None, **headers):
        text = None if body is None else json.dumps(body)
        self.connection.request(method, path, text, self.headers | headers)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def must(self, method, path, body=None):
        answer, said = self.ask(method, path, body)
        if answer.status // 100 != 2:
            sys.exit(f"{method} {path}: {answer.status} {said[:300]!r}")
        return answer, json.loads(said or "null")


def accounts(url, password):
    """Login and password of each: those that may sign in, the disabled, those without a password."""
    admin = Browser(url)
    answer, _ = admin.must("POST", "/api/v1/session", {"login": "admin", "password": password})
    admin.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
    _, users = admin.must("GET", "/api/v1/admin/users")
    people = [u for u in users["items"] if u["login"].startswith("rep")]
    # The demo's own accounts have passwords.
    reset = lambda user: admin.must("POST", f"/api/v1/admin/users/{user['id']}/password")[1]["password"]
    people = [u for u in people if u["login"] not in ("rep1", "rep6")]
    random.shuffle(people)
    able, disabled, without = people[0::3], people[1::3], people[2::3]
    able, disabled = [[(u["login"], reset(u), u) for u in group] for group in (able, disabled)]
    for _, _, user in disabled:
        admin.must("PUT", f"/api/v1/admin/users/{user['id']}/status", {"status": "disabled"})
    return able, disabled, [(u["login"], password, u) for u in without]


def main():
    url, password = sys.argv[1:]
    random.seed(1)
    able, disabled, without = accounts(url, password)
    count = FREE * min(len(able), len(disabled), len(without))
    # Each account as often as is free, and never twice before the others had their turn.
    turns = lambda group, secret: [(u[0], secret(u[1])) for _ in range(FREE) for u in random.sample(group, len(group))]
    right, wrong = lambda secret: secret, lambda secret: secret[:-1] + ("#" if secret[-1] != "#" else "+")
    unknown = lambda: [(f"rep{random.getrandbits(40):010x}", password) for _ in range(count)]
    classes = {
        "unknown": unknown(),
        "unknown again": unknown(),
        "wrong": turns(able, wrong),
        "disabled": turns(disabled, right),
        "no password": turns(without, right),
    }
    times = {name: [] for name in classes}
    browser, source = Browser(url), int(ipaddress.IPv4Address("10.0.0.0"))
    for turn in range(count):
        names = list(classes)
        random.shuffle(names)
        for name in names:
            login, secret = classes[name][turn]
            source += 1
            begun = time.perf_counter_ns()
            answer, said = browser.ask(
                "POST",
                "/api/v1/session",
                {"login": login, "password": secret},
                **{"X-Forwarded-For": str(ipaddress.IPv4Address(source))},
            )
            took = time.perf_counter_ns() - begun
            if answer.status != 401 or b'"wrong_credentials"' not in said:
                sys.exit(f"{name} {login}: {answer.status} {said[:300]!r}")
            times[name].append(took / 1e6)
    base = times["unknown"]
    print(f"{count} attempts each; KS bound {1.628 * math.sqrt(2 / count):.4f}")
    for name, values in times.items():
        low, high = interval(base, values)
        difference = statistics.median(values) - statistics.median(base)
        print(f"{name:13} median {statistics.median(values):8.3f} ms   difference {difference:+.3f} [{low:+.3f}, {high:+.3f}]   KS {ks(base, values):.4f}")


if __name__ == "__main__":
    main()
