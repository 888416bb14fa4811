import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDockerRoots } from '../../../../main/trust/docker-roots.ts';
import type { Trust } from '../../../../main/trust/trust.ts';
import type { ConsumerId } from '../../../../shared/model/consumer.ts';
import type { Mess } from '../../../../shared/model/trust.ts';
import { snapshotTree } from '../../../lab/snapshot-tree.ts';
import type { Made } from '../make-certificate.ts';
import { makeMachine, type TestMachine } from '../test-machine.ts';

/** The registry that all messes are about. */
export const ADDRESS = 'reg.test:5000';

/** A machine on which somebody tried to trust a registry by hand. */
export interface MessMachine extends TestMachine {
  /** Docker's folder for the registry. */
  readonly docker: string;
  /** A PATH on which podman is found. */
  readonly path: string;
  /** Puts a file below the root, with its folders. @returns its path */
  put(path: string, content: string | Uint8Array): string;
  /** Whether Docker reads that certificate in its folder. */
  dockerReads(made: Made): Promise<boolean>;
  /** Everything but Regent's own state, byte for byte. */
  traces(): readonly string[];
}

/** Makes it. */
export function makeMessMachine(): MessMachine {
  const machine = makeMachine();
  const put = (path: string, content: string | Uint8Array) => {
    const whole = join(machine.root, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  };
  chmodSync(put('bin/podman', ''), 0o755);
  return {
    ...machine,
    docker: join(machine.certsD, ADDRESS),
    path: join(machine.root, 'bin'),
    put,
    dockerReads: async ({ cert }) =>
      (await readDockerRoots(ADDRESS, machine.places, async () => [])).has(cert),
    traces: () => snapshotTree(machine.root).filter((line) => !/ \.\/data(\/| |$)/.test(line)),
  };
}

/** What a test has to know of a mess. */
export function inShort({ kind, consumer, path, mendable }: Mess, { root }: TestMachine) {
  return [kind, consumer, path.slice(root.length + 1), mendable] as const;
}

/** Mends the one mess of a consumer, or that of the kind. */
export async function mend(trust: Trust, wanted: Partial<Mess> = {}): Promise<void> {
  const [mess] = (await trust.messes(wanted.address ?? ADDRESS)).filter(
    ({ kind, consumer }: { kind: Mess['kind']; consumer: ConsumerId }) =>
      (wanted.kind ?? kind) === kind && (wanted.consumer ?? consumer) === consumer,
  );
  if (!mess) throw new Error('no such mess');
  const plan = await trust.planMend(mess.id);
  const { consumers } = await trust.apply(plan.planId);
  const failed = consumers.filter(({ status }) => status !== 'applied');
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
}
