import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { linuxRootPlaces } from '../../../main/platform/system-roots.ts';
import { readDockerRoots } from '../../../main/trust/docker-roots.ts';
import { probe } from '../../../main/trust/probe.ts';
import { describeWithLab, type LabEngine, machineHost, sharedEngine } from '../../lab/index.ts';
import { type Made, make as makeAt, makeCa as makeCaAt, type Wish } from './make-certificate.ts';
import { registry, watch } from './test-server.ts';

const day = 86_400_000;
const on = (days: number) => new Date(Date.now() + days * day).toISOString();
const valid = { notBefore: on(-1), notAfter: on(30) };
const make = (wish: Wish = {}) => makeAt({ ...valid, names: [machineHost.name], ...wish });
const makeCa = (wish: Wish = {}) => makeCaAt({ ...valid, ...wish });

const ca = makeCa();
const rsa = makeCa({ key: 'rsa' });
const middle = makeCa({ cn: 'Middle', by: ca });
const short = makeCa({ pathLength: 0 });
const below = makeCa({ cn: 'Below', by: short });
const old = makeCa({ notAfter: on(-0.5) });
const limited = makeCa({ permitted: ['corp.test'] });
const clients = makeCa({ eku: ['1.3.6.1.5.5.7.3.2'] });
const noCa = makeCa({ ca: false });
const pin = make();
const oldPin = make({ notAfter: on(-0.5) });
const middleLeaf = make({ by: middle });

interface Case {
  readonly what: string;
  readonly chain: readonly Made[];
  readonly roots?: readonly Made[];
  readonly host?: string;
}

const cases: readonly Case[] = [
  { what: 'an unknown authority', chain: [make({ by: ca }), ca] },
  { what: 'a trusted authority', chain: [make({ by: ca })], roots: [ca] },
  { what: 'a missing intermediate', chain: [middleLeaf], roots: [ca] },
  { what: 'a presented intermediate', chain: [middleLeaf, middle], roots: [ca] },
  { what: 'an intermediate as the only root', chain: [middleLeaf], roots: [middle] },
  { what: 'a pinned leaf', chain: [pin], roots: [pin] },
  { what: 'a pinned leaf of an unknown CA', chain: [middleLeaf], roots: [middleLeaf] },
  { what: 'an authority made anew', chain: [make({ by: rsa })], roots: [makeCa({ key: 'rsa' })] },
  { what: 'an authority made anew (EC)', chain: [make({ by: ca })], roots: [makeCa()] },
  { what: 'an authority with CA:FALSE', chain: [make({ by: noCa })], roots: [noCa] },
  { what: 'another name', chain: [make({ names: ['a.test', 'b.test'], by: ca })], roots: [ca] },
  { what: 'only a common name', chain: [make({ cn: machineHost.name, names: null })] },
  { what: 'another common name', chain: [make({ cn: 'x', names: null })] },
  { what: 'no IP name', chain: [make({ by: ca })], host: machineHost.ip },
  { what: 'another IP name', chain: [make({ names: ['10.0.0.1'] })], host: machineHost.ip },
  {
    what: 'the IP as common name',
    chain: [make({ cn: machineHost.ip, names: null })],
    host: machineHost.ip,
  },
  {
    what: 'the right IP name',
    chain: [make({ names: [machineHost.ip], by: ca })],
    roots: [ca],
    host: machineHost.ip,
  },
  { what: 'a wildcard', chain: [make({ names: ['*.test'], by: ca })], roots: [ca] },
  { what: 'an expired leaf', chain: [oldPin], roots: [oldPin] },
  { what: 'a future leaf', chain: [make({ notBefore: on(1), by: ca })], roots: [ca] },
  { what: 'an expired authority', chain: [make({ by: old })], roots: [old] },
  { what: 'an expired authority, not trusted', chain: [make({ by: old }), old] },
  { what: 'too long a path', chain: [make({ by: below }), below], roots: [short] },
  { what: 'a name that the CA may not sign', chain: [make({ by: limited })], roots: [limited] },
  { what: 'a CA for clients only', chain: [make({ by: clients })], roots: [clients] },
  { what: 'a critical extension', chain: [make({ by: ca, critical: '1.2.3.4' })], roots: [ca] },
  { what: 'an Ed25519 authority', chain: [make({ by: ca, key: 'ed25519' })], roots: [ca] },
];

/** Docker's clock is a moment later than ours. */
const withoutClock = (text: string) => text.replace(/current time \S+/g, 'current time T');

describeWithLab('Go’s rules, as Docker Engine applies them', ['engine'], () => {
  let engine: LabEngine;
  beforeAll(async () => {
    engine = await sharedEngine();
  });
  afterEach(() => rmSync('/etc/docker/certs.d', { recursive: true, force: true }));

  it.each(cases)('$what', async ({ chain, roots = [], host = machineHost.name }) => {
    const cert = chain.map(({ pem }) => pem).join('');
    const server = createServer({ cert, key: chain[0]?.keyPem }, registry);
    await new Promise<void>((resolve) => server.listen(0, machineHost.ip, resolve));
    const bound = server.address();
    const address = `${host}:${typeof bound === 'object' && bound ? bound.port : 0}`;
    const folder = join('/etc/docker/certs.d', address);
    mkdirSync(folder, { recursive: true });
    for (const { cert: root, pem } of roots) writeFileSync(join(folder, `${root.sha256}.crt`), pem);

    const clock = { now: () => Date.now() };
    const { signal } = new AbortController();
    const pool = await readDockerRoots(address, '/etc/docker/certs.d', linuxRootPlaces);
    const { report } = await watch(probe(address, { signal, clock, roots: pool }));
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const pulled = await engine.docker(['pull', `${address}/x`], { env: { HOME: home } });
    server.close();

    const said = pulled.stderr.trim();
    if (report.verdict === 'trusted') expect(said).toMatch(/no basic auth credentials$/);
    else
      expect(
        withoutClock(said).endsWith(withoutClock(`: ${report.dockerSays}`)),
        `${said}\nnot ${report.dockerSays}`,
      ).toBe(true);
  });
});
