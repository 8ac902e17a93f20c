#!/usr/bin/env python3
"""Compares how long the API takes to say that there is nothing, by why there is nothing to be seen.

    bench/timing.py URL COUNT TOKEN HIDDEN_ID OTHER_TYPE_ID [DELETED_ID]

Classes of one GET /api/v1/records/customer/{id}: `absent` never was, `hidden` is another team's, `other` is a record of
another type, `deleted` was deleted; `absent again` is `absent` once more, the yardstick. They take turns in an order that is
shuffled anew each round. Answers must be the same 404. Prints for each class the median in milliseconds, and against `absent` the difference of
medians with a 95 % bootstrap interval and the Kolmogorov-Smirnov statistic with the bound it passes by chance once in a hundred.
"""
import bisect
import http.client
import math
import random
import statistics
import sys
import time
import urllib.parse

ABSENT = "0190c8f4-0000-7000-8000-%012x"


def main():
    url, count, token, hidden, other, *deleted = sys.argv[1:]
    count = int(count)
    random.seed(1)
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    fresh = lambda: ABSENT % random.getrandbits(48)
    classes = {"absent": fresh, "absent again": fresh, "hidden": lambda: hidden, "other": lambda: other}
    if deleted:
        classes["deleted"] = lambda: deleted[0]
    times = {name: [] for name in classes}
    for turn in range(count + 50):
        names = list(classes)
        random.shuffle(names)
        for name in names:
            path = "/api/v1/records/customer/" + classes[name]()
            begun = time.perf_counter_ns()
            connection.request("GET", path, headers={"Authorization": "Bearer " + token})
            answer = connection.getresponse()
            body = answer.read()
            took = time.perf_counter_ns() - begun
            if answer.status != 404 or b'"not_found"' not in body:
                sys.exit(f"{name}: {answer.status} {body[:200]!r}")
            if turn >= 50:
                times[name].append(took / 1e6)
    base = times["absent"]
    bound = 1.628 * math.sqrt(2 / count)
    print(f"{count} requests each; KS bound {bound:.4f}")
    for name, values in times.items():
        low, high = interval(base, values)
        difference = statistics.median(values) - statistics.median(base)
        print(f"{name:13} median {statistics.median(values):8.3f} ms   difference {difference:+.3f} [{low:+.3f}, {high:+.3f}]   KS {ks(base, values):.4f}")


def interval(a, b, draws=1000):
    found = sorted(
        statistics.median(random.choices(b, k=len(b))) - statistics.median(random.choices(a, k=len(a))) for _ in range(draws)
    )
    return found[draws * 25 // 1000], found[draws * 975 // 1000]


def ks(a, b):
    a, b = sorted(a), sorted(b)
    return max(abs(bisect.bisect_right(a, x) / len(a) - bisect.bisect_right(b, x) / len(b)) for x in a + b)


if __name__ == "__main__":
    main()
