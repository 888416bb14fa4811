import { readdir, readFile } from 'node:fs/promises';
import type { FoundConsumer } from '../../shared/model/consumer.ts';
import { consumerFacts } from '../../shared/model/consumer-facts.ts';
import { statIfThere } from '../platform/check-folder.ts';
import { findOnPath } from '../platform/find-on-path.ts';
import type { IsWritable } from './privileged.ts';
import { consumersOn } from './targets/index.ts';
import type { Consumer, Finding, Machine, Places } from './targets/target.ts';

/** Looks around on this machine. @param path the PATH on which programs are looked for */
export function openMachine(places: Places, path: string): Machine {
  return {
    places,
    exists: async (file) => Boolean(await statIfThere(file).catch(() => undefined)),
    readText: (file) => readFile(file, 'utf8').catch(() => undefined),
    names: (folder) => readdir(folder).catch((): string[] => []),
    which: (program) => findOnPath(program, path),
  };
}

/** A consumer that is on this machine. */
export interface Here {
  readonly consumer: Consumer;
  readonly finding: Finding;
}

/** Finds the consumers that this machine has, in the order in which they are served. */
export async function findConsumers(machine: Machine): Promise<readonly Here[]> {
  const found = await Promise.all(
    consumersOn(machine.places.platform).map(async (consumer) => {
      const finding = await consumer.find(machine);
      return finding ? [{ consumer, finding }] : [];
    }),
  );
  return found.flat();
}

/** What reaches further than one registry is never preselected. */
export function isPreselected({ consumer }: Here): boolean {
  return consumerFacts[consumer.id].reach === 'this-registry';
}

/** Describes a found consumer for people. */
export async function describeHere(here: Here, isWritable: IsWritable): Promise<FoundConsumer> {
  const { consumer, finding } = here;
  const elevated = consumer.scope === 'machine' && !(await isWritable(finding.place));
  return { id: consumer.id, ...finding, preselected: isPreselected(here), elevated };
}
