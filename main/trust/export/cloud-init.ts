import type { ExportedFile } from '../../../shared/model/trust.ts';
import { exportedHostsToml } from './hosts-toml.ts';
import { shellScript } from './shell/export-shell.ts';
import type { ExportSubject } from './subject.ts';
import { writeYaml } from './write-yaml.ts';

/**
 * User data for a new machine (cloud-init, module write_files). For plain HTTP the script is written and run:
 * the image may have a daemon.json already, which write_files would put its own in place of.
 */
export function exportCloudInit(subject: ExportSubject): readonly ExportedFile[] {
  const { address, slug } = subject;
  const body = subject.insecure ? withScript(subject) : { write_files: filesOf(subject) };
  const introduction = [
    '#cloud-config',
    `# A new machine trusts the registry ${address} from its first boot on. Made by Regent.`,
    '# User data can have one write_files (and one runcmd): add the entries to yours where you have some.',
    '',
  ].join('\n');
  const path = `regent-trust-${slug}.cloud-init.yaml`;
  return [{ path, mode: '0644', content: `${introduction}${writeYaml(body)}` }];
}

const owned = { owner: 'root:root', permissions: '0644' };

function filesOf(subject: ExportSubject): readonly object[] {
  const { address, certificates } = subject;
  const places = ['docker', 'containers', 'containerd'].map((name) => `/etc/${name}/certs.d`);
  const copies = places.flatMap((place) =>
    certificates.map(({ fileName, pem }) => ({
      path: `${place}/${address}/${fileName}`,
      ...owned,
      content: pem,
    })),
  );
  const hosts = { path: `/etc/containerd/certs.d/${address}/hosts.toml`, ...owned };
  return [...copies, { ...hosts, content: exportedHostsToml(subject) }];
}

function withScript(subject: ExportSubject): object {
  const path = `/usr/local/sbin/regent-trust-${subject.slug}`;
  return {
    write_files: [{ path, owner: 'root:root', permissions: '0755', content: shellScript(subject) }],
    runcmd: [['sh', path]],
  };
}
