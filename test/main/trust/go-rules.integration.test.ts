import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { probe } from '../../../main/trust/probe.ts';
import { createPool } from '../../../main/trust/verify/pool.ts';
import {
  describeWithLab,
  type LabEngine,
  newerEngine,
  runOrThrow,
  sharedEngine,
} from '../../lab/index.ts';
import { askEngine, type WayIn } from './go-rules/ask-engine.ts';
import { ACCEPTED, IPV6, type Row, UNKNOWN, withoutClock, wordsByVoice } from './go-rules/row.ts';
import { rowsOfAuthority } from './go-rules/rows-of-authority.ts';
import { rowsOfChains } from './go-rules/rows-of-chains.ts';
import { rowsOfConnections } from './go-rules/rows-of-connections.ts';
import { rowsOfConstraints } from './go-rules/rows-of-constraints.ts';
import { rowsOfDates } from './go-rules/rows-of-dates.ts';
import { rowsOfKeys } from './go-rules/rows-of-keys.ts';
import { rowsOfNames } from './go-rules/rows-of-names.ts';
import { rowsOfOddities } from './go-rules/rows-of-oddities.ts';
import { serveRow } from './go-rules/serve-row.ts';
import type { Made } from './make-certificate.ts';
import { watch } from './test-server.ts';

const CERTS = '/etc/docker/certs.d';
const ways: readonly WayIn[] = ['sign-in', 'pull'];

const tables: Readonly<Record<string, readonly Row[]>> = {
  keys: rowsOfKeys,
  names: rowsOfNames,
  dates: rowsOfDates,
  chains: rowsOfChains,
  authority: rowsOfAuthority,
  constraints: rowsOfConstraints,
  oddities: rowsOfOddities,
  connections: rowsOfConnections,
};

/** What Regent says, in the words that it expects of an engine. */
async function askRegent(address: string, trusted: readonly Made[]): Promise<string> {
  const clock = { now: () => Date.now() };
  const { signal } = new AbortController();
  const roots = createPool(trusted.map(({ der }) => der));
  const { report } = await watch(probe(address, { signal, clock, roots, stepMs: 20_000 }));
  return report.dockerSays ?? (report.verdict === 'trusted' ? ACCEPTED : report.verdict);
}

describeWithLab('Go’s rules, as Docker Engines apply them', ['engine', 'newer-engine'], () => {
  let engines: readonly (readonly [name: string, engine: LabEngine])[] = [];
  beforeAll(async () => {
    const [old, classic, containerd] = await Promise.all([
      sharedEngine(),
      newerEngine('classic'),
      newerEngine('containerd'),
    ]);
    engines = Object.entries({ old, classic, containerd });
    await runOrThrow(['ip', 'address', 'replace', `${IPV6}/64`, 'dev', 'lab0', 'nodad']);
  });
  afterAll(() => rmSync(CERTS, { recursive: true, force: true }));

  /** What everyone says about a server, by who says it. */
  async function hear(address: string, trusted: readonly Made[]) {
    const asked = engines.flatMap(([name, engine]) =>
      ways.map((way) => [`${name} ${way}`, askEngine(engine, way, address)] as const),
    );
    const all = [['Regent', askRegent(address, trusted)] as const, ...asked];
    const said = all.map(async ([who, words]) => [who, withoutClock(await words)] as const);
    return Object.fromEntries(await Promise.all(said));
  }

  for (const [table, rows] of Object.entries(tables)) {
    it.concurrent.for(rows)(`${table}: $what`, async (row, { expect }) => {
      const { before = UNKNOWN, trust = [], after = ACCEPTED } = row;
      const { address, stop } = await serveRow(row);
      const folder = join(CERTS, address);
      try {
        expect(await hear(address, [])).toEqual(wordsByVoice(before));
        mkdirSync(folder, { recursive: true });
        for (const { cert, pem } of trust) writeFileSync(join(folder, `${cert.sha256}.crt`), pem);
        expect(await hear(address, trust)).toEqual(wordsByVoice(after));
      } finally {
        rmSync(folder, { recursive: true, force: true });
        stop();
      }
    });
  }
});
