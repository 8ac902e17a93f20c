#!/usr/bin/env python3
"""Measures how long after an access a signed checkpoint covers it.

    bench/checkpoint.py URL COUNT TOKEN RECORD_ID

Views one customer, then asks for the published checkpoint every few milliseconds until it is larger than the one before the
view; waits a random time and begins anew. Prints median, 95th percentile and maximum in milliseconds.
"""
import http.client
import random
import sys
import time
import urllib.parse


def main():
    url, count, token, record = sys.argv[1:]
    random.seed(1)
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)

    def get(path, headers={}):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:200]!r}")
        return body

    size = lambda: int(get("/ledger/checkpoint").split(b"\n")[1])
    delays = []
    for _ in range(int(count)):
        # What came before is covered, or its checkpoint would be taken for this one's.
        settled = size()
        while True:
            time.sleep(1.2)
            if settled == (settled := size()):
                break
        get("/api/v1/records/customer/" + record, {"Authorization": "Bearer " + token})
        begun = time.perf_counter()
        while size() == settled:
            time.sleep(0.005)
        delays.append((time.perf_counter() - begun) * 1000)
        time.sleep(random.random())
    delays.sort()
    at = lambda part: delays[min(len(delays) - 1, int(part * len(delays)))]
    print(f"{len(delays)} accesses: median {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms, max {delays[-1]:.0f} ms")


if __name__ == "__main__":
    main()
