#!/usr/bin/env python3
"""Random Sigma rules over random accesses: our engine beside pySigma and its SQLite backend, which share no code with it.

Detections are compared by the accesses they match; correlations by their groups and the second in which each fires first.
Ends with status 1 if anything differs, or if too few of the rules matched anything to say much.

  compare.py --eval target/release/whosaw-eval [--rules 200] [--events 20000] [--seed 1] [--work DIR] [--figures FILE]

A field of several values is a row for each value in a table of its own: a positive condition on it then holds for an access
if one of its rows holds, and values are counted one by one, which is what our engine says of such fields.
"""

import argparse
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from sigma.backends.sqlite import sqliteBackend
from sigma.backends.sqlite.runtime import execute_plan
from sigma.collection import SigmaCollection

TEXTS = ["action", "action.class", "decision", "object.type", "actor.account_kind", "actor.employment", "session.channel",
         "session.device", "source.system"]
IDS = ["actor.user_id", "actor.manager_id", "actor.department_id", "object.customer_id", "object.id", "session.id", "target.id"]
WHOLE = ["seen.count", "seen.unexplained", "seen.others", "seen.foreign", "seen.personal", "seen.sensitive", "seen.masked",
         "seen.vip", "row_count", "query.page", "ctx.hour", "ctx.weekday", "ctx.dormant_days", "ctx.known_days",
         "score.unexplained.observed"]
REAL = ["score.unexplained", "score.customers", "score.export", "score.customers.expected"]
FLAGS = ["session.mfa", "session.network_new", "ctx.purpose", "ctx.explained", "ctx.off_hours", "ctx.workday", "ctx.night",
         "query.exact", "target.self"]
MANY = ["object.customers", "object.unexplained", "object.departments", "object.explanations", "actor.roles"]
LOGSOURCE = {"product": "crm", "service": "access"}


