import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userPlaces } from '../../../../main/trust/targets/user-places.ts';
import { createTrust, type Trust } from '../../../../main/trust/trust.ts';
import {
  describeWithLab,
  type Finished,
  issueAuthority,
  type LabEngine,
  type LabPodman,
  newerEngine,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startPodman,
} from '../../../lab/index.ts';
import { trustedBlock } from './trusted-block.ts';

const CERTS = '/etc/docker/certs.d';
const UNKNOWN = /x509: certificate signed by unknown authority/;
const UNLOADED = /unable to load CA cert/;

/** Regent as root with a home of its own. */
async function openWith(home: string): Promise<Trust> {
  const paths = { home, dockerConfig: join(home, '.docker'), data: join(home, 'regent') };
  return createTrust({
    places: await userPlaces({}, 'linux', paths),
    ...{ path: '/usr/bin', clock: { now: () => Date.now() } },
    elevate: () => Promise.reject(new Error('root needs no elevation')),
  });
}

/** Mends every mess of an address. @returns their kinds and whose they were */
async function mendAll(trust: Trust, address: string): Promise<readonly string[]> {
  const messes = await trust.messes(address);
  for (const { id } of messes) {
    const { consumers } = await trust.apply((await trust.planMend(id)).planId);
    expect(consumers.map(({ status }) => status)).toEqual(['applied']);
  }
  expect(await trust.messes(address)).toEqual([]);
  return messes.map(({ kind, consumer }) => `${kind} ${consumer}`);
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

/** Files that somebody puts below the trust folder; without content a folder, with `->` a link. */
type Files = Readonly<Record<string, string | Buffer>>;

function put(files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(CERTS, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (String(content).startsWith('->')) symlinkSync(String(content).slice(2), path);
    else if (!name.endsWith('/')) writeFileSync(path, content);
  }
}

/** What an engine says before a mess is mended; null where it does not mind. */
interface Row {
  readonly mess: string;
  readonly kind: string;
  readonly files: (registry: SharedRegistry) => Files;
  readonly older: RegExp | null;
  readonly newer: RegExp | null;
}

const folderOf = ({ address }: SharedRegistry) => address;
const good = (registry: SharedRegistry) => ({ [`${folderOf(registry)}/ca.crt`]: registry.caPem });
const one =
  (name: string, content: (pem: string) => string | Buffer) => (registry: SharedRegistry) => ({
    [`${folderOf(registry)}/${name}`]: content(registry.caPem),
  });
const beside = (name: string, content: string) => (registry: SharedRegistry) => ({
  ...good(registry),
  [`${folderOf(registry)}/${name}`]: content,
});

const rows: readonly Row[] = [
  {
    ...{ mess: 'a CA as ca.cert', kind: 'misnamed', files: one('ca.cert', (pem) => pem) },
    ...{ older: /missing key ca.key for client certificate ca.cert/, newer: /X509 key pair/ },
  },
  {
    ...{ mess: 'a CA as ca.pem', kind: 'misnamed', files: one('ca.pem', (pem) => pem) },
    ...{ older: UNKNOWN, newer: UNKNOWN },
  },
  {
    mess: 'a file where the folder should be',
    ...{ kind: 'misnamed', files: (registry) => ({ [folderOf(registry)]: registry.caPem }) },
    ...{ older: /not a directory/, newer: /not a directory/ },
  },
  {
    ...{ mess: 'a byte order mark', kind: 'unreadable' },
    ...{ files: one('ca.crt', (pem) => `\ufeff${pem}`), older: UNKNOWN, newer: UNLOADED },
  },
  {
    ...{ mess: 'DER', kind: 'unreadable', files: one('ca.crt', derOf) },
    ...{ older: UNKNOWN, newer: UNLOADED },
  },
  {
    ...{ mess: 'OpenSSL’s own form', kind: 'unreadable' },
    ...{ files: one('ca.crt', (pem) => trustedBlock(derOf(pem))), older: UNKNOWN, newer: UNLOADED },
  },
  {
    ...{ mess: 'junk beside the CA', kind: 'unreadable', files: beside('junk.crt', 'hello') },
    ...{ older: null, newer: UNLOADED },
  },
  {
    ...{ mess: 'a link that leads nowhere', kind: 'dangling', files: beside('z.crt', '->gone') },
    ...{ older: /z.crt: no such file or directory/, newer: /unable to read CA cert/ },
  },
  {
    ...{ mess: 'a folder named like a CA', kind: 'unreadable', files: beside('x.crt/', '') },
    ...{ older: /x.crt: is a directory/, newer: null },
  },
  {
    ...{ mess: 'a key without its certificate', kind: 'half-a-pair' },
    files: beside('client.key', issueAuthority().keyPem),
    ...{ older: /issing client certificate client.cert for key client.key/, newer: null },
  },
  {
    ...{ mess: 'a hosts.toml of comments', kind: 'hidden-by-hosts-toml' },
    ...{ files: beside('hosts.toml', '# later\n'), older: null, newer: UNKNOWN },
  },
  {
    ...{ mess: 'an empty folder of the other name', kind: 'hidden-by-folder' },
    files: (registry) => ({
      ...good(registry),
      [`${folderOf(registry).replace(/:(\d+)$/, '_$1_')}/`]: '',
    }),
    ...{ older: null, newer: UNKNOWN },
  },
];

const engines = [
  ['this system’s Docker Engine', 'older', ['engine', 'registry'], sharedEngine],
  [
    'a newer one with the containerd store',
    'newer',
    ['engine', 'newer-engine', 'registry'],
    () => newerEngine('containerd'),
  ],
] as const;

describe.each(engines)('messes of %s', (name, age, needs, start) => {
  describeWithLab(name, needs, () => {
    let engine: LabEngine;
    let registry: SharedRegistry;
    let trust: Trust;

    beforeAll(async () => {
      engine = await start();
      registry = await sharedRegistry('tls-open');
    });
    beforeEach(async () => {
      rmSync(CERTS, { recursive: true, force: true });
      trust = await openWith(mkdtempSync(join(tmpdir(), 'home-')));
    });
    afterEach(() => rmSync(CERTS, { recursive: true, force: true }));

    const expectPull = async (refusal: RegExp | null) => {
      const { stderr } = await engine.docker(['pull', `${registry.address}/team/hello:1.0`]);
      if (refusal) expect(stderr).toMatch(refusal);
      else expect(stderr).toBe('');
    };

    it.each(rows)('$mess: is mended, and can be had back', async ({ kind, files, ...says }) => {
      put(files(registry));
      const before = snapshotTree('/etc/docker');
      await expectPull(says[age]);
      expect(await mendAll(trust, registry.address)).toEqual([`${kind} docker-engine`]);
      await expectPull(null);
      await trust.revoke({ address: registry.address });
      expect(snapshotTree('/etc/docker')).toEqual(before);
      await expectPull(says[age]);
    });
  });
});

describeWithLab('an entry among the insecure ones', ['engine', 'registry'], () => {
  const settings = '/etc/docker/daemon.json';
  afterEach(() => {
    rmSync(CERTS, { recursive: true, force: true });
    rmSync(settings, { force: true });
  });

  it('is withdrawn, so that the engine verifies again, and can be had back', async () => {
    const registry = await sharedRegistry('tls-open');
    const engine = await sharedEngine();
    const { address } = registry;
    const trust = await openWith(mkdtempSync(join(tmpdir(), 'home-')));
    const pull = async (): Promise<string> =>
      (await engine.docker(['pull', `${address}/team/hello:1.0`])).stderr;
    const folder = join(CERTS, address);
    /** Without its CA only an engine that does not verify gets through. */
    const verifies = async () => {
      renameSync(folder, `${folder}.away`);
      const said = await pull();
      renameSync(`${folder}.away`, folder);
      return UNKNOWN.test(said);
    };
    put(good(registry));
    writeFileSync(settings, `{ "insecure-registries": ["${address}"] }`);
    process.kill(engine.pid, 'SIGHUP');
    await expect.poll(verifies).toBe(false);
    const before = snapshotTree('/etc/docker');

    expect(await mendAll(trust, address)).toEqual(['needlessly-insecure docker-engine']);
    expect(await verifies()).toBe(true);
    expect(await pull()).toBe('');
    await trust.revoke({ address });
    expect(await verifies()).toBe(false);
    expect(snapshotTree('/etc/docker')).toEqual(before);
    writeFileSync(settings, '{ "insecure-registries": [] }');
    process.kill(engine.pid, 'SIGHUP');
    await expect.poll(verifies).toBe(true);
  });
});

describeWithLab('an empty folder of podman’s', ['podman', 'registry'], () => {
  let podman: LabPodman;
  let registry: SharedRegistry;
  let home: string;

  beforeAll(async () => {
    podman = await startPodman();
    registry = await sharedRegistry('tls-open');
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'home-'));
  });
  afterEach(() => {
    rmSync(CERTS, { recursive: true, force: true });
    rmSync('/etc/containers/certs.d', { recursive: true, force: true });
  });

  it.each([
    ['of this user', 'podman', (): string => join(home, '.config/containers')],
    ['of the machine', 'podman-root', (): string => '/etc/containers'],
  ] as const)('%s hides Docker’s until it is mended', async (_, consumer, folder) => {
    const { address } = registry;
    const pull = (): Promise<Finished> =>
      podman.podman(['pull', `${address}/team/hello:1.0`], { env: { HOME: home } });
    put(good(registry));
    expect((await pull()).status).toBe(0);
    mkdirSync(join(folder(), 'certs.d', address), { recursive: true });
    const tree = () => [folder(), '/etc/docker'].map(snapshotTree);
    const before = tree();
    expect((await pull()).stderr).toMatch(UNKNOWN);

    const trust = await openWith(home);
    expect(await mendAll(trust, address)).toEqual([`hidden-by-folder ${consumer}`]);
    expect((await pull()).status).toBe(0);
    await trust.revoke({ address });
    expect((await pull()).stderr).toMatch(UNKNOWN);
    expect(tree()).toEqual(before);
  });
});
