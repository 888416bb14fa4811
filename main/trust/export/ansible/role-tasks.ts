/** tasks/main.yml of the role: checks what it was told, finds the engines, and goes one of the two ways. */
export const mainTasks = String.raw`---
- name: Check what is wanted
  ansible.builtin.assert:
    that:
      - regent_trust_state in ['present', 'absent']
      - regent_trust_address is match('^[][A-Za-z0-9.:-]+$')
      - regent_trust_address is not search('\.\.')
      - regent_trust_certificates | reject('match', '^regent-[0-9a-f]{16}\.crt$') | list | length == 0
    quiet: true

# One look at all of them, since each task takes its time on each machine.
- name: Look for engines and for what is on the way
  ansible.builtin.find:
    paths: [/etc, /usr/bin, /usr/sbin, /usr/local/bin]
    recurse: true
    depth: 4
    patterns: "{{ regent_trust_looked_at | map('basename') | unique | map('regex_escape') | map('regex_replace', '$', '$') | list }}"
    use_regex: true
    file_type: any
  register: regent_trust_found

- name: Refuse symbolic links and what does not belong to root
  ansible.builtin.assert:
    that:
      - not item.islnk
      - item.uid == 0
      - not item.wgrp
      - not item.woth
    fail_msg: "{{ item.path }} is a symbolic link, or others than root may write to it."
    quiet: true
  loop: "{{ regent_trust_found.files | selectattr('path', 'in', regent_trust_checked) | list }}"
  loop_control:
    label: "{{ item.path }}"

- name: Remember what is there
  ansible.builtin.set_fact:
    regent_trust_there: "{{ regent_trust_found.files | map(attribute='path') | select('in', regent_trust_looked_at) | list }}"

- name: Go the wanted way
  ansible.builtin.include_tasks: "{{ regent_trust_state }}.yml"
`;

/** tasks/present.yml of the role. */
export const presentTasks = `---
- name: Create the folder of the registry for each engine
  ansible.builtin.file:
    path: "{{ item }}/certs.d/{{ regent_trust_address }}"
    state: directory
    owner: root
    group: root
    mode: "0755"
  loop: "{{ regent_trust_places if regent_trust_certificates else [] }}"

- name: Write the certificates for each engine
  ansible.builtin.copy:
    src: "{{ item.1 }}"
    dest: "{{ item.0 }}/certs.d/{{ regent_trust_address }}/{{ item.1 }}"
    owner: root
    group: root
    mode: "0644"
  loop: "{{ regent_trust_places | product(regent_trust_certificates) | list }}"

- name: Write containerd's hosts.toml
  when: regent_trust_wants_containerd
  block:
    - name: Read the one that is there
      ansible.builtin.slurp:
        src: "{{ regent_trust_hosts_toml }}"
      register: regent_trust_old_hosts
      when: regent_trust_hosts_toml in regent_trust_there

    - name: Refuse somebody else's
      ansible.builtin.assert:
        that: (regent_trust_old_hosts.content | b64decode).startswith(regent_trust_mark)
        fail_msg: "{{ regent_trust_hosts_toml }} was written by somebody else. Add the lines of files/hosts.toml by hand, or set regent_trust_containerd to false."
        quiet: true
      when: regent_trust_hosts_toml in regent_trust_there

    - name: Create its folder
      ansible.builtin.file:
        path: "/etc/containerd/certs.d/{{ regent_trust_address }}"
        state: directory
        owner: root
        group: root
        mode: "0755"

    - name: Write it
      ansible.builtin.copy:
        src: hosts.toml
        dest: "{{ regent_trust_hosts_toml }}"
        owner: root
        group: root
        mode: "0644"

- name: Trust the authority for every server
  when: regent_trust_system_store | bool
  block:
    - name: Know where this system keeps authorities
      ansible.builtin.assert:
        that: regent_trust_system | length > 0
        fail_msg: No place for authorities is known on this system.
        quiet: true

    - name: Write the certificates
      ansible.builtin.copy:
        src: "{{ item }}"
        dest: "{{ regent_trust_system.place }}/{{ item }}"
        owner: root
        group: root
        mode: "0644"
      loop: "{{ regent_trust_certificates }}"
      notify: Rebuild the system's list of authorities

- name: Allow plain HTTP
  ansible.builtin.include_tasks: plain-http-present.yml
  when: regent_trust_insecure | bool
`;

/** tasks/absent.yml of the role. */
export const absentTasks = `---
- name: Remove the certificates
  ansible.builtin.file:
    path: "{{ item.0 }}/certs.d/{{ regent_trust_address }}/{{ item.1 }}"
    state: absent
  loop: "{{ ['/etc/docker', '/etc/containers', '/etc/containerd'] | product(regent_trust_certificates) | list }}"

- name: Read containerd's hosts.toml
  ansible.builtin.slurp:
    src: "{{ regent_trust_hosts_toml }}"
  register: regent_trust_old_hosts
  when: regent_trust_hosts_toml in regent_trust_there

- name: Remove it, unless it is somebody else's
  ansible.builtin.file:
    path: "{{ regent_trust_hosts_toml }}"
    state: absent
  when:
    - regent_trust_hosts_toml in regent_trust_there
    - (regent_trust_old_hosts.content | b64decode).startswith(regent_trust_mark)

# An empty folder hides others from podman and containerd, so it goes; first the registry's, then certs.d.
- name: Remove folders that are empty now
  ansible.builtin.include_tasks: remove-empty.yml
  loop:
    - "{{ ['/etc/docker', '/etc/containers', '/etc/containerd'] | product(['certs.d/' ~ regent_trust_address]) | map('join', '/') | list }}"
    - [/etc/docker/certs.d, /etc/containers/certs.d, /etc/containerd/certs.d]
  loop_control:
    loop_var: regent_trust_folders
  when: regent_trust_folders | intersect(regent_trust_there) | length > 0

- name: Remove the certificates from the system's list of authorities
  ansible.builtin.file:
    path: "{{ regent_trust_system.place }}/{{ item }}"
    state: absent
  loop: "{{ regent_trust_certificates }}"
  when: regent_trust_system_store | bool and regent_trust_system | length > 0
  notify: Rebuild the system's list of authorities

- name: Allow plain HTTP no longer
  ansible.builtin.include_tasks: plain-http-absent.yml
  when: regent_trust_insecure | bool
`;

/** tasks/remove-empty.yml of the role, for some folders. */
export const removeEmptyTasks = `---
- name: Look into folders
  ansible.builtin.find:
    paths: "{{ regent_trust_folders | intersect(regent_trust_there) }}"
    file_type: any
    hidden: true
  register: regent_trust_inside

- name: Remove those that are empty
  ansible.builtin.file:
    path: "{{ item }}"
    state: absent
  loop: "{{ regent_trust_folders | intersect(regent_trust_there) | difference(regent_trust_inside.files | map(attribute='path') | map('dirname') | list) }}"
`;
