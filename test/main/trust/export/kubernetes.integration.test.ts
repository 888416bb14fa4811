import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  type Daemon,
  describeWithLab,
  labFolder,
  run,
  type SharedRegistry,
  sharedRegistry,
  snapshotTree,
  startDaemon,
} from '../../../lab/index.ts';
import { trustIn, writeExport } from './lab-export.ts';

/** Mounts the ConfigMap of a manifest as Kubernetes does: each key a link to a file in a folder that can be exchanged. */
function mountConfigMap(path: string): string {
  const [, configMap] = parseAllDocuments(readFileSync(path, 'utf8')).map((one) => one.toJS());
  const folder = mkdtempSync(join(tmpdir(), 'config-map-'));
  mkdirSync(join(folder, '..data'));
  for (const [key, text] of Object.entries(configMap.data as Record<string, string>)) {
    writeFileSync(join(folder, '..data', key), text);
    symlinkSync(join('..data', key), join(folder, key));
  }
  return folder;
}

describeWithLab(
  "the script of the exported DaemonSet, on a node's own containerd",
  ['registry', 'busybox', 'containerd'],
  () => {
    const certsD = '/etc/containerd/certs.d';
    let containerd: Daemon;
    let socket: string;
    let registry: SharedRegistry;
    let source: string;

    beforeAll(async () => {
      registry = await sharedRegistry('tls-open');
      const folder = mkdtempSync(join(labFolder, 'containerd-'));
      socket = join(folder, 'containerd.sock');
      const places = ['--root', join(folder, 'root'), '--state', join(folder, 'state')];
      containerd = await startDaemon('containerd', ['containerd', '--address', socket, ...places], {
        ready: async () => ((await ctr('version')).status === 0 ? true : undefined),
      });
    });
    afterAll(() => containerd.stop());
    beforeEach(() => {
      rmSync(certsD, { recursive: true, force: true });
      mkdirSync(certsD);
      source = mountConfigMap(writeExport(trustIn(registry), 'kubernetes').paths[0] ?? '');
    });

    const ctr = (...args: readonly string[]) => run(['ctr', '--address', socket, ...args]);
    const fetch = async (from: SharedRegistry = registry) =>
      (await ctr('content', 'fetch', '--hosts-dir', certsD, `${from.address}/team/hello:1.0`))
        .stderr;
    // As in the DaemonSet: busybox, root without any capability.
    const install = (from = source, place = certsD) =>
      run([
        ...['setpriv', '--bounding-set', '-all', '--inh-caps', '-all', '--no-new-privs', '--'],
        ...['busybox', 'sh', join(from, 'install.sh'), from, place],
      ]);
    const wish = (state: string) => {
      rmSync(join(source, 'state'));
      writeFileSync(join(source, 'state'), state);
    };

    it('makes containerd fetch, at once, and takes it back', async () => {
      const before = snapshotTree(certsD);
      expect(await fetch()).toContain('x509: certificate signed by unknown authority');
      expect(await install()).toMatchObject({ status: 0, stderr: '' });
      expect(await fetch()).not.toContain('x509');
      const after = snapshotTree(certsD);
      expect((await install()).stdout).toContain('Nothing had to be changed.');
      expect(snapshotTree(certsD)).toEqual(after);

      wish('absent');
      expect(await install()).toMatchObject({ status: 0, stderr: '' });
      expect(snapshotTree(certsD)).toEqual(before);
      expect(await fetch()).toContain('x509: certificate signed by unknown authority');
      expect(await install()).toMatchObject({ status: 0 });
    });

    it('makes containerd fetch over plain HTTP', async () => {
      const plain = await sharedRegistry('plain');
      const from = mountConfigMap(writeExport(trustIn(plain), 'kubernetes').paths[0] ?? '');
      expect(await fetch(plain)).toContain('HTTP response to HTTPS client');
      expect(await install(from)).toMatchObject({ status: 0, stderr: '' });
      expect(await fetch(plain)).not.toMatch(/HTTP response|failed/);
    });

    it('leaves a hosts.toml of somebody else and says so', async () => {
      mkdirSync(join(certsD, registry.address));
      writeFileSync(join(certsD, registry.address, 'hosts.toml'), 'server = "https://m.test"\n');
      const before = snapshotTree(certsD);
      const { status, stderr } = await install();
      expect(status).toBe(1);
      expect(stderr).toContain('was written by somebody else');
      expect(snapshotTree(certsD)).toEqual(before);
    });

    it('refuses links', async () => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
      symlinkSync(elsewhere, join(certsD, registry.address));
      expect(await install()).toMatchObject({ status: 1 });
      expect(snapshotTree(elsewhere)).toHaveLength(1);
    });

    it('works on the files of another root, as a mounted folder of a node is', async () => {
      const node = mkdtempSync(join(labFolder, 'node-'));
      await install(source, node);
      cpSync(node, certsD, { recursive: true });
      expect(await fetch()).not.toContain('x509');
    });
  },
);
