/**
 * Shell functions that put an address into Docker's `insecure-registries` and take it out again. JSON can't be
 * edited by sh itself: python3 or jq does it, and where neither is there, what to do by hand is said.
 * They build on `safeFiles` and want `address`, `slug` and the folder `work`.
 */
export const daemonJson = String.raw`
daemon_json=/etc/docker/daemon.json

# edited add|remove FILE: FILE's text with or without the address; fails where FILE can't be edited safely.
edited() {
  if command -v python3 >/dev/null 2>&1; then
    python3 "$work/edit.py" "$1" "$address" "$2"
  elif [ ! -s "$2" ]; then
    printf '{}\n' | jq --arg change "$1" --arg address "$address" -f "$work/edit.jq"
  elif [ "$1" = add ] && jq -e --arg a "$address" '."insecure-registries" | index($a)' "$2" >/dev/null 2>&1; then
    cat -- "$2"
  else
    jq -n -e --stream '[inputs | select(length == 2) | .[0]] | length == (unique | length)' "$2" >/dev/null &&
      jq --arg change "$1" --arg address "$address" -f "$work/edit.jq" "$2"
  fi
}

write_editors() {
  cat >"$work/edit.py" <<'REGENT_END'
import json, re, sys
change, address, path = sys.argv[1:4]
def once(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError('a key is there twice')
    return dict(pairs)
try:
    with open(path, encoding='utf-8') as file:
        text = file.read()
except FileNotFoundError:
    text = ''
try:
    settings = json.loads(text, object_pairs_hook=once) if text.strip() else {}
except ValueError as error:
    sys.exit('daemon.json: %s' % error)
listed = settings.get('insecure-registries', []) if isinstance(settings, dict) else None
if not isinstance(listed, list):
    sys.exit('daemon.json does not have the shape that Docker reads')
if change == 'add' and address in listed:
    sys.stdout.write(text)
    sys.exit()
kept = [entry for entry in listed if entry != address]
settings['insecure-registries'] = kept + [address] if change == 'add' else kept
indent = re.search('^([ \t]+)"', text, re.M)
json.dump(settings, sys.stdout, indent=indent.group(1) if indent else 2, ensure_ascii=False)
sys.stdout.write('\n')
REGENT_END
  cat >"$work/edit.jq" <<'REGENT_END'
(."insecure-registries" // []) as $listed
| if ($listed | type) != "array" then error("daemon.json does not have the shape that Docker reads") else . end
| ."insecure-registries" = ($listed - [$address]) + (if $change == "add" then [$address] else [] end)
REGENT_END
}

by_hand() {
  say "daemon.json was left alone: to edit it safely, python3 or jq is needed. By hand:"
  if [ "$1" = add ]; then
    say "  1. Open $daemon_json (if it is not there, begin with {} )."
    say "  2. Add \"$address\" to the list \"insecure-registries\", such as:"
    say "     {\"insecure-registries\": [\"$address\"]}"
  else
    say "  1. In $daemon_json, take \"$address\" out of \"insecure-registries\"; leave the list there, even if empty."
  fi
  say "  Then: kill -HUP \"\$(cat /var/run/docker.pid)\""
  failures=$((failures + 1))
}

# docker_pid: the number of the running dockerd, or nothing.
docker_pid() {
  [ -f /var/run/docker.pid ] || return 0
  pid=$(cat /var/run/docker.pid)
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != dockerd ] || printf '%s\n' "$pid"
}

reload_docker() {
  pid=$(docker_pid)
  if [ -z "$pid" ]; then
    say "Docker Engine does not run; it reads daemon.json when it starts."
    return 0
  fi
  say "reload         Docker Engine (no restart)"
  [ "$dry" = yes ] || kill -HUP "$pid"
}

check_new_settings() {
  if dockerd --help 2>/dev/null | grep -q -e '--validate'; then
    dockerd --validate --config-file "$1" >/dev/null 2>"$work/why" || die "dockerd does not accept the new daemon.json: $(cat "$work/why")"
  fi
}

check_flags() {
  pid=$(docker_pid)
  if [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" | grep -q -e '^--insecure-registry'; then
    die "dockerd is started with --insecure-registry, and refuses the same setting in daemon.json. Add $address to that flag."
  fi
}

# The file as it was before; empty where there was none.
before=$daemon_json.before-regent-$slug

add_insecure() {
  if ! command -v python3 >/dev/null 2>&1 && ! command -v jq >/dev/null 2>&1; then
    by_hand add
    return 0
  fi
  check_file "$daemon_json"
  check_file "$before"
  check_flags
  write_editors
  edited add "$daemon_json" >"$work/daemon.json" || die "$daemon_json can't be edited safely."
  if [ -f "$daemon_json" ] && cmp -s -- "$work/daemon.json" "$daemon_json"; then
    say "already there  $daemon_json"
    return 0
  fi
  check_new_settings "$work/daemon.json"
  # Proxies and their passwords may be in it: nobody is to read more than before, neither there nor in the copy.
  if [ -f "$daemon_json" ]; then
    cat -- "$daemon_json" >"$work/before"
    put "$work/before" "$before" "$daemon_json"
    put "$work/daemon.json" "$daemon_json" "$daemon_json"
  else
    : >"$work/before"
    put "$work/before" "$before"
    put "$work/daemon.json" "$daemon_json"
  fi
  reload_docker
}

# dockerd forgets an entry only when it reads the list without it: first such a list and a reload, then the old file.
remove_insecure() {
  check_file "$daemon_json"
  check_file "$before"
  grep -q -F -e "\"$address\"" "$daemon_json" 2>/dev/null || return 0
  if ! command -v python3 >/dev/null 2>&1 && ! command -v jq >/dev/null 2>&1; then
    by_hand remove
    return 0
  fi
  write_editors
  restore=no
  if [ -f "$before" ] && edited add "$before" >"$work/after" && cmp -s -- "$work/after" "$daemon_json"; then
    restore=yes
  fi
  edited remove "$daemon_json" >"$work/daemon.json" || die "$daemon_json can't be edited safely."
  put "$work/daemon.json" "$daemon_json" "$daemon_json"
  reload_docker
  if [ "$restore" = yes ]; then
    say "restore        $daemon_json"
    if [ "$dry" = no ]; then
      # The engine reads the file some moments after the signal, and says so nowhere that sh could look.
      [ -z "$(docker_pid)" ] || sleep 3
      if [ -s "$before" ]; then put "$before" "$daemon_json" "$daemon_json" >/dev/null; else rm -f -- "$daemon_json"; fi
    fi
  fi
  if [ "$dry" = no ]; then rm -f -- "$before"; fi
}
`.trimStart();