class Maker:
    """Rules from a seed. Values are taken from the accesses themselves, so that something matches."""

    def __init__(self, seed, rows):
        self.dice = random.Random(seed)
        self.values = {}
        for row in rows:
            for field, value in row.items():
                for one in value if isinstance(value, list) else [value]:
                    self.values.setdefault(field, []).append(one)

    def value(self, field):
        return self.dice.choice(self.values[field])

    def some(self, field, most=4):
        return [self.value(field) for _ in range(self.dice.randint(1, most))]

    def item(self, many=None):
        """One line of a selection: its key and its value."""
        dice = self.dice
        if many:
            field = many
            how = dice.choice(["plain", "plain", "contains", "startswith", "endswith"])
        else:
            kind = dice.choice(["text"] * 5 + ["id"] * 3 + ["whole"] * 4 + ["real", "flag", "flag", "exists", "null", "ref", "net"])
            if kind == "exists":
                return f"{dice.choice(IDS + REAL + ['query.page', 'source.system'])}|exists", dice.choice([True, False])
            if kind == "null":
                return dice.choice(IDS + ["query.page", "source.system"]), None
            if kind == "ref":
                a, b = dice.choice([("actor.user_id", "target.id"), ("actor.user_id", "actor.manager_id"),
                                    ("object.customer_id", "object.id"), ("seen.count", "seen.others"),
                                    ("action.class", "session.channel")])
                return f"{a}|fieldref", b
            if kind == "net":
                return self.network()
            if kind == "flag":
                return dice.choice(FLAGS), dice.choice([True, False])
            if kind in ("whole", "real"):
                field = dice.choice(WHOLE if kind == "whole" else REAL)
                how = dice.choice(["gt", "gte", "lt", "lte", "plain", "neq"])
                if how == "plain" and kind == "whole":
                    return field, self.some(field)
                if how == "neq" and kind == "whole":
                    return f"{field}|neq", self.value(field)
                return f"{field}|{how if how not in ('plain', 'neq') else 'gte'}", self.value(field)
            field = dice.choice(TEXTS if kind == "text" else IDS)
            how = dice.choice(["plain"] * 4 + ["contains", "startswith", "endswith", "all", "re", "rei", "cased", "neq", "wild"])
        return self.text(field, how)

    def text(self, field, how):
        dice = self.dice
        value = str(self.value(field))

        def piece():
            text = str(self.value(field))
            a = dice.randrange(len(text))
            return text[a:a + dice.randint(1, 6)]

        def case(text):
            return "".join(c.upper() if dice.random() < 0.3 else c for c in text)

        if how == "plain":
            return field, [case(str(v)) for v in self.some(field)]
        if how == "neq":
            return f"{field}|neq", case(value)
        if how == "contains":
            return f"{field}|contains", [case(piece()) for _ in range(dice.randint(1, 3))]
        if how == "all":
            a = dice.randrange(len(value))
            b = dice.randrange(len(value))
            return f"{field}|contains|all", [case(value[a:a + 2]), value[b:b + 3]]
        if how == "startswith":
            return f"{field}|startswith", case(value[:dice.randint(1, len(value))])
        if how == "endswith":
            return f"{field}|endswith", case(value[-dice.randint(1, len(value)):])
        if how == "cased":
            return f"{field}|cased", [case(value) if dice.random() < 0.4 else value, str(self.value(field))]
        if how == "wild":
            a = dice.randrange(len(value))
            return field, case(value[:a]) + dice.choice(["*", "?"]) + dice.choice(["", value[a + 1:]])
        literal = re.escape(piece())
        rest = dice.choice(["", ".*", "$", "[a-z]+", "(a|b|\\d)?"])
        if how == "rei":
            return f"{field}|re|i", (case(literal) if "\\" not in literal else literal) + rest
        return f"{field}|re", dice.choice(["", "^"]) + literal + rest

    def network(self):
        dice = self.dice
        return "session.network|cidr", dice.choice(
            ["10.0.0.0/8", f"10.{dice.randrange(4)}.0.0/16", f"10.{dice.randrange(4)}.{dice.randrange(20)}.0/24",
             f"10.{dice.randrange(3)}.16.0/20", "192.168.0.0/16", ["10.0.0.0/16", "10.2.0.0/15"]])

    def selection(self, size=None, many=None):
        found = {}
        if many:
            found.update([self.item(many)])
        for _ in range(size or self.dice.randint(1, 3)):
            key, value = self.item()
            found.setdefault(key, value)
        if not many and self.dice.random() < 0.15:
            return [found, dict([self.item()])]
        return found

    def detection(self, name, many=None, broad=False):
        dice = self.dice
        if broad:
            # What feeds a correlation matches often.
            actions = dice.sample(["view", "list", "export", "reveal", "print", "edit", "download"], dice.randint(1, 4))
            body = {"selection": {"action": actions}, "condition": "selection"}
            if dice.random() < 0.5:
                body["filter"] = self.selection(1)
                body["condition"] = "selection and not filter"
        elif many:
            body = {"selection": self.selection(1, many), "condition": "selection"}
        else:
            body = {f"sel{i}": self.selection() for i in range(dice.randint(1, 3))}
            n = len(body)
            shapes = ["sel0"] + ["1 of sel*", "all of sel*", "1 of them"]
            if n >= 2:
                shapes += ["sel0 and not sel1", "sel0 or sel1", "not sel0 and sel1", "not (sel0 or sel1)"] * 2
            if n >= 3:
                shapes += ["(sel0 or sel1) and not sel2", "sel0 and (sel1 or not sel2)", "not 1 of sel*"] * 2
            body["condition"] = dice.choice(shapes)
        return {"title": name, "name": name, "id": self.uuid(), "status": "test", "level": "medium",
                "logsource": LOGSOURCE, "detection": body}

    def uuid(self):
        h = f"{self.dice.getrandbits(128):032x}"
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-8{h[17:20]}-{h[20:]}"

    def filtered(self, name, target):
        one = self.selection(1)
        return {"title": f"{name} filter", "name": f"{name}-filter", "id": self.uuid(), "logsource": LOGSOURCE,
                "filter": {"rules": [target], "selection": one, "condition": "not selection"}}

    def correlation(self, name, kind):
        """A correlation and what feeds it: documents, and the field of several values it counts."""
        dice = self.dice
        many = None
        feeds = dice.choice([2, 2, 3]) if kind.startswith("temporal") else dice.choice([1, 1, 1, 2])
        docs = [self.detection(f"{name}-{i}", broad=True) for i in range(feeds)]
        # What is usual for a person can be counted by person alone.
        personal = any(word in str(docs) for word in ("score.", "_new", "_days"))
        groups = [["actor.user_id"], ["actor.user_id", "session.channel"]][dice.randrange(2)] if personal else dice.choice([["actor.user_id"], ["actor.user_id"], ["session.network"], ["object.customer_id"],
                              ["actor.user_id", "session.channel"], ["actor.department_id", "object.type"]])
        body = {"type": kind, "rules": [d["name"] for d in docs], "group-by": groups}
        if kind == "event_count":
            # Windows of up to an hour: longer ones are told to a 3,600th (docs/detection.md).
            body["timespan"] = dice.choice(["45s", "5m", "20m", "1h"])
            most = {"45s": 2, "5m": 3, "20m": 8, "1h": 20}[body["timespan"]]
            body["condition"] = {dice.choice(["gte", "gt"]): dice.randint(1, most)}
        elif kind == "value_sum":
            body["timespan"] = dice.choice(["10m", "30m", "1h"])
            field = dice.choice(["row_count", "seen.count", "seen.personal"])
            body["condition"] = {dice.choice(["gte", "gt"]): dice.randint(5, 150), "field": field}
        elif kind == "value_count":
            body["timespan"] = dice.choice(["10m", "1h", "6h", "2d"])
            field = dice.choice(["object.customer_id", "object.id", "session.network", "object.type"])
            if dice.random() < 0.5:
                many = field = dice.choice(["object.customers", "object.unexplained", "object.departments"])
            most = {"10m": 4, "1h": 12, "6h": 30, "2d": 50}[body["timespan"]]
            most = min(most, {"object.type": 4, "object.departments": 6}.get(field, most))
            body["condition"] = {dice.choice(["gte", "gt"]): dice.randint(1, most), "field": field}
        else:
            body["timespan"] = dice.choice(["5s", "30s", "3m"])
            if kind == "temporal" and feeds == 3 and dice.random() < 0.5:
                body["condition"] = {"gte": 2}
            elif dice.random() < 0.5:
                body["condition"] = {"gte": feeds}
        docs.append({"title": name, "name": name, "id": self.uuid(), "level": "medium", "correlation": body})
        return docs, many


