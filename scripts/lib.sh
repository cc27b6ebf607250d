# What the commands beside this file share; sourced by bash, after `set -euo pipefail`.
# It finds the project, makes .venv from the lock files and runs ecoteca in it. What it says goes to standard error,
# so that a command's own output can be piped.

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd -P)
venv=$root/.venv
python=$venv/bin/python

# The caller's own Python and pip settings must not reach our environment; pip's mirrors and certificates may.
# PYTHONSAFEPATH keeps the current folder, which can be any, off the import path.
unset PYTHONHOME PYTHONSTARTUP PYTHONWARNINGS PYTHONOPTIMIZE PYTHONDONTWRITEBYTECODE PIP_TARGET PIP_PREFIX
export PYTHONPATH=$root/hooks PYTHONNOUSERSITE=1 PYTHONSAFEPATH=1 PYTHONUTF8=1 PIP_USER=0

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "Errore: $*"
    exit 1
}

# Prints the first Python that runs and is new enough; having the command is not enough, as version managers leave stubs.
supported_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Installs Debian packages when that can be done without asking for a password; otherwise returns 1.
apt_install() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    "${as_root[@]}" true 2>/dev/null || return 1
    say "Installo i pacchetti di sistema: $*"
    # An unreachable source that has nothing to do with us must not stop the installation, so update may fail.
    "${as_root[@]}" apt-get update -qq >/dev/null 2>&1 || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >/dev/null
}

# ensure_environment portal|dev: .venv holds just what the lock files say. Two commands at once take turns; one killed
# half-way leaves no mark, so the next makes the environment again.
ensure_environment() {
    if environment_holds "$1"; then return; fi
    exec 9<"$root/requirements"
    if ! flock --nonblock 9; then
        say "Un altro comando sta preparando l'ambiente: aspetto che finisca."
        flock 9
    fi
    environment_holds portal || make_environment
    environment_holds "$1" || install_locked dev "Installo gli strumenti di prova…"
    exec 9<&-
}

# The mark is the locks' own checksum. That mkdocs is found shows that the Python under .venv is still the same one.
environment_holds() {
    [ "$(cat -- "$venv/.locked-$1" 2>/dev/null)" = "$(locks_checksum)" ] &&
        "$python" -c 'import importlib.util as util, sys; sys.exit(util.find_spec("mkdocs") is None)' 2>/dev/null
}

locks_checksum() { cat -- "$root"/requirements/*.txt | sha256sum; }

make_environment() {
    new_environment
    # feedgen has no wheel: it is built with the tools just installed, which must not be looked for on the network.
    install_locked portal "Installo le librerie del portale…" --no-binary feedgen --no-build-isolation
}

# Makes $venv anew, with nothing but the tools that install and build the rest.
new_environment() {
    local base
    base=$(supported_python) || { apt_install python3 && base=$(supported_python); } ||
        fail "serve Python 3.11 o più recente. Su Debian e Ubuntu: sudo apt install python3 python3-venv"
    if ! "$base" -c 'import ensurepip' 2>/dev/null; then
        local package
        package=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_install "$package" || fail "manca il modulo venv di Python. Installalo con: sudo apt install $package"
    fi
    say "Preparo l'ambiente in ${venv##*/} (solo la prima volta o quando cambiano le dipendenze)…"
    rm -rf -- "$venv"
    "$base" -m venv "$venv"
    install_locked build-tools "Installo gli strumenti di costruzione…"
}

# install_locked NAME SENTENCE [OPTION…]: installs requirements/NAME.txt with pip and marks it as done. Wheels only, unless
# the options say otherwise: nothing that the locks do not name is fetched, and no package's own code runs.
install_locked() {
    local name=$1
    say "$2"
    shift 2
    "$python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes --only-binary :all: "$@" \
        --requirement "$root/requirements/$name.txt" ||
        fail "installazione non riuscita (il motivo è qui sopra). Serve la rete; poi ripeti il comando."
    locks_checksum >"$venv/.locked-$name"
}

# Replaces this shell by `ecoteca`, so that signals and the exit code are its own.
run_ecoteca() {
    ensure_environment portal
    exec "$python" -m ecoteca "$@"
}
