/**
 * tasks/plain-http-present.yml of the role. daemon.json is read, one list in it is changed, and the file as it
 * was is kept beside it for the way back; the engine reads it again without a restart.
 */
export const plainHttpPresentTasks = String.raw`---
- name: Create the folder of podman's drop-ins
  ansible.builtin.file:
    path: /etc/containers/registries.conf.d
    state: directory
    owner: root
    group: root
    mode: "0755"
  when: regent_trust_wants_podman

- name: Write podman's drop-in
  ansible.builtin.copy:
    src: registries.conf
    dest: "{{ regent_trust_drop_in }}"
    owner: root
    group: root
    mode: "0644"
  when: regent_trust_wants_podman

- name: Edit Docker's daemon.json
  when: regent_trust_wants_docker
  block:
    - name: Create its folder
      ansible.builtin.file:
        path: /etc/docker
        state: directory
        owner: root
        group: root
        mode: "0755"
      when: "'/etc/docker' not in regent_trust_there"

    - name: Read it
      ansible.builtin.slurp:
        src: /etc/docker/daemon.json
      register: regent_trust_daemon_json
      when: "'/etc/docker/daemon.json' in regent_trust_there"

    - name: Take it apart
      ansible.builtin.set_fact:
        regent_trust_settings: "{{ (regent_trust_daemon_json.content | default('') | b64decode | trim | default('{}', true)) | from_json }}"

    - name: Keep it for the way back
      ansible.builtin.copy:
        src: /etc/docker/daemon.json
        remote_src: true
        dest: "{{ regent_trust_before }}"
        owner: root
        group: root
        mode: "0600"
      when:
        - regent_trust_address not in regent_trust_settings['insecure-registries'] | default([])
        - "'/etc/docker/daemon.json' in regent_trust_there"

    - name: Remember that there was none
      ansible.builtin.copy:
        content: ""
        dest: "{{ regent_trust_before }}"
        owner: root
        group: root
        mode: "0600"
      when: "'/etc/docker/daemon.json' not in regent_trust_there"

    - name: Add the registry
      ansible.builtin.copy:
        content: "{{ regent_trust_settings | combine({'insecure-registries': regent_trust_settings['insecure-registries'] | default([]) + [regent_trust_address]}) | to_nice_json(indent=2, sort_keys=false, ensure_ascii=false) }}\n"
        dest: /etc/docker/daemon.json
        mode: "{{ omit if '/etc/docker/daemon.json' in regent_trust_there else '0644' }}"
      when: regent_trust_address not in regent_trust_settings['insecure-registries'] | default([])
      notify: Reload Docker Engine
`;

/**
 * tasks/plain-http-absent.yml of the role. dockerd forgets an entry only when it reads the list without it, so
 * that comes first, then a reload, then the old file.
 */
export const plainHttpAbsentTasks = String.raw`---
- name: Remove podman's drop-in
  ansible.builtin.file:
    path: "{{ regent_trust_drop_in }}"
    state: absent

- name: Take the registry out of Docker's daemon.json
  when: "'/etc/docker/daemon.json' in regent_trust_there"
  block:
    - name: Read it
      ansible.builtin.slurp:
        src: /etc/docker/daemon.json
      register: regent_trust_daemon_json

    - name: Read the one from before
      ansible.builtin.slurp:
        src: "{{ regent_trust_before }}"
      register: regent_trust_old_daemon_json
      when: regent_trust_before in regent_trust_there

    - name: Take both apart
      ansible.builtin.set_fact:
        regent_trust_settings: "{{ (regent_trust_daemon_json.content | b64decode | trim | default('{}', true)) | from_json }}"
        regent_trust_old_settings: "{{ (regent_trust_old_daemon_json.content | default('') | b64decode | trim | default('{}', true)) | from_json }}"

    - name: Take it out
      ansible.builtin.copy:
        content: "{{ regent_trust_settings | combine({'insecure-registries': regent_trust_settings['insecure-registries'] | difference([regent_trust_address])}) | to_nice_json(indent=2, sort_keys=false, ensure_ascii=false) }}\n"
        dest: /etc/docker/daemon.json
        mode: "{{ omit if '/etc/docker/daemon.json' in regent_trust_there else '0644' }}"
      when: regent_trust_address in regent_trust_settings['insecure-registries'] | default([])
      register: regent_trust_taken_out
      notify: Reload Docker Engine

    - name: Reload Docker Engine now
      ansible.builtin.meta: flush_handlers

    - name: Put back the one from before
      when:
        - regent_trust_taken_out is changed
        - regent_trust_before in regent_trust_there
        - regent_trust_settings == regent_trust_old_settings | combine({'insecure-registries': regent_trust_old_settings['insecure-registries'] | default([]) + [regent_trust_address]})
      block:
        - name: Let the engine read the list without it first
          ansible.builtin.wait_for:
            timeout: 3
          when: not ansible_check_mode

        - name: Write it
          ansible.builtin.copy:
            src: "{{ regent_trust_before }}"
            remote_src: true
            dest: /etc/docker/daemon.json
          when: regent_trust_old_daemon_json.content | length > 0

        - name: Remove the file, since there was none
          ansible.builtin.file:
            path: /etc/docker/daemon.json
            state: absent
          when: regent_trust_old_daemon_json.content | length == 0

- name: Remove the copy from before
  ansible.builtin.file:
    path: "{{ regent_trust_before }}"
    state: absent
`;