def dump(docs):
    return "---\n".join(yaml.safe_dump(d, sort_keys=False, allow_unicode=True) for d in docs)


def make(seed, number, rows):
    """Rules: dictionaries of name, kind, text and the field of several values they ask about."""
    maker = Maker(seed, rows)
    kinds = ["event_count", "value_count", "value_sum", "temporal", "temporal_ordered"]
    made = []
    for i in range(number):
        name = f"rule-{i:03}"
        many = None
        if i % 10 < 4:
            kind = kinds[(i // 10 * 4 + i % 10) % len(kinds)]
            docs, many = maker.correlation(name, kind)
            if maker.dice.random() < 0.3:
                docs.append(maker.filtered(name, docs[0]["name"]))
        else:
            kind = "detection"
            if i % 10 == 4:
                many = maker.dice.choice(MANY)
            docs = [maker.detection(name, many)]
            if not many and maker.dice.random() < 0.3:
                docs.append(maker.filtered(name, name))
        made.append({"name": name, "kind": kind, "docs": docs, "text": dump(docs), "many": many})
    return made


class Table:
    """The accesses as SQLite sees them."""

    def __init__(self, rows):
        self.base = sqlite3.connect(":memory:")
        regexes = {}

        def regexp(pattern, value):
            if value is None:
                return None
            known = regexes.get(pattern)
            if known is None:
                known = regexes[pattern] = re.compile(pattern)
            return known.search(str(value)) is not None

        self.base.create_function("REGEXP", 2, regexp, deterministic=True)
        self.rows = rows
        self.fields = sorted({field for row in rows for field in row} | set(TEXTS + IDS + WHOLE + REAL + FLAGS))
        self.made = set()

    def named(self, many):
        """The table with a row for each value of this field, or with a row for each access."""
        name = "logs" if many is None else "logs_" + many.replace(".", "_")
        if name not in self.made:
            self.made.add(name)
            several = {f for row in self.rows for f, value in row.items() if isinstance(value, list)}
            plain = [f for f in self.fields if f not in several] + ([many] if many else [])
            columns = ", ".join(f"`{f}`" for f in plain)
            self.base.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" for _ in plain)

            def cell(row, field, one):
                value = one if field == many else row.get(field)
                if isinstance(value, bool):
                    return "true" if value else "false"
                return value

            def lines():
                for row in self.rows:
                    for one in (row.get(many) or [None]) if many else [None]:
                        yield [cell(row, field, one) for field in plain]

            self.base.executemany(f"INSERT INTO {name} VALUES ({marks})", lines())
        return name


def theirs(rule, table):
    """What pySigma's SQL says: places of accesses, or groups with the second each fires first."""
    backend = sqliteBackend(table=table.named(rule["many"]), timestamp_field="ts", event_id_field="seq",
                            timestamp_format="unix", collate_nocase=True)
    collection = SigmaCollection.from_yaml(rule["text"])
    collection.resolve_rule_references()
    made = json.loads(backend.convert(collection, "zircolite"))
    (query,) = [q for q in made if q["title"] == rule["name"]]
    if rule["kind"] == "detection":
        cursor = table.base.execute(query["rule"][0])
        place = [c[0] for c in cursor.description].index("seq")
        return sorted({row[place] for row in cursor})
    # The same stages as the one statement it would be otherwise, each a table with its indexes.
    rows, _ = execute_plan(table.base, query["correlation_plan"], include_events=False)
    first = {}
    fields = rule["docs"][[d["name"] for d in rule["docs"]].index(rule["name"])]["correlation"]["group-by"]
    for row in rows:
        groups = row["group_keys"]
        key = tuple(str(groups[f]) for f in fields)
        at = int(row["occurrence_time"])
        first[key] = min(first.get(key, at), at)
    return first


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--eval", required=True)
    args.add_argument("--rules", type=int, default=200)
    args.add_argument("--events", type=int, default=20_000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--work")
    args.add_argument("--figures")
    args = args.parse_args()
    with tempfile.TemporaryDirectory() as own:
        sys.exit(run(args, Path(args.work or own)))


def ours(args, work, rules):
    (work / "rules.json").write_text(json.dumps([{"name": r["name"], "text": r["text"]} for r in rules]))
    subprocess.run([args.eval, "oracle", "--seed", str(args.seed), "--events", str(args.events), "--rules", work / "rules.json",
                    "--accesses", work / "accesses.ndjson", "--out", work / "verdicts.json"], check=True)
    return {v["name"]: v for v in json.loads((work / "verdicts.json").read_text())}


def run(args, work):
    ours(args, work, [])
    rows = [json.loads(line) for line in (work / "accesses.ndjson").open()]
    rules = make(args.seed, args.rules, rows)
    verdicts = ours(args, work, rules)
    table = Table(rows)
    begun = time.monotonic()
    differing, matched, figures = [], 0, {}
    for rule in rules:
        verdict = verdicts[rule["name"]]
        kind = figures.setdefault(rule["kind"], {"rules": 0, "matching": 0, "hits": 0, "differing": 0})
        kind["rules"] += 1
        if verdict["problems"]:
            differing.append((rule, f"refused: {verdict['problems'][0]['en']}"))
            kind["differing"] += 1
            continue
        here = theirs(rule, table)
        if rule["kind"] == "detection":
            mine = verdict["events"]
            missing, more = sorted(set(here) - set(mine)), sorted(set(mine) - set(here))
        else:
            mine = {tuple(group): at for group, at in verdict["groups"]}
            lower = {tuple(v.lower() for v in key): at for key, at in mine.items()}
            missing = sorted(set(here.items()) - set(lower.items()))
            more = sorted(set(lower.items()) - set(here.items()))
        kind["hits"] += len(mine)
        kind["matching"] += bool(mine)
        matched += bool(mine)
        if missing or more:
            kind["differing"] += 1
            differing.append((rule, f"{len(missing)} only theirs {missing[:3]}, {len(more)} only ours {more[:3]}"))
    for rule, how in differing:
        print(f"{rule['name']} ({rule['kind']}): {how}\n{rule['text']}", file=sys.stderr)
    for kind, of in sorted(figures.items()):
        print(f"{kind}: {of['rules']} rules, {of['matching']} of them match, {of['hits']} hits, {of['differing']} differing")
    total = {"rules": len(rules), "events": len(rows), "seed": args.seed, "matching": matched, "differing": len(differing),
             "seconds": round(time.monotonic() - begun, 1), "kinds": figures}
    print(f"{total['rules']} rules over {total['events']} accesses: {total['differing']} differing, {matched} match something")
    if args.figures:
        Path(args.figures).write_text(json.dumps(total, indent=1))
    if matched < len(rules) // 2:
        print("too few rules match anything for this to say much", file=sys.stderr)
        return 1
    return 1 if differing else 0


if __name__ == "__main__":
    main()
