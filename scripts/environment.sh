#!/bin/sh
# Make .venv and install the locked packages into it: environment.sh run|dev|bench
# Does nothing, quickly, when that has been done for the present lock file and place.
set -eu
cd "$(dirname "$0")/.."
kind=$1
lock="requirements/$kind.txt"
here=$(pwd -P)

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Install it (on Debian or Ubuntu: apt install python3 python3-venv), or name one: make run PYTHON=/path/to/python3"
}

# Made for this place (a move breaks the scripts inside) and complete.
venv_works() {
    [ "$(cat .venv/.made-for 2>/dev/null)" = "$here" ] && .venv/bin/python -c 'import pip' 2>/dev/null
}

wanted="$(cksum < "$lock") $here"
stamp=".venv/.installed-$kind"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

if ! venv_works; then
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"
    printf 'Making the virtual environment .venv with %s ...\n' "$("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
    printf '%s' "$here" > .venv/.made-for
fi

# What only the benches have may ask for another version than the site, and pip would warn of it.
if [ "$kind" != bench ] && [ -f .venv/.installed-bench ]; then
    .venv/bin/python -m pip uninstall --quiet --yes --disable-pip-version-check rule-engine
    rm -f .venv/.installed-bench
fi

printf 'Installing %s packages from %s (this can take a minute) ...\n' "$(grep -c '^[a-z].*==' "$lock")" "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" ||
    fail "The packages could not be installed; pip says why above. Check the network and run the command again."
printf '%s' "$wanted" > "$stamp"
# The development packages contain those of the site; the benches hold one of them back at another version.
case "$kind" in
    dev) printf '%s' "$(cksum < requirements/run.txt) $here" > .venv/.installed-run ;;
    bench) rm -f .venv/.installed-run .venv/.installed-dev ;;
esac
