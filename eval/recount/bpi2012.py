"""Counts the figures about the bank's log again, in SQL over the file itself, and compares them with what whosaw-eval wrote.

usage: bpi2012.py events.csv.gz figures.json

Independent on purpose: Python's csv and SQLite read the file, nothing of Whosaw does. Local times are cut out of the text.
"""

import csv
import gzip
import json
import sqlite3
import sys

HOUR = "CAST(substr(t, 12, 2) AS INTEGER)"
NIGHT = f"({HOUR} < 7 OR {HOUR} >= 21)"
WEEKDAY = "strftime('%w', substr(t, 1, 10))"
PERSON = "u NOT IN ('', '112')"
HOLIDAY = "substr(t, 1, 10) IN ('2011-12-25', '2011-12-26', '2012-01-01')"
GAPS = f"""WITH d AS (SELECT DISTINCT u, substr(t, 1, 10) day FROM e WHERE {PERSON}),
 g AS (SELECT u, julianday(day) - julianday(lag(day) OVER (PARTITION BY u ORDER BY day)) gap FROM d)"""
# Work that was scheduled and taken, work in hand, or work within a fortnight on the same application.
WITHOUT = f"""
 SELECT count(*) FROM (SELECT e.*,
   (SELECT sum(CASE x.tr WHEN 'START' THEN 1 WHEN 'COMPLETE' THEN -1 ELSE 0 END) FROM e x
     WHERE x.app = e.app AND x.u = e.u AND x.a LIKE 'W!_%' ESCAPE '!' AND x.n < e.n) held,
   EXISTS (SELECT 1 FROM e x WHERE x.app = e.app AND x.a = e.a AND x.tr = 'SCHEDULE' AND x.n < e.n) scheduled,
   (SELECT max(substr(x.t, 1, 10)) FROM e x WHERE x.app = e.app AND x.u = e.u AND x.n < e.n) last
  FROM e WHERE {PERSON})
 WHERE NOT (ifnull(held, 0) > 0 OR (tr = 'START' AND a LIKE 'W!_%' ESCAPE '!' AND scheduled)
   OR ifnull(julianday(substr(t, 1, 10)) - julianday(last), 99) <= 14)"""

APPROVER = "(SELECT app, u FROM e WHERE a = 'A_APPROVED')"

