import { formatFingerprint } from '../../../../shared/model/certificate.ts';
import type { ExportedFile } from '../../../../shared/model/trust.ts';
import { registriesDropIn } from '../../edit/podman-registries.ts';
import { exportedHostsToml } from '../hosts-toml.ts';
import type { ExportSubject } from '../subject.ts';
import { writeYaml } from '../write-yaml.ts';
import { plainHttpAbsentTasks, plainHttpPresentTasks } from './plain-http-tasks.ts';
import { derivedVariables, handlers } from './role-facts.ts';
import { absentTasks, mainTasks, presentTasks, removeEmptyTasks } from './role-tasks.ts';

const role = 'roles/regent_trust';

/**
 * An Ansible role and a playbook that uses it. Only defaults and files know the registry; builtin modules do all
 * the work, so that check mode tells the truth and a second run changes nothing.
 */
export function exportRole(subject: ExportSubject): readonly ExportedFile[] {
  const { address, certificates } = subject;
  const texts: Readonly<Record<string, string>> = {
    'playbook.yml': `---\n${writeYaml(playbook(address))}`,
    [`${role}/README.md`]: readme(subject),
    [`${role}/meta/main.yml`]: `---\n${writeYaml(meta)}`,
    [`${role}/defaults/main.yml`]: defaults(subject),
    [`${role}/vars/main.yml`]: derivedVariables,
    [`${role}/handlers/main.yml`]: handlers,
    [`${role}/tasks/main.yml`]: mainTasks,
    [`${role}/tasks/present.yml`]: presentTasks,
    [`${role}/tasks/absent.yml`]: absentTasks,
    [`${role}/tasks/remove-empty.yml`]: removeEmptyTasks,
    [`${role}/tasks/plain-http-present.yml`]: plainHttpPresentTasks,
    [`${role}/tasks/plain-http-absent.yml`]: plainHttpAbsentTasks,
    [`${role}/files/hosts.toml`]: exportedHostsToml(subject),
    [`${role}/files/registries.conf`]: registriesDropIn({ address }),
    ...Object.fromEntries(certificates.map((one) => [`${role}/files/${one.fileName}`, one.pem])),
  };
  return Object.entries(texts).map(([path, content]) => ({ path, mode: '0644', content }));
}

const playbook = (address: string) => [
  {
    name: `Trust the registry ${address}`,
    hosts: 'all',
    become: true,
    gather_facts: false,
    roles: [{ role: 'regent_trust' }],
  },
];

const meta = {
  galaxy_info: {
    role_name: 'regent_trust',
    author: 'Regent',
    description: 'Makes container engines trust one registry',
    license: 'MIT',
    min_ansible_version: '2.12',
  },
  // A play may use it for several registries.
  allow_duplicates: true,
  dependencies: [],
};

function defaults({ address, certificates, insecure }: ExportSubject): string {
  const what = {
    regent_trust_address: address,
    regent_trust_certificates: certificates.map(({ fileName }) => fileName),
    regent_trust_insecure: insecure,
  };
  return [
    '---',
    '# present, or absent to take it back.',
    writeYaml({ regent_trust_state: 'present' }),
    '# Which engines: true, false, or auto (those that are there).',
    writeYaml({
      regent_trust_docker: 'auto',
      regent_trust_podman: 'auto',
      regent_trust_containerd: 'auto',
    }),
    "# Also the system's own list of authorities: every program then, for every server.",
    writeYaml({ regent_trust_system_store: false }),
    '# What is trusted; the files of this role belong to it.',
    writeYaml(what),
  ].join('\n');
}

function readme({ address, certificates, insecure }: ExportSubject): string {
  const fingerprints = certificates.map(
    ({ fileName, sha256 }) => `- \`${fileName}\`: ${formatFingerprint(sha256)}`,
  );
  return [
    `# regent_trust: container engines trust the registry ${address}`,
    '',
    'Run `ansible-playbook -i INVENTORY playbook.yml` (add `--check --diff` to see what it would do); take it back with `-e regent_trust_state=absent`.',
    '',
    ...(certificates.length > 0
      ? [
          'First compare the SHA-256 with the one that the administrator of the registry gives you:',
          '',
          ...fingerprints,
        ]
      : []),
    ...(insecure
      ? ['The registry speaks plain HTTP: whoever is on the way can read and change everything.']
      : []),
    '',
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    '| `regent_trust_state` | `present` | `absent` takes everything back |',
    '| `regent_trust_docker` | `auto` | Docker Engine: `true`, `false`, or where it is found |',
    '| `regent_trust_podman` | `auto` | podman, buildah, skopeo, CRI-O |',
    '| `regent_trust_containerd` | `auto` | containerd; its config.toml must set `config_path` |',
    '| `regent_trust_system_store` | `false` | the list of authorities of all programs, for every server |',
    '',
    'Made by Regent; only modules of `ansible.builtin` are used.',
    '',
  ].join('\n');
}
