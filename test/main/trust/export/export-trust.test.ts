import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { exportTrust } from '../../../../main/trust/export/export-trust.ts';
import { checkSubject, type TrustToExport } from '../../../../main/trust/export/subject.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { splitAddress } from '../../../../shared/model/address-grammar.ts';
import { exportFormatSchema } from '../../../../shared/model/trust.ts';
import { issueAuthority } from '../../../lab/certificates.ts';

const authority = issueAuthority();
const stranger = issueAuthority();
const certificate = { pem: authority.certPem, sha256: authority.sha256, kind: 'ca' as const };
const fileName = `regent-${authority.sha256.slice(0, 16)}.crt`;
const registry: TrustToExport = {
  address: 'registry.test:5443',
  certificates: [certificate],
  insecure: false,
};
const plain: TrustToExport = { address: '[fd00::2]:5000', certificates: [], insecure: true };
const surroundings = { now: 0 };
const formats = exportFormatSchema.options;

describe('exported trust', () => {
  it.each(formats)(
    'is written as %s into relative places, by modes, the same every time',
    (format) => {
      for (const what of [registry, plain]) {
        const files = exportTrust(what, format, surroundings);
        expect(exportTrust(what, format, surroundings)).toEqual(files);
        expect(files.length).toBeGreaterThan(0);
        for (const { path, mode, content } of files) {
          expect(path).toMatch(/^[a-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_.-]+)*$/);
          expect(path).not.toContain('..');
          expect(['0644', '0755']).toContain(mode);
          expect(content.endsWith('\n') && !content.endsWith('\n\n')).toBe(true);
        }
      }
    },
  );

  it.each(formats)('refuses as %s what must not be run elsewhere', (format) => {
    const codeOf = (what: TrustToExport) => {
      try {
        exportTrust(what, format, surroundings);
        return 'exported';
      } catch (error) {
        return error instanceof RegentError ? error.code : error;
      }
    };
    const withPem = (pem: string) => ({ ...registry, certificates: [{ ...certificate, pem }] });
    expect(codeOf({ ...registry, address: "x'; rm -rf /; '" })).toBe('ADDRESS_INVALID');
    expect(codeOf({ ...registry, address: '../x' })).toBe('ADDRESS_INVALID');
    expect(codeOf({ ...registry, certificates: [] })).toBe('INPUT_INVALID');
    expect(codeOf(withPem('nothing'))).toBe('CERT_UNREADABLE');
    expect(codeOf(withPem(certificate.pem + stranger.certPem))).toBe('CERT_UNREADABLE');
    expect(codeOf(withPem(stranger.certPem))).toBe('CERT_UNREADABLE');
  });

  it('drops what stands around a certificate, whatever it is', () => {
    const pem = `REGENT_END\nrm -rf /\n${certificate.pem}\n'; reboot; '\n`;
    const { certificates } = checkSubject({ ...registry, certificates: [{ ...certificate, pem }] });
    expect(certificates).toEqual([{ ...certificate, fileName }]);
  });

  it('has names of its own for every address', () => {
    const addresses = fc
      .stringMatching(/^[a-zA-Z0-9.:[\]-]{1,80}$/)
      .filter((text) => splitAddress(text) !== undefined);
    const names = new Map<string, string>();
    fc.assert(
      fc.property(addresses, (address) => {
        const { uniqueName, slug } = checkSubject({ ...registry, address });
        expect(`regent-trust-${uniqueName}`).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(slug).toMatch(/^[a-z0-9-]+$/);
        expect(names.get(uniqueName) ?? address).toBe(address);
        names.set(uniqueName, address);
      }),
    );
  });
});

