// Lists the files of an image in a process of its own and prints what that took: ADDRESS REPOSITORY DIGEST.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRegistryClient } from '../../main/registry/client.ts';
import { imageFiles } from '../../main/registry/files/image-files.ts';

const [address = '', repository = '', digest = ''] = process.argv.slice(2);
const client = createRegistryClient({
  ...{ address, scheme: 'http', trust: { ca: [] } },
  credentials: async () => null,
});
const place = client.at(repository, new AbortController().signal);
// Not the system's own count: that of a new process begins with what its parent had.
let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 20);
const delay = startDelay();
const started = Date.now();
let count = 0;
for await (const event of imageFiles(place, { digest })) {
  if (event.type === 'files') count += event.files.length;
}
delay.disable();
const calm = await calmDelay(Date.now() - started);
await client.close();
clearInterval(watch);
console.log(JSON.stringify({ count, longest: delay.max / 1e6, calm, rss: most / 2 ** 20 }));

function startDelay() {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  return histogram;
}

/** The longest delay, in milliseconds, of work that never takes more than one at a time: what the machine adds. */
async function calmDelay(milliseconds: number): Promise<number> {
  const end = Date.now() + milliseconds;
  const histogram = startDelay();
  while (Date.now() < end) {
    const next = performance.now() + 1;
    while (performance.now() < next);
    await nextTurn();
  }
  histogram.disable();
  return histogram.max / 1e6;
}
