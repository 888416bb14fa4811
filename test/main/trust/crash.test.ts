import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { snapshotTree } from '../../lab/snapshot-tree.ts';
import { make, makeCa } from './make-certificate.ts';
import { makeMachine, type TestMachine } from './test-machine.ts';
import { startTls, type TestServer } from './test-server.ts';

// Every change on disk counts as one step. At the chosen step the process "dies": that change and everything
// after it fail, so that no code gets to tidy up, as after SIGKILL or a power cut.
const crash = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const dead = () => Object.assign(new Error('the process is dead'), { code: 'EDEAD' });
  const step = () => {
    crash.left -= 1;
    if (crash.left < 0) throw dead();
  };
  const counted =
    <A extends unknown[], R>(change: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step();
      return change(...args);
    };
  const open: typeof real.open = async (path, flags, mode) => {
    if (flags !== 'wx') return real.open(path, flags, mode);
    step();
    const handle = await real.open(path, flags, mode);
    const write = handle.writeFile.bind(handle);
    handle.writeFile = async (data) => {
      crash.left -= 1;
      // Dying while writing leaves half of it.
      if (crash.left < 0) await write(String(data).slice(0, String(data).length / 2));
      if (crash.left < 0) throw dead();
      await write(data);
    };
    return handle;
  };
  return {
    ...real,
    open,
    mkdir: counted(real.mkdir as (...args: unknown[]) => Promise<unknown>),
    chmod: counted(real.chmod),
    chown: counted(real.chown),
    rename: counted(real.rename),
    unlink: counted(real.unlink),
    rm: counted(real.rm),
    rmdir: counted(real.rmdir),
  };
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

  const undo = (machine: TestMachine) =>
    machine
      .open()
      .revoke(address)
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
      died = await dieAt(machine, steps, () => trust.revoke(address));
      expect(wholeFiles(machine), `step ${steps}`).toBe(true);
      await undo(machine);
      expect(snapshotTree(machine.etc), `step ${steps}`).toEqual(before);
      expect(await machine.open().materialFor(address)).toEqual([]);
      machine.remove();
    }
    expect(steps).toBeGreaterThan(8);
  });
});
