#!/bin/sh
# Run by the package manager, as root, once the package's files are gone (deb: postrm; rpm: %postun). electron-builder
# fills in the names in ${...}, which is why nothing else here is written like that.
#
# Takes back what Regent's elevated step has written for all of this machine. Whose a file is, is never guessed:
#   - a certificate is Regent's when its name says the beginning of its own SHA-256;
#   - a settings file goes back to the copy kept beside it (*.before-regent) when nothing but Regent's marked lines
#     has been added to it since; where there was no file, when nothing but such lines is in it;
#   - what was put aside (*.set-aside-by-regent) gets its name back where that is free.
# Everything else stays and is named. People's own folders are not looked into: `regent untrust --all` does that.
# Checked by test/main/trust/uninstall.

# As Debian and Fedora call it when a package goes, not when it is replaced.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac
umask 022
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL

left() {
  echo "Regent: left as it is, since it holds more than Regent's own lines: $1" >&2
}

# A folder that only root can change, and no link to another.
safe() {
  [ -d "$1" ] && [ ! -L "$1" ] && [ -n "$(find "$1" -maxdepth 0 -user root ! -perm /022)" ]
}

plain() {
  [ -f "$1" ] && [ ! -L "$1" ]
}

# The first 16 digits of the SHA-256 of the first certificate in a file.
hash_of() {
  sed -n '/^-----BEGIN CERTIFICATE-----$/,/^-----END CERTIFICATE-----$/{/^-----END/q;/^-----/d;p;}' "$1" |
    base64 -d 2> /dev/null | sha256sum | cut -c 1-16
}

# Whether the name says what is in it.
names_itself() {
  plain "$1" && [ "$(basename "$1" | sed 's/^regent-//;s/\.[a-z]*$//')" = "$(hash_of "$1")" ]
}

# Whether there is one certificate in it and nothing else, not even a line before or after.
is_single() {
  [ "$(grep -c '^-----BEGIN ' "$1")" = 1 ] && [ "$(sed -n '1p' "$1")" = '-----BEGIN CERTIFICATE-----' ] &&
    [ "$(sed -n '$p' "$1")" = '-----END CERTIFICATE-----' ]
}

# Settings that were left name certificates, which then have to stay.
named_in_left=''
is_needed() {
  for settings in $named_in_left; do
    grep -qF "$1" "$settings" && return 0
  done
  return 1
}

remove_certificate() {
  names_itself "$1" && is_single "$1" && ! is_needed "$1" && rm -f "$1" && touched=yes
}

# A client's certificate may have its issuers behind it; its key has the same name.
remove_client() {
  names_itself "$1" && ! is_needed "$1" && rm -f "$1" "$(echo "$1" | sed 's/\.cert$/.key/')" &&
    touched=yes
}

put_back() {
  for aside in "$1"/*.set-aside-by-regent; do
    name=$(echo "$aside" | sed 's/\.set-aside-by-regent$//')
    [ -e "$aside" ] || [ -L "$aside" ] || continue
    if [ -e "$name" ] || [ -L "$name" ]; then left "$aside"; else mv "$aside" "$name"; fi
  done
}

# A settings file with Regent's lines in it, which end with a mark.
restore() {
  plain "$1" || return 0
  rest=$(mktemp)
  sed '/[ \t]# Regent\r\{0,1\}$/d' "$1" > "$rest"
  if plain "$1.before-regent"; then
    # Behind a last line without an end, Regent's lines begin with one.
    if cmp -s "$rest" "$1.before-regent" || { cat "$1.before-regent"; echo; } | cmp -s "$rest" -; then
      chmod --reference="$1" "$1.before-regent"
      mv "$1.before-regent" "$1"
    else
      left "$1"
      named_in_left="$named_in_left $1"
    fi
  elif ! cmp -s "$rest" "$1"; then
    if [ -s "$rest" ]; then
      left "$1"
      named_in_left="$named_in_left $1"
    else
      rm -f "$1"
    fi
  fi
  rm -f "$rest"
}

# A hosts.toml that Regent wrote whole: these lines and no others.
remove_hosts() {
  plain "$1" && [ "$(sed -n '1p' "$1")" = '# Written by Regent' ] || return 0
  if sed '1d;/^server = "[^"]*"$/d;/^\[host\."[^"]*"\]$/d;/^ca = \["[^"]*"\(, "[^"]*"\)*\]$/d;/^client = \[\["[^"]*", "[^"]*"\]\]$/d' "$1" |
    grep -q .; then
    left "$1"
    named_in_left="$named_in_left $1"
  else
    rm -f "$1" && touched=yes
  fi
}

# A registry that Podman may reach without encryption: a file of four lines.
remove_drop_in() {
  plain "$1" && [ "$(sed 's/^location = "[^"]*"$/location/' "$1")" = "$(printf '# Written by Regent\n[[registry]]\nlocation\ninsecure = true')" ] &&
    rm -f "$1"
}

for file in /etc/containerd/config.toml /etc/buildkit/buildkitd.toml /etc/rancher/k3s/registries.yaml; do
  safe "$(dirname "$file")" && restore "$file"
done
# Its entries carry no mark: JSON has no comments.
[ -e /etc/docker/daemon.json.before-regent ] && left /etc/docker/daemon.json

for certs in /etc/docker/certs.d /etc/containers/certs.d /etc/containerd/certs.d /etc/buildkit/certs \
  /etc/rancher/k3s/certs; do
  safe "$certs" || continue
  emptied=''
  for folder in "$certs"/*; do
    safe "$folder" || continue
    touched=''
    remove_hosts "$folder/hosts.toml"
    for file in "$folder"/regent-????????????????.crt; do remove_certificate "$file"; done
    for file in "$folder"/regent-????????????????.cert; do remove_client "$file"; done
    put_back "$folder"
    # An empty folder that Regent had no file in is somebody else's.
    [ "$touched" = yes ] && rmdir "$folder" 2> /dev/null && emptied=yes
  done
  put_back "$certs"
  [ "$emptied" = yes ] && rmdir "$certs" 2> /dev/null
done

if safe /etc/containers/registries.conf.d; then
  for file in /etc/containers/registries.conf.d/regent-*.conf; do remove_drop_in "$file"; done
fi

# The lists of the system, and what makes them anew: Debian, Fedora, Arch, openSUSE.
for store in /usr/local/share/ca-certificates /etc/pki/ca-trust/source/anchors \
  /etc/ca-certificates/trust-source/anchors /etc/pki/trust/anchors; do
  [ -d "$store" ] && [ ! -L "$store" ] || continue
  touched=''
  for file in "$store"/regent-????????????????.crt "$store"/regent-????????????????.pem; do
    remove_certificate "$file"
  done
  [ "$touched" = yes ] || continue
  case "$store" in
    */ca-trust/*) update-ca-trust extract ;;
    */trust-source/*) trust extract-compat ;;
    *) update-ca-certificates ;;
  esac > /dev/null || echo "Regent: the system's list of authorities could not be made anew" >&2
done
rm -rf /run/regent

# What electron-builder's own script does.
if command -v update-alternatives > /dev/null; then
  update-alternatives --remove '${executable}' '/opt/${sanitizedProductName}/${executable}'
else
  rm -f '/usr/bin/${executable}'
fi
profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if apparmor_status --enabled > /dev/null 2>&1 && command -v apparmor_parser > /dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi
exit 0
