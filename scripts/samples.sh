#!/usr/bin/env bash
# Makes the sample reports of docs/samples anew: a demo company of three months, its last whole month told in three reports, each in
# both languages.
#   WHOSAW   the program (target/debug/whosaw, built first)
#   DATA     a demo company that is there already
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${WHOSAW:-}" ]; then
  cargo build --quiet -p whosaw
  WHOSAW="${CARGO_TARGET_DIR:-target}/debug/whosaw"
fi
work="$(mktemp -d)"
. scripts/served.sh
end() {
  end_server
  rm -rf "$work"
}
trap end EXIT
data="${DATA:-$work/i}"
[ -e "$data/whosaw.toml" ] || "$WHOSAW" --json demo --data "$data" --seed 7 --customers 2000 --days 70 >"$work/demo.json"
token="$(token_of samples auditor "$data")"
serve "$data"

mkdir -p docs/samples
URL="$url" TOKEN="$token" python3 - <<'PY'
import datetime, json, os, time, urllib.request

def ask(method, path, body=None, language="zh"):
    request = urllib.request.Request(os.environ["URL"] + "/api/v1" + path, method=method)
    request.add_header("Authorization", "Bearer " + os.environ["TOKEN"])
    request.add_header("Accept-Language", language)
    if body is not None:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, None if body is None else json.dumps(body).encode()) as answer:
        return answer.read()

month = datetime.date.today().replace(day=1) - datetime.timedelta(days=1)
for kind in ["management", "officer", "compliance"]:
    wish = {"definition": {"kind": kind}, "unit": "month", "day": month.isoformat()}
    job = json.loads(ask("POST", "/reports", wish))
    while job["state"] == "running":
        time.sleep(0.5)
        job = json.loads(ask("GET", "/jobs/" + job["id"]))
    assert job["state"] == "done", job
    for language in ["zh", "en"]:
        name = f"docs/samples/{kind}.{language}.pdf"
        with open(name, "wb") as file:
            file.write(ask("GET", f"/reports/{job['act']}/file?format=pdf", language=language))
        print(name)
PY
