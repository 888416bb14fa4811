/** handlers/main.yml of the role. */
export const handlers = `---
- name: Rebuild the system's list of authorities
  ansible.builtin.command:
    argv: "{{ regent_trust_system.rebuild }}"
  changed_when: true

# The signal that "systemctl reload docker" sends; it works without systemd too. Nothing restarts. After a crash,
# the number in the file may be another program's.
- name: Reload Docker Engine
  ansible.builtin.command:
    argv:
      - sh
      - -c
      - 'pid=$(cat /var/run/docker.pid 2>/dev/null); if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; then kill -HUP "$pid"; fi'
  changed_when: true
`;

/** vars/main.yml of the role: what follows from the variables of defaults/main.yml. */
export const derivedVariables = `---
regent_trust_mark: "# Written by Regent"
regent_trust_hosts_toml: "/etc/containerd/certs.d/{{ regent_trust_address }}/hosts.toml"
regent_trust_drop_in: "/etc/containers/registries.conf.d/regent-{{ regent_trust_address | regex_replace('[^A-Za-z0-9.-]', '-') }}.conf"
regent_trust_before: "/etc/docker/daemon.json.before-regent-{{ regent_trust_address }}"

# Where "auto" looks: an engine is there when its folder or its program is.
regent_trust_signs:
  docker: [/etc/docker, /usr/bin/dockerd, /usr/sbin/dockerd, /usr/local/bin/dockerd]
  podman: [/etc/containers, /usr/bin/podman, /usr/bin/buildah, /usr/bin/skopeo, /usr/bin/crio]
  containerd: [/etc/containerd, /usr/bin/containerd, /usr/local/bin/containerd]
# Where a system keeps the authorities that all programs share, known by a folder of its own.
regent_trust_systems:
  - sign: /etc/pki/ca-trust/source/anchors
    place: /etc/pki/ca-trust/source/anchors
    rebuild: [update-ca-trust, extract]
  - sign: /etc/pki/trust/anchors
    place: /etc/pki/trust/anchors
    rebuild: [update-ca-certificates]
  - sign: /etc/ca-certificates/trust-source
    place: /etc/ca-certificates/trust-source/anchors
    rebuild: [trust, extract-compat]
  - sign: /etc/ca-certificates
    place: /usr/local/share/ca-certificates
    rebuild: [update-ca-certificates]

regent_trust_checked:
  - /etc/docker
  - /etc/docker/certs.d
  - "/etc/docker/certs.d/{{ regent_trust_address }}"
  - /etc/docker/daemon.json
  - "{{ regent_trust_before }}"
  - /etc/containers
  - /etc/containers/certs.d
  - "/etc/containers/certs.d/{{ regent_trust_address }}"
  - /etc/containers/registries.conf.d
  - "{{ regent_trust_drop_in }}"
  - /etc/containerd
  - /etc/containerd/certs.d
  - "/etc/containerd/certs.d/{{ regent_trust_address }}"
  - "{{ regent_trust_hosts_toml }}"
regent_trust_looked_at: "{{ (regent_trust_checked + regent_trust_signs.values() | flatten + regent_trust_systems | map(attribute='sign') | list) | unique }}"

regent_trust_wants_docker: "{{ regent_trust_there | intersect(regent_trust_signs.docker) | length > 0 if regent_trust_docker | string | lower == 'auto' else regent_trust_docker | bool }}"
regent_trust_wants_podman: "{{ regent_trust_there | intersect(regent_trust_signs.podman) | length > 0 if regent_trust_podman | string | lower == 'auto' else regent_trust_podman | bool }}"
regent_trust_wants_containerd: "{{ regent_trust_there | intersect(regent_trust_signs.containerd) | length > 0 if regent_trust_containerd | string | lower == 'auto' else regent_trust_containerd | bool }}"
regent_trust_places: "{{ (['/etc/docker'] if regent_trust_wants_docker else []) + (['/etc/containers'] if regent_trust_wants_podman else []) + (['/etc/containerd'] if regent_trust_wants_containerd else []) }}"
regent_trust_system: "{{ regent_trust_systems | selectattr('sign', 'in', regent_trust_there) | first | default({}) }}"
`;
