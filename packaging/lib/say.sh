# Messages: Japanese, then a short English gloss. Sourced by quickstart and check.
# shellcheck shell=bash

say() { printf '%s  (%s)\n' "$1" "$2" >&2; }
step() { printf '\n== %s  (%s)\n' "$1" "$2" >&2; }

# fail JAPANESE ENGLISH [HINT…]: one clear reason, then what to do, then exit 1.
fail() {
    printf '\n失敗: %s\nFAILED: %s\n' "$1" "$2" >&2
    shift 2
    local hint
    for hint in "$@"; do printf '  → %s\n' "$hint" >&2; done
    exit 1
}

# logged FILE COMMAND…: quiet when it works; on failure the log's end is shown by the caller.
logged() {
    local log=$1
    shift
    printf '\n$ %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null
}

show_end_of() { printf -- '---- %s\n' "$1" >&2; tail -n "${2:-25}" "$1" >&2 || true; }

# why_failed LOG: the usual reasons, recognised by what the tools print.
why_failed() {
    local log=$1
    if grep -qiE 'no space left|ENOSPC|disk full|not enough free space' "$log"; then
        printf 'ディスクの空きがありません / the disk is full'
    elif grep -qiE 'could not get lock|unable to lock|is held by process' "$log"; then
        printf '別の apt が動いています。終わってからもう一度 / another apt is running; try again later'
    elif grep -qiE 'temporary failure resolving|could not resolve|failed to fetch|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|network' "$log"; then
        printf 'パッケージの取得先に届きません。ネットワークとプロキシを確認 / no network'
    elif grep -qiE 'EINTEGRITY' "$log"; then
        printf '取得した物が固定したハッシュと一致しません / a package does not match its pinned hash'
    elif grep -qiE 'killed|cannot allocate memory|out of memory' "$log"; then
        printf 'メモリが足りません (2 GiB 以上) / out of memory (2 GiB or more)'
    else
        printf 'ログを見てください / see the log: %s' "$log"
    fi
}
