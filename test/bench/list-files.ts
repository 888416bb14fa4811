// Lists the files of an image in a process of its own and prints what that took: ADDRESS REPOSITORY DIGEST.
import { openSync, readSync } from 'node:fs';
import { createRegistryClient } from '../../main/registry/client.ts';
import { imageFiles } from '../../main/registry/files/image-files.ts';

const [address = '', repository = '', digest = ''] = process.argv.slice(2);
const client = createRegistryClient({
  ...{ address, scheme: 'http', trust: { ca: [] } },
  credentials: async () => null,
});
const place = client.at(repository, new AbortController().signal);
// Not the system's own count: that of a new process begins with what its parent had.
let rss = 0;
const watch = setInterval(() => {
  rss = Math.max(rss, process.memoryUsage.rss());
}, 20);
const longestTurn = watchTurns();
let count = 0;
for await (const event of imageFiles(place, { digest })) {
  if (event.type === 'files') count += event.files.length;
}
const longest = longestTurn();
await client.close();
clearInterval(watch);
console.log(JSON.stringify({ count, longest, rss: rss / 2 ** 20 }));

/**
 * Watches for how long one turn of the event loop keeps the main thread busy, in milliseconds of its own time: on a busy
 * machine everybody waits. Gives the longest so far (proc_pid_schedstat: nanoseconds first).
 */
function watchTurns(): () => number {
  const statistics = openSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'r');
  const line = Buffer.alloc(64);
  const spent = () => {
    const length = readSync(statistics, line, 0, line.length, 0);
    return Number.parseInt(line.toString('latin1', 0, length), 10) / 1e6;
  };
  let [before, most, isOver] = [spent(), 0, false];
  const turn = () => {
    const now = spent();
    [before, most] = [now, Math.max(most, now - before)];
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return most;
  };
}
