# What the machine must have: a known Debian, room on the disk, apt packages. Sourced.
# shellcheck shell=bash

need_debian() {
    local id='' version=''
    # shellcheck disable=SC1091
    [ ! -r /etc/os-release ] || { id=$(. /etc/os-release && echo "$ID"); version=$(. /etc/os-release && echo "${VERSION_ID:-}"); }
    case "$id $version" in
        'debian 12' | 'debian 13') ;;
        *) fail "Debian 12 か 13 が必要です (この機械: $id $version)" "needs Debian 12 or 13, this is: $id $version" ;;
    esac
    [ "$(uname -m)" = x86_64 ] || fail "x86_64 の機械が必要です" "needs an x86_64 machine"
}

# need_space FOLDER MEGABYTES
need_space() {
    local folder=$1 free
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    free=$(df -Pm "$folder" | awk 'NR == 2 {print $4}')
    [ "$free" -ge "$2" ] ||
        fail "ディスクの空きが足りません: $folder に $2 MB 必要、残り $free MB" \
            "not enough disk space in $folder: $2 MB needed, $free MB free"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -- "$@"; fi
}

# A package is there, or its namesake command came another way (npm with a newer Node, say).
installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] || command -v "$1" >/dev/null
}

# packages_in LIST…: each line's package, or its "a|b" choice, without comments.
packages_in() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"; }

missing_of() { # missing_of LIST…: the choices of which nothing is installed
    local choice name found
    while read -r choice; do
        found=no
        for name in ${choice//|/ }; do ! installed "$name" || found=yes; done
        [ "$found" = yes ] || echo "$choice"
    done < <(packages_in "$@")
}

known_to_apt() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

# apt_packages LOG LIST…: installs what is missing; asks for root only then.
apt_packages() {
    local log=$1 missing names=() choice name picked
    shift
    missing=$(missing_of "$@")
    [ -n "$missing" ] || return 0
    say "apt で入れます: $(echo "$missing" | tr '\n' ' ')" "installing packages"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "root でも sudo でもないのでパッケージを入れられません" "neither root nor sudo: cannot install packages" \
            "apt-get install $(echo "$missing" | sed 's/|.*//' | tr '\n' ' ')"
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=180)
    as_root "${apt[@]}" update </dev/null >>"$log" 2>&1 ||
        { show_end_of "$log" 8; fail "apt-get update: $(why_failed "$log")" "apt-get update failed"; }
    for choice in $missing; do
        picked=''
        for name in ${choice//|/ }; do
            if [ -z "$picked" ] && known_to_apt "$name"; then picked=$name; fi
        done
        [ -n "$picked" ] || fail "この Debian に $choice がありません" "this Debian has no $choice" \
            "/etc/apt/sources.list"
        names+=("$picked")
    done
    as_root "${apt[@]}" install --no-install-recommends "${names[@]}" </dev/null >>"$log" 2>&1 ||
        { show_end_of "$log" 8; fail "apt-get install: $(why_failed "$log")" "apt-get install failed"; }
}
