// A process that writes and reads a store with others, far beyond its bounds, and prints what went wrong as JSON.
// node --import tsx busy-process.ts CACHE SEED ROUNDS
import { createHash } from 'node:crypto';
import { createContentStore } from '../../../../main/registry/cache/content-store.ts';
import { createKeptLists } from '../../../../main/registry/cache/kept-lists.ts';

const [cache = '', seed = '0', rounds = '0'] = process.argv.slice(2);
const bounds = { bytes: 200_000, files: 200 };
const viewer = { address: 'nas:5000', user: 'ada' };
const kept = createKeptLists({ cache, clock: { now: () => Date.now() } });
let random = Number(seed);
const next = (below: number) => {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
  return random % below;
};

let [hits, wrong, badLists] = [0, 0, 0];
for (let round = 0; round < Number(rounds); round += 1) {
  const store = createContentStore({ cache, bounds });
  const place = store.at(viewer, `repository-${next(4)}`);
  for (let i = 0; i < 60; i += 1) {
    const bytes = Buffer.alloc(200 + next(3000), `${next(300)} `);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    place.put(digest, bytes);
    if (i % 20 === 0) await store.settled();
    const found = await place.get(digest, 10_000);
    if (found) hits += 1;
    if (found && !found.bytes.equals(bytes)) wrong += 1;
  }
  kept.noteTags(viewer, 'x', [seed, String(round)]);
  await Promise.all([store.settled(), kept.settled()]);
  if ((await kept.tags(viewer, 'x')) === null) badLists += 1;
}
console.log(JSON.stringify({ hits, wrong, badLists }));
