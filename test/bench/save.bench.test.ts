import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  blobOf,
  describeWithLab,
  type Image,
  imageOf,
  type LabPodman,
  type LabRegistry,
  pushImage,
  run,
  startPodman,
  startRegistry,
} from '../lab/index.ts';
import { race, report } from './compare.ts';

const MIB = 1024 * 1024;
const LAYERS = 8;
const LAYER = 128 * MIB;
/** What a save may hold in memory at most, in MiB, however large the image is. */
const MEMORY = 200;

const regent = fileURLToPath(new URL('../../dist/regent.mjs', import.meta.url));

/** The most memory that a process has had at once, in MiB, from its `/proc/PID/status`. */
const peakOf = (status: string): number =>
  Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;

describeWithLab('saving an image of 1 GiB, against skopeo', ['registry', 'podman'], () => {
  let registry: LabRegistry;
  let image: Image;
  let tools: LabPodman;
  let folder: string;

  beforeAll(async () => {
    registry = await startRegistry('tls-open');
    tools = await startPodman();
    folder = mkdtempSync(join(tmpdir(), 'bench-save-'));
    writeFileSync(join(folder, 'ca.crt'), registry.caPem);
    // Nobody unpacks them.
    const layers = Array.from({ length: LAYERS }, () => {
      const blob = blobOf(randomBytes(LAYER));
      return { ...blob, diffId: blob.digest };
    });
    image = imageOf(layers, {});
    await pushImage(registry, 'team/large', image, '1.0');
  }, 240_000);
  afterAll(async () => {
    await registry?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('to an OCI layout, with the start of the program', async () => {
    const name = `${registry.address}/team/large:1.0`;
    const memory = join(folder, 'memory');
    // Not `process.resourceUsage()`: there a child begins with what its parent had.
    const note = `const { readFileSync, writeFileSync } = require('node:fs');
      const save = () => writeFileSync(${JSON.stringify(memory)}, readFileSync('/proc/self/status'));
      process.on('exit', save);`;
    writeFileSync(join(folder, 'note.cjs'), note);
    const trusting = { ...process.env, SSL_CERT_FILE: join(folder, 'ca.crt') };
    const env = {
      ...trusting,
      REGENT_HOME: join(folder, 'home'),
      NODE_OPTIONS: `--require=${join(folder, 'note.cjs')}`,
    };
    const peaks: number[] = [];
    const saving = (save: (path: string) => Promise<void>) => async () => {
      const out = join(folder, 'out');
      mkdirSync(out);
      const started = performance.now();
      await save(join(out, 'image'));
      const time = performance.now() - started;
      rmSync(out, { recursive: true });
      return time;
    };
    const times = await race(
      3,
      saving(async (path) => {
        const argv = [process.execPath, regent, 'save', name, '-o', path, '--json'];
        const ended = await run(argv, { env, timeoutMs: 90_000 });
        expect([ended.status, ended.stderr]).toEqual([0, '']);
        expect(ended.stdout).toContain(image.manifest.digest);
        peaks.push(peakOf(readFileSync(memory, 'utf8')));
      }),
      saving(async (path) => {
        const args = ['copy', '-q', `docker://${name}`, `oci:${path}:1.0`];
        const ended = await tools.skopeo(args, { env: trusting, timeoutMs: 90_000 });
        expect([ended.status, ended.stderr]).toEqual([0, '']);
      }),
    );
    report({ name: 'save, 1 GiB', ...times, unit: 'ms', budget: { atMost: 0.8 } });
    const peak = Math.max(...peaks);
    const budget = { atMost: 1 };
    report({ name: 'save, 1 GiB, memory', ours: peak, peer: MEMORY, unit: 'MiB', budget });
  }, 300_000);
});
