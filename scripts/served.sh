# Sourced by scripts that ask a server of their own: `WHOSAW` is the program, `work` a folder that goes when they end.

server=
url=

# token_of NAME LOGIN DATA: prints a token of a day.
token_of() {
  "$WHOSAW" --json token create "$1" --as "$2" --days 1 --data "$3" | sed -E 's/.*"token":"([^"]+)".*/\1/'
}

# serve DATA: starts the server and waits until it says where (`url`).
serve() {
  # There before anybody looks into it.
  : >"$work/served"
  "$WHOSAW" --json serve --data "$1" --listen 127.0.0.1:0 >"$work/served" 2>"$work/log" &
  server=$!
  for _ in $(seq 300); do
    url="$(sed -nE 's/.*"serving":"([^"]+)".*/\1/p' "$work/served")"
    [ -z "$url" ] || return 0
    kill -0 "$server" || break
    read -rt 0.1 <> <(:) || true
  done
  cat "$work/log" >&2
  return 1
}

end_server() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
}
