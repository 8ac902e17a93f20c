# Sourced by scripts that run tests: their databases lie in memory where the machine has enough of it. What a test holds against the disk it
# holds against a process that dies, which memory outlives; PostgreSQL's own waiting for the disk is half of its tests' time.

free_kib="$(df --output=avail /dev/shm 2>/dev/null | tail -n 1 || true)"
if [ -z "${TMPDIR:-}" ] && [ "${free_kib:-0}" -ge $((8 << 20)) ] && [ -w /dev/shm ]; then
  TMPDIR="$(mktemp -d /dev/shm/whosaw-tests-XXXXXX)"
  # PostgreSQL's folder is another user's.
  chmod 1777 "$TMPDIR"
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
