#!/bin/bash
# First process (PID 1) of the lab's sandbox; started by sandbox.mjs, as root, in mount, network, PID and IPC
# namespaces of its own. It makes the machine look fresh and private, then runs the command it is given.
# Nothing here needs undoing: when this process ends, however it ends, the kernel drops all of it.
#
#   sandbox-init.sh PROJECT_FOLDER COMMAND [ARGUMENT...]
set -euo pipefail
project=$1
shift
scratch=/run/regent-lab
# The caller's own /run, /tmp and so on must not be busy as working folders.
cd /

# --- files -----------------------------------------------------------------------------------------------------
# A private /run holds the rest: sockets, pid files, network namespaces, and the upper layers below.
mount -t tmpfs -o mode=0755,size=80% tmpfs /run
mkdir -p "$scratch" /run/lock /run/user /run/netns
ln -s /dev/shm /run/shm
mount -t tmpfs -o mode=1777 tmpfs /dev/shm

# The project itself stays the real one (results and screenshots are written there), and so do package caches
# that lie in the temporary folder. Remember them before they are covered.
declare -a kept=("$project")
for path in "${HOME:-/root}" "${XDG_CACHE_HOME:-}" "$(dirname "$REGENT_LAB_NODE")"; do
  case $path in /tmp/*) [ -d "$path" ] && kept+=("$path") ;; esac
done
for i in "${!kept[@]}"; do
  mkdir -p "$scratch/kept/$i"
  mount --rbind "${kept[$i]}" "$scratch/kept/$i"
done
keep() { # keep FOLDER: puts back what was remembered below FOLDER
  local i
  for i in "${!kept[@]}"; do
    case ${kept[$i]} in "$1"/*)
      mkdir -p "${kept[$i]}"
      mount --rbind "$scratch/kept/$i" "${kept[$i]}"
      ;;
    esac
  done
}

mount -t tmpfs -o mode=1777 tmpfs /tmp
keep /tmp

# Everything that a product or a test may write on a machine becomes a private layer over the real folder:
# reads see the machine, writes vanish with the sandbox. Renames over files work, unlike over bind mounts.
private() {
  local layer=$scratch/layers${1//\//_}
  mkdir -p "$layer/upper" "$layer/work"
  chmod --reference="$1" "$layer/upper"
  chown --reference="$1" "$layer/upper"
  mount -t overlay -o "lowerdir=$1,upperdir=$layer/upper,workdir=$layer/work" overlay "$1"
  keep "$1"
}
home=$(realpath "${HOME:-/root}")
declare -a layered=(/etc /var /usr/local /opt /srv /home /root)
case $home/ in / | /root/* | /home/* | /tmp/*) ;; *) layered+=("$home") ;; esac
for folder in "${layered[@]}"; do
  [ -d "$folder" ] && [ ! -L "$folder" ] && private "$folder"
done

# No trace of the machine's own Docker, lab users need a way through the private copies of closed folders.
rm -rf /etc/docker "$home/.docker" "$home/.config/containers"
mkdir -m 0755 /etc/docker
for path in "$project" "$REGENT_LAB_NODE" "${XDG_CACHE_HOME:-$home/.cache}"; do
  while [ "$path" != / ]; do
    for folder in "${layered[@]}"; do
      if [ -d "$path" ] && [ "$path" != "$project" ]; then
        case $path/ in "$folder"/*) chmod o+x "$path" || true ;; esac
      fi
    done
    path=$(dirname "$path")
  done
done

# Rootless networks need this device, which machines without udev keep for root alone: here it is everybody's.
if [ -c /dev/net/tun ]; then
  mknod -m 0666 "$scratch/tun" c 10 200
  mount --bind "$scratch/tun" /dev/net/tun
fi

# --- network ---------------------------------------------------------------------------------------------------
# 10.77.0.1 is this machine; the registries live behind a cable in the network namespace "lab", so that no engine
# takes them for loopback. 10.78.0.0/24 is a hole: packets go there and nobody ever answers.
ip link set lo up
ip netns add lab
ip link add lab0 type veth peer name lab1 netns lab
ip address add 10.77.0.1/24 dev lab0
ip link set lab0 up
ip -n lab link set lo up
ip -n lab link set lab1 up
ip -n lab address add 10.77.0.2/24 dev lab1
ip -n lab route add default via 10.77.0.1
ip route add 10.78.0.0/24 via 10.77.0.2
for last in $(seq 3 199); do echo "address add 10.77.0.$last/24 dev lab1"; done | ip -n lab -batch -
# Go programs read this file again only every 5 s, hence all names from the start.
cp "$project/test/lab/hosts" /etc/hosts
echo machine >/proc/sys/kernel/hostname
# Other names do not exist, said at once by a name server of our own.
rm -f /etc/resolv.conf
echo 'nameserver 127.0.0.1' >/etc/resolv.conf
read -r _ < <("$REGENT_LAB_NODE" "$REGENT_LAB_NAME_SERVER" </dev/null)

# --- the command -----------------------------------------------------------------------------------------------
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_CERT_PATH DOCKER_TLS_VERIFY DISPLAY WAYLAND_DISPLAY \
  DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR XAUTHORITY SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS \
  http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY TMPDIR
export REGENT_LAB=1
cd "$project"
if [ -z "${REGENT_LAB_LIFELINE:-}" ]; then
  # Not exec: as PID 1 this shell also buries the processes that lose their parents.
  "$@"
  exit
fi
# Started through sudo: stdin is the lifeline. When it ends, so does PID 1, and everything with it.
give_back() {
  # What root wrote for the owner of the project.
  for folder in "$project/test/artifacts" "$project/node_modules/.vite" "$project/node_modules/.cache"; do
    [ ! -d "$folder" ] || chown -R --reference="$project" "$folder"
  done
}
trap 'give_back; exit 137' USR1
(
  read -r -d '' _ || true
  kill -USR1 1
) <&0 &
"$@" </dev/null &
status=0
wait $! || status=$?
give_back
exit "$status"
