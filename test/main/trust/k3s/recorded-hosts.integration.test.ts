import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  type ContainerdOptions,
  describeWithLab,
  type LabContainerd,
  type LabPart,
  type SharedRegistry,
  sharedRegistry,
  startContainerd,
} from '../../../lab/index.ts';
import { newerEngineFolder } from '../../../setup/newer-engine.mjs';
import { openLabMachine } from '../matrix/lab-machine.ts';
import { recordedOfRegent } from './recorded-hosts.ts';

const settings = '/etc/rancher/k3s/registries.yaml';
/** Where k3s writes what its containerd reads (k3s-io/docs, installation/private-registry.md). */
const certsFolder = '/var/lib/rancher/k3s/agent/etc/containerd/certs.d';

/** The containerd that k3s brings along is as old as k3s; the two generations read hosts.toml differently. */
const generations: readonly {
  readonly name: string;
  readonly needs: readonly LabPart[];
  readonly options: ContainerdOptions;
}[] = [
  { name: '1.6', needs: ['containerd'], options: {} },
  {
    ...{ name: '2.1', needs: ['containerd', 'newer-engine'] },
    options: { containerd: join(newerEngineFolder, 'containerd'), configVersion: 3 },
  },
];

for (const { name, needs, options } of generations) {
  describeWithLab(
    `containerd ${name} with what k3s makes`,
    [...needs, 'registry', 'busybox'],
    () => {
      let daemon: LabContainerd;

      afterEach(async () => {
        await daemon.stop();
        for (const path of ['/etc/rancher', '/var/lib/rancher']) rmSync(path, { recursive: true });
      });

      /** Trusts for k3s, and does what k3s was recorded to do with such a text. */
      const startAsK3s = async (registry: SharedRegistry, kind: keyof typeof recordedOfRegent) => {
        mkdirSync('/etc/rancher/k3s', { recursive: true });
        mkdirSync(certsFolder, { recursive: true });
        daemon = await startContainerd({ ...options, certsFolder });
        const image = `${registry.address}/team/hello:1.0`;
        expect((await daemon.pull(image)).code).not.toBe(0);

        const machine = await openLabMachine();
        await machine.trustFor(registry, ['k3s']);
        const { address, caSha256 } = registry;
        const ca = `/etc/rancher/k3s/certs/${address}/regent-${caSha256.slice(0, 16)}.crt`;
        const filled = (text: string) =>
          text.replaceAll('h:1', address).replaceAll('/r/ca.crt', ca);
        const { registriesYaml, hosts } = recordedOfRegent[kind];
        expect(readFileSync(settings, 'utf8')).toBe(filled(registriesYaml));
        mkdirSync(join(certsFolder, address));
        writeFileSync(join(certsFolder, address, 'hosts.toml'), filled(hosts['h:1']));
        return { machine, image };
      };

      it('pulls over TLS, until the trust is undone', async () => {
        const registry = await sharedRegistry('tls-open');
        const { machine, image } = await startAsK3s(registry, 'ca');
        expect(await daemon.pull(image)).toMatchObject({ code: 0 });
        await machine.trust.revoke({ address: registry.address });
        expect(existsSync(settings)).toBe(false);
      });

      it('pulls over plain HTTP', async () => {
        const registry = await sharedRegistry('plain');
        const { machine, image } = await startAsK3s(registry, 'plainHttp');
        expect(await daemon.pull(image)).toMatchObject({ code: 0 });
        await machine.trust.revoke({ address: registry.address });
        expect(existsSync(settings)).toBe(false);
      });
    },
  );
}
