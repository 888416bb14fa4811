import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeCa } from '../make-certificate.ts';
import { ADDRESS, type MessMachine, makeMessMachine } from './mess-machine.ts';

// At the chosen change on disk the process "dies": it and everything after it fails.
const crash = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const counted =
    <A extends unknown[], R>(change: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      crash.left -= 1;
      if (crash.left < 0) throw Object.assign(new Error('dead'), { code: 'EDEAD' });
      return change(...args);
    };
  return {
    ...real,
    mkdir: counted(real.mkdir as (...args: unknown[]) => Promise<unknown>),
    chmod: counted(real.chmod),
    rename: counted(real.rename),
    unlink: counted(real.unlink),
    rm: counted(real.rm),
    rmdir: counted(real.rmdir),
  };
});

const FOLDER = `etc/docker/certs.d/${ADDRESS}`;

describe('a Regent that dies', () => {
  const ca = makeCa();

  /** Lets `run` die at that step, and comes back to life; locks of the dead are taken over at once. */
  const dieAt = async ({ data }: MessMachine, at: number, run: () => Promise<unknown>) => {
    crash.left = at;
    const died = await run().then(
      () => false,
      () => crash.left < 0,
    );
    crash.left = Number.POSITIVE_INFINITY;
    const journal = join(data, 'journal');
    for (const name of existsSync(journal) ? readdirSync(journal) : []) {
      if (name.endsWith('.lock')) rmSync(join(journal, name), { recursive: true });
    }
    return died;
  };
  const undo = (machine: MessMachine) =>
    machine
      .open()
      .revoke({ address: ADDRESS })
      .catch((error) => expect(error).toMatchObject({ code: 'TRUST_NOT_FOUND' }));

  it.each([
    ['an authority by another name', `${FOLDER}/ca.pem`],
    ['a file where the folder should be', FOLDER],
  ])('while it mends %s, or undoes that, leaves a way back', async (_, path) => {
    let steps = 0;
    for (let died = true; died; steps += 1) {
      const machine = makeMessMachine();
      machine.put(path, ca.pem);
      const before = machine.traces();
      const trust = machine.open();
      const [mess] = await trust.messes(ADDRESS);
      const { planId } = await trust.planMend(mess?.id ?? '');
      died = await dieAt(machine, steps, () => trust.apply(planId));
      await undo(machine);
      expect(machine.traces(), `mending, step ${steps}`).toEqual(before);
      machine.remove();
    }
    expect(steps).toBeGreaterThan(10);
    steps = 0;
    for (let died = true; died; steps += 1) {
      const machine = makeMessMachine();
      machine.put(path, ca.pem);
      const before = machine.traces();
      const trust = machine.open();
      const [mess] = await trust.messes(ADDRESS);
      await trust.apply((await trust.planMend(mess?.id ?? '')).planId);
      died = await dieAt(machine, steps, () => trust.revoke({ address: ADDRESS }));
      await undo(machine);
      expect(machine.traces(), `undoing, step ${steps}`).toEqual(before);
      expect(await machine.open().list()).toEqual([]);
      machine.remove();
    }
    expect(steps).toBeGreaterThan(5);
  });
});
