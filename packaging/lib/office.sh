# quickstart's office: one folder that holds all of it, and the daemon that runs on it. Sourced after
# `repo`, `office`, `port`, `binary` (and to start, `log`) are set.
# shellcheck shell=bash disable=SC2154

readonly marker=.kuramori-quickstart # lies in every folder that quickstart may change
readonly clients=30 employees=1500 seed=1

# Nothing of somebody else's is written to, let alone deleted.
must_be_ours() {
    [ -d "$office" ] || return 0
    [ -e "$office/$marker" ] || [ -z "$(ls -A "$office")" ] ||
        fail "このフォルダーには別の物が入っています: $office" "the folder holds something else: $office" \
            "--data で空のフォルダーを指定してください / name an empty one with --data"
    [ -O "$office" ] ||
        fail "このフォルダーは別の利用者の物です: $office" "the folder belongs to another user: $office" \
            "作った利用者で実行するか、--data で別のフォルダーを / run as its owner, or use --data"
}

# The pid of our daemon, if it runs: a number in the file proves nothing.
daemon_pid() {
    local pid
    pid=$(cat "$office/daemon.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "$office/kuramori.yaml" &&
        echo "$pid"
}

stop_office() {
    local pid
    if ! pid=$(daemon_pid); then
        say "動いていません" "it is not running"
        return 0
    fi
    kill -TERM "$pid"
    for _ in $(seq 300); do
        [ -d "/proc/$pid" ] || break
        sleep 0.1
    done
    [ ! -d "/proc/$pid" ] || fail "30 秒たっても止まりません (pid $pid)" "it did not stop within 30 s"
    rm -f "$office/daemon.pid"
    say "止めました。データは残っています: $office" "stopped; everything is kept"
}

delete_office() {
    [ -e "$office/$marker" ] || { say "デモの事務所はありません: $office" "there is no demo office"; return 0; }
    rm -rf --one-file-system -- "$office"
    say "デモの事務所を消しました: $office" "the demo office is deleted"
}

port_of_config() { sed -n 's/^  port: //p' "$office/kuramori.yaml" 2>/dev/null; }

write_config() {
    cat >"$office/kuramori.yaml.new" <<EOF
# packaging/quickstart が書きました。すべての項目は conf/kuramori.yaml にあります。
data:
  folder: "$office/data"
  root_key_file: "$office/keys/root.key"
backup:
  repository: "$office/backup"
listen:
  address: "127.0.0.1"
  port: $port
tls:
  certificate: "$office/tls/server.crt"
  key: "$office/tls/server.key"
admin:
  socket: "$office/admin.sock"
ui:
  folder: "$repo/web-ui/dist"
second_factor:
  required_for: [] # デモだけ。実際の事務所では全員に求めます / the demo only
change:
  two_person: false # デモだけ。一人で全部を試せます / the demo only
EOF
    if cmp -s "$office/kuramori.yaml.new" "$office/kuramori.yaml"; then
        rm "$office/kuramori.yaml.new"
    else
        mv "$office/kuramori.yaml.new" "$office/kuramori.yaml"
    fi
}

# An office that is not complete (the last run was cut off) is made anew: it holds nothing of anybody.
make_office() {
    [ ${#office} -le 90 ] || fail "フォルダー名が長すぎます: $office" "the folder's name is too long (90 bytes)"
    case $office in *[\"\\]* | *$'\n'*) fail "フォルダー名に使えない文字があります" "quotes in the folder's name" ;; esac
    : "${port:=$(port_of_config)}"
    : "${port:=8443}"
    if [ -e "$office/sign-in.txt" ]; then
        say "あります: $office" "it exists"
        return 0
    fi
    stop_office 2>/dev/null
    delete_office 2>/dev/null
    need_space "$office" 500
    mkdir -p "$office"
    chmod 700 "$office"
    touch "$office/$marker"
    mkdir -m 700 "$office/keys" "$office/tls"
    write_config
    logged "$log" "$binary" init --config "$office/kuramori.yaml" --office "蔵守デモ社会保険労務士事務所" ||
        { show_end_of "$log"; fail "事務所を作れません" "kuramori init failed"; }
    say "顧問先 $clients 社・従業員 $employees 人を作ります" "making $clients clients and $employees people"
    (umask 077 && "$binary" demo --config "$office/kuramori.yaml" --clients $clients \
        --employees $employees --seed $seed >"$office/sign-in.new" 2>>"$log") ||
        { show_end_of "$log"; fail "デモデータを作れません" "kuramori demo failed"; }
    mv "$office/sign-in.new" "$office/sign-in.txt"
}

ready() {
    curl --silent --fail --max-time 2 --output /dev/null --cacert "$office/tls/ca.crt" \
        "https://localhost:$port/readyz"
}

# Runs already, with this program and these settings?
runs_unchanged() {
    local pid
    pid=$(daemon_pid) || return 1
    [ "$(readlink "/proc/$pid/exe")" = "$binary" ] && # replaced by a build: "… (deleted)"
        [ "$port" = "$(port_of_config)" ] && ready
}

start_office() {
    if runs_unchanged; then
        say "動いています (pid $(daemon_pid))" "it runs already"
        return 0
    fi
    if daemon_pid >/dev/null; then stop_office; fi
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null ||
        fail "ポート $port は別のプログラムが使っています" "port $port is in use by another program" \
            "--port で別の番号を指定してください / choose another one with --port"
    write_config
    setsid nohup "$binary" serve --config "$office/kuramori.yaml" >>"$office/daemon.log" 2>&1 </dev/null 9>&- &
    echo $! >"$office/daemon.pid"
    for _ in $(seq 300); do
        if ready; then return 0; fi
        daemon_pid >/dev/null || break
        sleep 0.1
    done
    show_end_of "$office/daemon.log"
    fail "起動しません。理由は上の記録にあります" "it does not start; the reason is above"
}

tell() { # tell WORDS: what --stop and --reset need to find this office
    cat <<EOF

蔵守が動いています / Kuramori is running

  開く / open        https://localhost:$port
$(sed 's/^/  /' "$office/sign-in.txt")
  止める / stop      packaging/quickstart --stop$1
  消す / delete      packaging/quickstart --reset$1
  コマンド / CLI     build/release/kuramori backup run --config $office/kuramori.yaml
  記録 / log         $office/daemon.log

ブラウザーの警告は、事務所の認証局をまだ知らないためです。次の証明書を信頼させると消えます。
The browser warns until it trusts the office's own authority:
  $office/tls/ca.crt
EOF
}