describe('an exported shell script', () => {
  const dash = existsSync('/usr/bin/dash') ? 'dash' : 'sh';

  it.each([registry, plain])('is POSIX shell for $address', (what) => {
    const [script] = exportTrust(what, 'shell', surroundings);
    const { status, stderr } = spawnSync(dash, ['-n'], {
      input: script?.content,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(script?.content).toContain(`address='${what.address}'`);
  });
});

describe('exported user data for cloud-init', () => {
  it('holds the files that Regent itself would write', () => {
    const [file] = exportTrust(registry, 'cloud-init', surroundings);
    expect(file?.content.split('\n')[0]).toBe('#cloud-config');
    const { write_files: files } = parse(file?.content ?? '', { version: '1.1' });
    const folder = 'certs.d/registry.test:5443';
    expect(files.map(({ path }: { path: string }) => path)).toEqual([
      `/etc/docker/${folder}/${fileName}`,
      `/etc/containers/${folder}/${fileName}`,
      `/etc/containerd/${folder}/${fileName}`,
      `/etc/containerd/${folder}/hosts.toml`,
    ]);
    for (const { owner, permissions, content } of files.slice(0, 3)) {
      expect({ owner, permissions, content }).toEqual({
        owner: 'root:root',
        permissions: '0644',
        content: certificate.pem,
      });
    }
  });

  it('writes and runs the script where a daemon.json may be there already', () => {
    const [file] = exportTrust(plain, 'cloud-init', surroundings);
    const { write_files: files, runcmd } = parse(file?.content ?? '', { version: '1.1' });
    const [script] = exportTrust(plain, 'shell', surroundings);
    const path = '/usr/local/sbin/regent-trust-fd00-2-5000';
    expect(files).toEqual([
      { path, owner: 'root:root', permissions: '0755', content: script?.content },
    ]);
    expect(runcmd).toEqual([['sh', path]]);
  });
});

describe('an exported Ansible role', () => {
  const files = exportTrust(registry, 'ansible', surroundings);
  const textOf = (path: string) => files.find((file) => file.path === path)?.content ?? '';

  it('is YAML in all its parts, and uses builtin modules only', () => {
    for (const { path, content } of files.filter((file) => file.path.endsWith('.yml'))) {
      const [document] = parseAllDocuments(content, { version: '1.1' });
      expect(document?.errors, path).toEqual([]);
      for (const [, name] of content.matchAll(/^ *([a-z_]+\.[a-z_]+\.[a-z_]+):/gm)) {
        expect(name).toMatch(/^ansible\.builtin\./);
      }
    }
  });

  it('keeps what is trusted in its defaults and files', () => {
    expect(parse(textOf('roles/regent_trust/defaults/main.yml'))).toEqual({
      regent_trust_state: 'present',
      regent_trust_docker: 'auto',
      regent_trust_podman: 'auto',
      regent_trust_containerd: 'auto',
      regent_trust_system_store: false,
      regent_trust_address: 'registry.test:5443',
      regent_trust_certificates: [fileName],
      regent_trust_insecure: false,
    });
    expect(textOf(`roles/regent_trust/files/${fileName}`)).toBe(certificate.pem);
    expect(parse(textOf('playbook.yml'))[0].roles).toEqual([{ role: 'regent_trust' }]);
  });
});

describe('an exported Kubernetes manifest', () => {
  const [file] = exportTrust(registry, 'kubernetes', {
    ...surroundings,
    image: 'mirror.test/sh:1',
  });
  const text = file?.content ?? '';
  const [space, configMap, daemonSet] = parseAllDocuments(text).map((one) => one.toJS());

  it('holds a folder for it, the files, and a step on each node', () => {
    expect([space.kind, configMap.kind, daemonSet.kind]).toEqual([
      'Namespace',
      'ConfigMap',
      'DaemonSet',
    ]);
    expect(configMap.data[fileName]).toBe(certificate.pem);
    expect(configMap.data.state).toBe('present');
    expect(daemonSet.spec.template.spec.volumes[0].configMap.name).toBe(configMap.metadata.name);
    for (const key of Object.keys(configMap.data)) expect(key).toMatch(/^[-._a-zA-Z0-9]+$/);
    for (const line of ['"state":"absent"', configMap.metadata.name]) expect(text).toContain(line);
  });

  it('asks for as little as it can', () => {
    const pod = daemonSet.spec.template.spec;
    const [install] = pod.initContainers;
    const [wait] = pod.containers;
    expect([install.image, wait.image]).toEqual(['mirror.test/sh:1', 'mirror.test/sh:1']);
    for (const { securityContext } of [install, wait]) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    expect(wait.securityContext.runAsNonRoot).toBe(true);
    expect(wait.volumeMounts).toBeUndefined();
    expect(pod).toMatchObject({ automountServiceAccountToken: false });
    expect(pod).not.toHaveProperty('hostNetwork');
    expect(pod).not.toHaveProperty('hostPID');
  });

  it('runs again when it brings something else', () => {
    const other = exportTrust({ ...registry, insecure: true }, 'kubernetes', surroundings);
    const [, , again] = parseAllDocuments(other[0]?.content ?? '').map((one) => one.toJS());
    const annotations = (object: typeof daemonSet) => object.spec.template.metadata.annotations;
    expect(annotations(again)).not.toEqual(annotations(daemonSet));
  });
});