FIGURES = {
    "lines": "SELECT count(*) FROM e",
    "persons": f"SELECT count(DISTINCT u) FROM e WHERE {PERSON}",
    "applications": "SELECT count(DISTINCT app) FROM e",
    "lines rejected": "SELECT 0",
    "lines of persons": f"SELECT count(*) FROM e WHERE {PERSON}",
    "lines without a name": "SELECT count(*) FROM e WHERE u = ''",
    "of them at night": f"SELECT count(*) FROM e WHERE u = '' AND {NIGHT}",
    "of them in 2011-10": "SELECT count(*) FROM e WHERE u = '' AND t LIKE '2011-10%'",
    "of them in 2012-02": "SELECT count(*) FROM e WHERE u = '' AND t LIKE '2012-02%'",
    "of them in 2012-03": "SELECT count(*) FROM e WHERE u = '' AND t LIKE '2012-03%'",
    "of them decisions": "SELECT count(*) FROM e WHERE u = '' AND substr(a, 1, 2) <> 'W_'",
    "lines of the program": "SELECT count(*) FROM e WHERE u = '112'",
    "of the program at night": f"SELECT count(*) FROM e WHERE u = '112' AND {NIGHT}",
    "approved by the program": "SELECT count(*) FROM e WHERE u = '112' AND a = 'A_APPROVED'",
    "of persons at night": f"SELECT count(*) FROM e WHERE {PERSON} AND {NIGHT}",
    "of persons from 18 to 21": f"SELECT count(*) FROM e WHERE {PERSON} AND {HOUR} BETWEEN 18 AND 20",
    "of persons from 6 to 7": f"SELECT count(*) FROM e WHERE {PERSON} AND {HOUR} = 6",
    "of persons from 6 to 7, closing work": f"SELECT count(*) FROM e WHERE {PERSON} AND {HOUR} = 6 AND substr(a, 1, 2) = 'W_' AND tr = 'COMPLETE'",
    "of persons at 06:15, closing work": f"SELECT count(*) FROM e WHERE {PERSON} AND substr(t, 12, 5) = '06:15' AND substr(a, 1, 2) = 'W_' AND tr = 'COMPLETE'",
    "of persons on Sundays at 09:15": f"SELECT count(*) FROM e WHERE {PERSON} AND substr(t, 12, 5) = '09:15' AND {WEEKDAY} = '0'",
    "of persons from 21:00 to 21:10": f"SELECT count(*) FROM e WHERE {PERSON} AND substr(t, 12, 4) = '21:0'",
    "of other persons on Sundays at other times": f"SELECT count(*) FROM e WHERE {PERSON} AND u NOT IN ('10138', '10779') AND {WEEKDAY} = '0' AND substr(t, 12, 5) <> '09:15'",
    "of persons on Saturdays": f"SELECT count(*) FROM e WHERE {PERSON} AND {WEEKDAY} = '6'",
    "of persons on Sundays": f"SELECT count(*) FROM e WHERE {PERSON} AND {WEEKDAY} = '0'",
    "of persons on holidays": f"SELECT count(*) FROM e WHERE {PERSON} AND {HOLIDAY}",
    "without a visible reason": WITHOUT,
    "persons away for more than 30 days": f"{GAPS} SELECT count(DISTINCT u) FROM g WHERE gap > 30",
    "persons on three days or fewer": f"SELECT count(*) FROM (SELECT u FROM e WHERE {PERSON} GROUP BY u HAVING count(DISTINCT substr(t, 1, 10)) <= 3)",
    "persons who approve": f"SELECT count(DISTINCT u) FROM e WHERE {PERSON} AND a = 'A_APPROVED'",
    "applications seen by more than 20 persons": f"SELECT count(*) FROM (SELECT app FROM e WHERE {PERSON} GROUP BY app HAVING count(DISTINCT u) > 20)",
    "approved": "SELECT count(DISTINCT app) FROM e WHERE a = 'A_APPROVED'",
    "approved by who finalized it": f"SELECT count(*) FROM {APPROVER} p WHERE (SELECT u FROM e WHERE app = p.app AND a = 'A_FINALIZED' ORDER BY n LIMIT 1) = p.u",
    "approved by who validated it": f"SELECT count(*) FROM {APPROVER} p WHERE EXISTS (SELECT 1 FROM e WHERE app = p.app AND a = 'W_Valideren aanvraag' AND tr = 'START' AND u = p.u)",
    "11339: lines": "SELECT count(*) FROM e WHERE u = '11339'",
    "11339: lines on 2012-03-14": "SELECT count(*) FROM e WHERE u = '11339' AND substr(t, 1, 10) = '2012-03-14'",
    "11339: days asleep": f"{GAPS} SELECT CAST(max(gap) AS INTEGER) FROM g WHERE u = '11339'",
    "11339: approvals on 2012-03-14": "SELECT count(*) FROM e WHERE u = '11339' AND a = 'A_APPROVED' AND substr(t, 1, 10) = '2012-03-14'",
    "10138: lines on Sundays": f"SELECT count(*) FROM e WHERE u = '10138' AND {WEEKDAY} = '0'",
    "10138: approvals on Sundays": f"SELECT count(*) FROM e WHERE u = '10138' AND a = 'A_APPROVED' AND {WEEKDAY} = '0'",
    "10779: lines": "SELECT count(*) FROM e WHERE u = '10779'",
    "10779: lines on Sundays": f"SELECT count(*) FROM e WHERE u = '10779' AND {WEEKDAY} = '0'",
    "10779: lines at night": f"SELECT count(*) FROM e WHERE u = '10779' AND {NIGHT}",
}


def main(log: str, figures: str) -> int:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE e (n INTEGER PRIMARY KEY, t TEXT, u TEXT, a TEXT, tr TEXT, app TEXT, amount TEXT)")
    with gzip.open(log, "rt", encoding="utf-8", newline="") as f:
        rows = csv.reader(f)
        next(rows)
        db.executemany("INSERT INTO e (t, u, a, tr, app, amount) VALUES (?, ?, ?, ?, ?, ?)", rows)
    db.execute("CREATE INDEX by_app ON e (app, u, a)")
    with open(figures, encoding="utf-8") as f:
        told = json.load(f)
    wrong = 0
    for name in sorted(told.keys() | FIGURES.keys()):
        counted = db.execute(FIGURES[name]).fetchone()[0] if name in FIGURES else None
        same = counted == told.get(name)
        wrong += not same
        print(f"{'ok   ' if same else 'WRONG'} {name}: {told.get(name)}" + ("" if same else f", recounted {counted}"))
    print(f"{len(told) - wrong} of {len(told)} figures of the log recounted alike")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
