/**
 * The body of the script: which engines are there, what each gets, and the way back. It builds on `safeFiles` and
 * `daemonJson`, and wants `address`, `certificates` (file names), `insecure`, `unpack` and `sha256_of`.
 */
export const targets = String.raw`
has_docker() { [ -d /etc/docker ] || command -v dockerd >/dev/null 2>&1; }
has_podman() {
  [ -d /etc/containers ] && return 0
  for program in podman buildah skopeo crio; do command -v "$program" >/dev/null 2>&1 && return 0; done
  return 1
}
has_containerd() { [ -d /etc/containerd ] || command -v containerd >/dev/null 2>&1; }

# verify NAME: the certificate is the one whose fingerprint stands at the top of this file.
verify() {
  if command -v openssl >/dev/null 2>&1; then
    actual=$(openssl x509 -noout -fingerprint -sha256 -in "$work/$1" | sed 's/^.*=//; s/://g' | tr ABCDEF abcdef)
  elif command -v base64 >/dev/null 2>&1 && command -v sha256sum >/dev/null 2>&1; then
    actual=$(sed '/^-----/d' "$work/$1" | base64 -d | sha256sum | cut -d ' ' -f 1)
  else
    say "not verified   $1 (neither openssl nor sha256sum is here)"
    return 0
  fi
  [ "$actual" = "$(sha256_of "$1")" ] || die "$1 is damaged: its SHA-256 is $actual."
}

# check_place FOLDER FILE...: everything that will be written there may be.
check_place() {
  check_folder "$(dirname -- "$1")"
  check_folder "$1"
  check_folder "$1/$address"
  place=$1
  shift
  for file; do check_file "$place/$address/$file"; done
}

# put_place FOLDER FILE...
put_place() {
  make_folder "$(dirname -- "$1")"
  make_folder "$1"
  make_folder "$1/$address"
  place=$1
  shift
  for file; do put "$work/$file" "$place/$address/$file"; done
}

# take_place FOLDER FILE...
take_place() {
  place=$1
  shift
  for file; do take "$work/$file" "$place/$address/$file"; done
  drop_folder "$place/$address"
  drop_folder "$place"
}

# is_foreign PATH: the file is there, and Regent did not write it.
is_foreign() {
  [ -e "$1" ] && [ "$(head -n 1 -- "$1")" != '# Written by Regent' ]
}

docker=/etc/docker/certs.d
podman=/etc/containers/certs.d
containerd=/etc/containerd/certs.d
drop_ins=/etc/containers/registries.conf.d

warn_of_hiding() {
  for path in "$docker/$underscored" "$docker/$address/hosts.toml"; do
    [ ! -e "$path" ] || leave "$path, which hides $docker/$address from newer Docker Engines (pull, push)."
  done
}

trust() {
  # Everything is looked at before anything is changed.
  found=
  if has_docker; then found="$found docker"; check_place "$docker" $certificates; fi
  if has_podman; then
    found="$found podman"
    check_place "$podman" $certificates
    check_folder "$drop_ins"
    check_file "$drop_ins/$drop_in"
  fi
  if has_containerd; then
    found="$found containerd"
    check_place "$containerd" $certificates hosts.toml
  fi
  [ -n "$found" ] || die "no Docker Engine, podman or containerd was found."
  for engine in $found; do
    case $engine in
      docker)
        [ -z "$certificates" ] || put_place "$docker" $certificates
        [ "$insecure" = no ] || add_insecure
        warn_of_hiding
        ;;
      podman)
        [ -z "$certificates" ] || put_place "$podman" $certificates
        if [ "$insecure" = yes ]; then
          make_folder /etc/containers
          make_folder "$drop_ins"
          put "$work/registries.conf" "$drop_ins/$drop_in"
        fi
        ;;
      containerd)
        if is_foreign "$containerd/$address/hosts.toml"; then
          leave "$containerd/$address/hosts.toml was written by somebody else. It needs: $(grep -v '^#' "$work/hosts.toml" | tr '\n' ' ')"
        else
          put_place "$containerd" $certificates hosts.toml
        fi
        ;;
    esac
  done
}

untrust() {
  for place in "$docker" "$podman" "$containerd"; do check_place "$place"; done
  take_place "$docker" $certificates
  take_place "$podman" $certificates
  take_place "$containerd" hosts.toml $certificates
  if [ "$insecure" = yes ]; then
    check_folder "$drop_ins"
    take "$work/registries.conf" "$drop_ins/$drop_in"
    remove_insecure
  fi
}

umask 022
work=$(mktemp -d)
unfinished=
trap 'rm -rf -- "$work" "$unfinished"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
changed=no
failures=0
unpack
for certificate in $certificates; do verify "$certificate"; done
"$what"
if [ "$changed" = no ]; then say "Nothing had to be changed."; fi
if [ "$dry" = yes ]; then say "Nothing was changed: this was --dry-run."; fi
[ "$failures" = 0 ]
`.trimStart();
