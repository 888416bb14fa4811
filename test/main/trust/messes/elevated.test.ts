import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { perform } from '../../../../main/trust/elevated/perform.ts';
import { operationsFor } from '../../../../main/trust/operations/operations-for.ts';
import { consumersOn } from '../../../../main/trust/targets/index.ts';
import { machinePlaces } from '../../../../main/trust/targets/machine-places.ts';
import type { TrustWish } from '../../../../main/trust/targets/target.ts';
import { createTrust } from '../../../../main/trust/trust.ts';
import { make, makeCa, NOW } from '../make-certificate.ts';
import { ADDRESS, type MessMachine, makeMessMachine, mend } from './mess-machine.ts';

const FOLDER = `etc/docker/certs.d/${ADDRESS}`;

describe('messes in folders that are root’s', () => {
  const ca = makeCa();
  let machine: MessMachine;
  let asked: string[];

  beforeEach(() => {
    machine = makeMessMachine();
    asked = [];
  });
  afterEach(() => machine.remove());

  /** Regent of an ordinary user, for whom everything but the home needs the elevated step. */
  const open = () =>
    createTrust({
      ...{ places: machine.places, path: machine.path, clock: { now: () => NOW } },
      mayWrite: async (path) => !path.startsWith(machine.etc),
      elevate: async (request) => {
        asked.push(request);
        const places = await machinePlaces(machine.root, 'linux');
        return JSON.stringify(await perform(request, places, ['machine']));
      },
      systemRoots: { files: [], folders: [] },
    });

  it('are mended by the elevated step, and undone by it', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    machine.put(`${FOLDER}/junk.crt`, 'hello');
    machine.put(`${FOLDER}/client.key`, make().keyPem);
    mkdirSync(join(machine.certsD, 'reg.test_5000_'));
    const before = machine.traces();
    const kinds = (await open().messes(ADDRESS)).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual([
      ...['half-a-pair', 'hidden-by-folder', 'misnamed', 'unreadable'],
    ]);
    for (const kind of kinds) await mend(open(), { kind });
    expect(await open().messes(ADDRESS)).toEqual([]);
    expect(await machine.dockerReads(ca)).toBe(true);
    expect(asked).toHaveLength(kinds.length);
    expect(asked.join()).not.toContain('PRIVATE KEY');

    const plan = await open().planRevoke({ address: ADDRESS });
    expect(plan.elevated).toBe(true);
    await open().revoke({ address: ADDRESS });
    expect(asked).toHaveLength(kinds.length + 1);
    expect(machine.traces()).toEqual(before);
  });

  it('are planned with the password, and with commands that do the same', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    const [mess] = await open().messes();
    const plan = await open().planMend(mess?.id ?? '');
    const own = join(machine.docker, `regent-${ca.cert.sha256.slice(0, 16)}.crt`);
    expect(plan).toMatchObject({
      kind: 'mend',
      certificate: { sha256: ca.cert.sha256 },
      consumers: [{ id: 'docker-engine', status: 'to-do', elevated: true }],
    });
    expect(plan.consumers[0]?.changes.map(({ kind }) => kind)).toEqual(['set-aside', 'write-file']);
    expect(plan.script).toContain(`mv -n '${machine.docker}/ca.pem'`);
    expect(plan.script).toContain(own);
  });
});

describe('what may be put aside', () => {
  const address = 'reg.test:5000';
  const places = {
    ...{
      platform: 'linux' as const,
      root: '/',
      home: '/home/ada',
      configHome: '/home/ada/.config',
    },
    ...{ runtimeDir: '/run/user/1', dockerConfig: '/home/ada/.docker', data: '/home/ada/regent' },
    systemStore: 'debian' as const,
  };
  const asideOf = (aside: readonly string[], of = address) =>
    consumersOn('linux').flatMap((consumer) => {
      const wish: TrustWish = {
        ...{
          address: of,
          certificates: [],
          replaced: [],
          client: null,
          plainHttp: false,
          withdrawn: false,
        },
        aside,
      };
      return operationsFor(consumer, wish, places).map((one) => 'path' in one && one.path);
    });

  it('is what stands in the registry’s own folder, or that folder', () => {
    for (const name of ['ca.cert', 'hosts.toml', 'my ca (1).pem', 'x.crt', 'client.key']) {
      const path = `/etc/docker/certs.d/${address}/${name}`;
      expect(asideOf([path])).toContain(path);
    }
    const folders = ['/etc/docker/certs.d/reg.test_5000_', '/etc/containers/certs.d/reg.test:5000'];
    for (const folder of folders) expect(asideOf([folder])).toContain(folder);
    const v6 = '/etc/docker/certs.d/[fd00::2]_5000_';
    expect(asideOf([v6], '[fd00::2]:5000')).toContain(v6);
  });

  const folder = `/etc/docker/certs.d/${address}`;
  it.each([
    '/etc/passwd',
    '/etc/docker',
    '/etc/docker/daemon.json',
    '/etc/docker/certs.d',
    '/etc/docker/certs.d/other.test',
    '/etc/docker/certs.d/other.test/ca.crt',
    `${folder}/`,
    `${folder}/.`,
    `${folder}/..`,
    `${folder}/../x`,
    `${folder}/../../daemon.json`,
    `${folder}//ca.pem`,
    `${folder}/a/b`,
    `${folder}/.hidden`,
    `${folder}/-rf`,
    `${folder}/cа.crt`,
    `${folder}/ca.crt\n`,
    `${folder}/ca\u0000.crt`,
    `${folder}/ca\u001b.crt`,
    `${folder}/regent-0123456789abcdef.crt`,
    `${folder}/ca.crt.set-aside-by-regent`,
    `${folder}/${'a'.repeat(250)}`,
    folder.slice(1),
    '',
  ])('is never %j', (path) => {
    expect(asideOf([path])).toEqual([]);
  });

  it('is nothing else, whatever is asked for', () => {
    const inside =
      /^\/(etc|home\/ada\/\.config)\/(docker|containers|containerd)\/certs\.d\/reg\.test[:_]5000_?(\/[^/]+)?$/;
    const piece = fc.constantFrom('etc', 'docker', 'certs.d', address, '..', '.', '', 'ca.crt');
    const paths = fc.array(piece).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.oneof(paths, fc.string()), (path) => {
        for (const one of asideOf([path])) expect(one).toMatch(inside);
      }),
    );
  });
});
