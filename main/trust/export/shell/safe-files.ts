/**
 * Shell functions that write and remove files as root only where nobody else has a hand in it. They want `dry`
 * (yes or no) and `failures` (a number), and set `changed` to yes. POSIX sh only: dash, busybox and bash run them.
 * Positional parameters belong to the function that sets them, so `set --` in one harms no other.
 */
export const safeFiles = String.raw`
say() { printf '%s\n' "$*"; }
die() { printf 'Refused: %s\n' "$*" >&2; exit 1; }
leave() { printf 'Left as it is: %s\n' "$*" >&2; failures=$((failures + 1)); }

# is_roots_own PATH: it belongs to root, and neither its group nor others may write to it.
is_roots_own() {
  set -- $(ls -ldn -- "$1")
  [ "$3" = 0 ] || return 1
  case $1 in ?????w* | ????????w*) return 1 ;; esac
}

# check_folder PATH: a folder that is to be written to, if it is there already.
check_folder() {
  [ ! -L "$1" ] || die "$1 is a symbolic link."
  [ -e "$1" ] || return 0
  [ -d "$1" ] || die "$1 is not a folder."
  is_roots_own "$1" || die "$1 does not belong to root alone."
}

# check_file PATH: a file that is to be written, if it is there already.
check_file() {
  [ ! -L "$1" ] || die "$1 is a symbolic link."
  [ ! -e "$1" ] || [ -f "$1" ] || die "$1 is not a file."
}

make_folder() {
  [ ! -d "$1" ] || return 0
  say "create folder  $1"
  changed=yes
  [ "$dry" = yes ] || mkdir -m 0755 -- "$1"
}

# rights_of PATH: its mode, owner and group, without the marks of SELinux and of access lists.
rights_of() {
  set -- $(ls -ldn -- "$1")
  printf '%s %s %s\n' "$(printf '%s' "$1" | cut -c 1-10)" "$3" "$4"
}

# is_same FILE PATH [LIKE]: PATH has the contents of FILE already, and everybody may read it, or as many as LIKE.
is_same() {
  [ -f "$2" ] && cmp -s -- "$1" "$2" || return 1
  if [ $# -gt 2 ]; then
    [ "$(rights_of "$2")" = "$(rights_of "$3")" ]
    return
  fi
  set -- $(ls -ldn -- "$2")
  case $1 in -rw-r--r--*) [ "$3" = 0 ] ;; *) return 1 ;; esac
}

# put FILE PATH [LIKE]: writes PATH with the contents of FILE; at any moment it is whole, old or new. Everybody may
# read it; or it gets the mode and the owner of LIKE, in which there may be something secret.
put() {
  if is_same "$@"; then
    say "already there  $2"
    return 0
  fi
  say "write          $2"
  changed=yes
  [ "$dry" = no ] || return 0
  unfinished=$(mktemp "$(dirname -- "$2")/.regent.XXXXXX")
  if [ $# -gt 2 ]; then
    # Every cp can do that, not every chmod and chown.
    cp -p -- "$3" "$unfinished"
    cat -- "$1" >"$unfinished"
  else
    cat -- "$1" >"$unfinished"
    chmod 0644 "$unfinished"
  fi
  mv -f -- "$unfinished" "$2"
  unfinished=
}

# take FILE PATH: removes PATH if it still has the contents of FILE.
take() {
  if [ -L "$2" ] || { [ -e "$2" ] && ! cmp -s -- "$1" "$2"; }; then
    leave "$2 was changed by somebody else."
    return 0
  fi
  [ -e "$2" ] || return 0
  say "remove         $2"
  changed=yes
  [ "$dry" = yes ] || rm -f -- "$2"
}

# drop_folder PATH: removes it if it is empty, since an empty one hides others from podman and containerd.
drop_folder() {
  if [ "$dry" = no ] && [ -d "$1" ] && [ ! -L "$1" ] && rmdir -- "$1" 2>/dev/null; then
    say "remove folder  $1"
    changed=yes
  fi
}
`.trimStart();
