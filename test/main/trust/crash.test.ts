import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Trust } from '../../../main/trust/trust.ts';
import { snapshotTree } from '../../lab/snapshot-tree.ts';
import { addEveryConsumer } from './every-consumer.ts';
import { make, makeCa } from './make-certificate.ts';
import { makeMachine, type TestMachine } from './test-machine.ts';
import { registry, startPlain, startTls, type TestServer } from './test-server.ts';

const crash = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const { dyingDisk } = await import('../../fakes/dying-disk.ts');
  return dyingDisk(await importOriginal(), crash);
});

describe('a Regent that dies', () => {
  const ca = makeCa();
  let server: TestServer;
  let address: string;

  beforeAll(async () => {
    server = await startTls([make({ by: ca }), ca]);
    address = `reg.test:${server.port}`;
  });
  afterAll(() => server.stop());

  /** Lets `run` die at that step, and comes back to life. Locks of the dead are taken over after a while; here at once. */
  const dieAt = async (machine: TestMachine, at: number, run: () => Promise<unknown>) => {
    crash.left = at;
    const died = await run().then(
      () => false,
      () => crash.left < 0,
    );
    crash.left = Number.POSITIVE_INFINITY;
    const journal = join(machine.data, 'journal');
    for (const name of existsSync(journal) ? readdirSync(journal) : []) {
      if (name.endsWith('.lock')) rmSync(join(journal, name), { recursive: true });
    }
    return died;
  };

  const wholeFiles = (machine: TestMachine) => {
    const folder = join(machine.certsD, address);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names
      .filter((name) => name.endsWith('.crt'))
      .every((name) => readFileSync(join(folder, name), 'utf8') === ca.pem);
  };

  const undo = (machine: TestMachine, of = address) =>
    machine
      .open()
      .revoke({ address: of })
      .catch((error) => expect(error).toMatchObject({ code: 'TRUST_NOT_FOUND' }));

  it('while it trusts leaves whole files and a way back, wherever it dies', async () => {
    let steps = 0;
    for (let died = true; died; steps += 1) {
      const machine = makeMachine();
      const before = snapshotTree(machine.etc);
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      died = await dieAt(machine, steps, () => trust.apply(planId));
      expect(wholeFiles(machine), `step ${steps}`).toBe(true);
      await undo(machine);
      expect(snapshotTree(machine.etc), `step ${steps}`).toEqual(before);
      machine.remove();
    }
    expect(steps).toBeGreaterThan(20);
  });

  it('can finish what was cut off, and take it back later', async () => {
    for (const at of [8, 10, 12, 14, 16, 18, 20, 22, 24]) {
      const machine = makeMachine();
      const before = snapshotTree(machine.etc);
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      await dieAt(machine, at, () => trust.apply(planId));
      const again = machine.open();
      await again.apply((await again.plan({ address })).planId);
      expect(await again.materialFor(address)).toEqual([ca.pem]);
      expect(await again.list()).toHaveLength(1);
      await undo(machine);
      expect(snapshotTree(machine.etc), `step ${at}`).toEqual(before);
      machine.remove();
    }
  });

  it('while it revokes can revoke again, wherever it dies', async () => {
    let steps = 0;
    for (let died = true; died; steps += 1) {
      const machine = makeMachine();
      const before = snapshotTree(machine.etc);
      const trust = machine.open();
      await trust.apply((await trust.plan({ address })).planId);
      died = await dieAt(machine, steps, () => trust.revoke({ address }));
      expect(wholeFiles(machine), `step ${steps}`).toBe(true);
      await undo(machine);
      expect(snapshotTree(machine.etc), `step ${steps}`).toEqual(before);
      expect(await machine.open().materialFor(address)).toEqual([]);
      machine.remove();
    }
    expect(steps).toBeGreaterThan(8);
  });

  describe('with files of others to edit', () => {
    const consumers = ['docker-engine', 'podman', 'containerd', 'k3s', 'regent'] as const;
    let plain: TestServer;

    beforeAll(async () => {
      plain = await startPlain(registry);
    });
    afterAll(() => plain.stop());

    const wishes = () => [
      { address, consumers, insecure: false },
      { address: `reg.test:${plain.port}`, consumers, insecure: true },
    ];

    /** Old or new, and nothing else: each edited file, against how it was and how it is when nobody dies. */
    const areWhole = (machine: TestMachine, edits: Edits) =>
      [...edits].every(([path, { before, after }]) => {
        const text = textAt(machine, join(machine.root, path));
        return text === before || text === after || isInterim(text, before);
      });

    /** How each edited file is before and after, from a machine on which nobody dies. */
    const rehearse = async (wish: Parameters<Trust['plan']>[0]): Promise<Edits> => {
      const machine = makeMachine();
      const path = addEveryConsumer(machine.places);
      const trust = machine.open({ path });
      const plan = await trust.plan(wish);
      const paths = plan.consumers
        .flatMap(({ changes }) => changes)
        .flatMap((change) => (change.kind === 'edit-file' ? [change.path] : []));
      const before = paths.map((file) => textAt(machine, file));
      await trust.apply(plan.planId);
      const edits = paths.map(
        (file, index) =>
          [
            relative(machine.root, file),
            { before: before[index] ?? null, after: textAt(machine, file) },
          ] as const,
      );
      machine.remove();
      return new Map(edits);
    };

    it.each([0, 1])(
      'leaves each whole, old or new, and a way back (%i)',
      async (index) => {
        const wish = wishes()[index] ?? { address };
        const edits = await rehearse(wish);
        let steps = 0;
        for (let died = true; died; steps += 1) {
          const machine = makeMachine();
          const path = addEveryConsumer(machine.places);
          const before = snapshotTree(machine.root);
          const trust = machine.open({ path });
          const plan = await trust.plan(wish);
          died = await dieAt(machine, steps, () => trust.apply(plan.planId));
          expect(areWhole(machine, edits), `step ${steps}`).toBe(true);
          // Every other time the way back is cut off, too.
          if (steps % 2 === 1) {
            const { address: wanted } = wish;
            await dieAt(machine, steps % 29, () =>
              machine.open({ path }).revoke({ address: wanted }),
            );
            expect(areWhole(machine, edits), `step ${steps}, back`).toBe(true);
          }
          await undo(machine, wish.address);
          expect(traces(machine), `step ${steps}`).toEqual(before);
          machine.remove();
        }
        expect(steps).toBeGreaterThan(40);
      },
      240_000,
    );
  });

  const traces = (machine: TestMachine) =>
    snapshotTree(machine.root).filter((line) => !/ \.\/data(\/| |$)/.test(line));
});

type Edits = ReadonlyMap<string, { readonly before: string | null; readonly after: string | null }>;

/** Paths in it are told from the machine's root on, which is another folder each time. */
function textAt({ root }: TestMachine, path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll(root, '') : null;
}

/** On the way back an engine first has to load an empty list. */
function isInterim(text: string | null, before: string | null): boolean {
  const parsed = [text, before].map((one) => (one?.startsWith('{') ? JSON.parse(one) : undefined));
  const [now, old] = parsed;
  return (
    now !== undefined &&
    JSON.stringify({ ...old, 'insecure-registries': [] }) === JSON.stringify(now)
  );
}
