import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineLine } from '../../../main/engine/json-lines.ts';
import {
  finishPull,
  type PullState,
  progressOf,
  reducePull,
  startPull,
} from '../../../main/engine/pull-progress.ts';
import { layerProgressSchema } from '../../../shared/model/task.ts';

type Stream = 'classic' | 'containerd' | 'podman' | 'resumed';

/** What engines really sent: Docker 20.10, Docker 28.5 with the containerd store, Podman 4.3, a broken connection. */
function recorded(name: Stream): readonly EngineLine[] {
  const text = readFileSync(new URL(`streams/${name}.ndjson`, import.meta.url), 'utf8');
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line): EngineLine => JSON.parse(line));
}

/** The state after each line. */
function follow(lines: readonly EngineLine[], sizes?: ReadonlyMap<string, number>) {
  const states: PullState[] = [startPull(sizes)];
  for (const line of lines) states.push(reducePull(states.at(-1) ?? startPull(), line));
  return states;
}

const last = (states: readonly PullState[]) => states.at(-1) ?? startPull();

/** Throws when anything went back, or left its bounds. */
function expectOnlyForward(states: readonly PullState[]): void {
  let before = progressOf(startPull());
  for (const state of states) {
    const now = progressOf(state);
    expect(now.done).toBeGreaterThanOrEqual(before.done);
    if (now.total !== null) expect(now.done).toBeLessThanOrEqual(now.total);
    expect(now.fraction ?? before.fraction).toBe(now.fraction);
    if (now.fraction !== null) {
      expect(now.fraction).toBeGreaterThanOrEqual(before.fraction ?? 0);
      expect(now.fraction).toBeLessThanOrEqual(1);
    }
    for (const layer of now.layers) {
      layerProgressSchema.parse(layer);
      if (layer.total !== null) expect(layer.done).toBeLessThanOrEqual(layer.total);
      const old = before.layers.find(({ id }) => id === layer.id);
      expect(layer.done).toBeGreaterThanOrEqual(old?.done ?? 0);
    }
    before = now;
  }
}

describe('the progress of a pull', () => {
  it.each(['classic', 'containerd', 'podman', 'resumed'] as const)(
    'only goes forward (%s)',
    (name) => {
      expectOnlyForward(follow(recorded(name)));
    },
  );

  it('ends with every byte, the digest and all layers done', () => {
    const end = last(follow(recorded('classic')));
    expect(end).toMatchObject({ finished: true, upToDate: false });
    expect(end.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const { done, total, fraction, layers } = progressOf(end);
    expect({ done, fraction }).toEqual({ done: total, fraction: 1 });
    expect(total).toBe(1107346 + 3 * 8391442);
    expect(layers.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('does not take the tag of the first line for a layer', () => {
    const [, first] = follow(recorded('classic'));
    expect(first?.layers).toEqual([]);
  });

  it('is not known before every layer has told its size or has arrived', () => {
    const states = follow(recorded('classic'));
    const lines = recorded('classic');
    const known = states.findIndex(({ fraction }) => fraction !== null);
    expect(lines[known - 1]).toMatchObject({ id: '7824acf7e120' });
    expect(progressOf(states[known - 1] ?? startPull()).total).toBeNull();
  });

  it('is known from the first layer on when the manifest’s sizes are', () => {
    const sizes = new Map([
      ['f40ba5975b8a', 1107346],
      ...['ff1db94354d7', '1b8b7edeb87e', '7824acf7e120'].map((id) => [id, 8391442] as const),
    ]);
    const states = follow(recorded('classic'), sizes);
    expectOnlyForward(states);
    expect(progressOf(states[2] ?? startPull())).toMatchObject({ fraction: 0, total: 1107346 });
  });

  it('counts a download as 70 % of the work and extraction as the rest', () => {
    const lines: EngineLine[] = [
      { status: 'Downloading', id: 'a', progressDetail: { current: 50, total: 100 } },
      { status: 'Download complete', id: 'a' },
      { status: 'Extracting', id: 'a', progressDetail: { current: 50, total: 100 } },
      { status: 'Pull complete', id: 'a' },
    ];
    const fractions = follow(lines).map(({ fraction }) => fraction);
    expect(fractions).toEqual([null, 0.35, 0.7, 0.85, 1]);
  });

  it('resumes by range where it broke off, although the engine counts from the start again', () => {
    const states = follow(recorded('resumed'));
    const done = states.map((state) => progressOf(state).done);
    expect(done[9]).toBe(2031616);
    expect(done[10]).toBe(9002941 - 6971325 + 65536);
    expect(progressOf(states[7] ?? startPull()).layers[0]?.state).toBe('retrying');
    expect(progressOf(last(states))).toMatchObject({ done: 9002941, total: 9002941 });
  });

  it('leaves layers that were there out of the sums', () => {
    const { layers, done, total } = progressOf(last(follow(recorded('resumed'))));
    expect(layers[1]).toEqual({ id: '5b1a2c3d4e5f', state: 'present', done: 0, total: null });
    expect(done).toBe(total);
  });

  it('takes the containerd store’s seconds for no bytes', () => {
    const line: EngineLine = {
      ...{ status: 'Extracting', id: 'a' },
      progressDetail: { current: 7, units: 's' },
    };
    const end = last(follow([{ status: 'Pulling fs layer', id: 'a' }, line]));
    expect(progressOf(end).layers).toEqual([
      { id: 'a', state: 'extracting', done: 0, total: null },
    ]);
  });

  it('says when the image was there already', () => {
    const end = last(
      follow([
        { status: 'Pulling from team/app', id: '1.0' },
        { status: `Digest: sha256:${'0'.repeat(64)}` },
        { status: 'Status: Image is up to date for reg.test/team/app:1.0' },
      ]),
    );
    expect(end).toMatchObject({ finished: true, upToDate: true });
    expect(progressOf(end)).toEqual({ done: 0, total: null, fraction: 1, layers: [] });
  });

  it('is not finished by Podman’s lines, which never say so', () => {
    const end = last(follow(recorded('podman')));
    expect(end.finished).toBe(false);
    expect(progressOf(finishPull(end)).layers.map(({ state }) => state)).toEqual([
      ...['done', 'done', 'present', 'done'],
    ]);
  });

  it('only goes forward, whatever an engine sends', () => {
    const bytes = fc.option(fc.nat(1000), { nil: undefined });
    const line: fc.Arbitrary<EngineLine> = fc.record({
      status: fc.constantFrom(
        ...['Pulling fs layer', 'Waiting', 'Downloading', 'Verifying Checksum', 'Extracting'],
        ...['Download complete', 'Pull complete', 'Already exists', 'Retrying in 5 seconds'],
        ...['Pulling from x', 'Status: Downloaded newer image', 'Digest: sha256:0', 'Unpacking'],
      ),
      id: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      progressDetail: fc.option(fc.record({ current: bytes, total: bytes }), { nil: undefined }),
    });
    const sizes = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), sizes, (lines, known) => {
        expectOnlyForward(follow(lines, new Map(Object.entries(known))));
      }),
      { numRuns: 1000 },
    );
  });
});
