import { type Problem, problem } from '../../shared/errors/index.ts';
import { consumerFacts } from '../../shared/model/consumer-facts.ts';
import type { ConsumerPlan } from '../../shared/model/trust.ts';
import { clientNotes } from './client-notes.ts';
import { EditRefused } from './edit/editor.ts';
import { describeOperations } from './operations/describe.ts';
import { ForeignFile } from './operations/done.ts';
import { findEngine } from './operations/engine-process.ts';
import type { Operation } from './operations/operation.ts';
import { operationsFor } from './operations/operations-for.ts';
import type { IsWritable } from './privileged.ts';
import type { Consumer, Machine, TrustWish } from './targets/target.ts';

/** What is known of a consumer before its changes are looked at. */
export interface Standing {
  /** It accepts the server as it is; nothing is to be done. */
  readonly settled: 'already' | 'not-needed' | null;
}

/** Plans one consumer's part: the exact changes, or why it can't be done there. Changes nothing. */
export async function planConsumer(
  consumer: Consumer,
  wish: TrustWish,
  machine: Machine,
  isWritable: IsWritable,
  { settled }: Standing,
): Promise<ConsumerPlan> {
  const { id, scope } = consumer;
  const { effect: usual, ranHere, plainHttp } = consumerFacts[id];
  // An engine's list of insecure registries is read at a reload, which Regent does itself.
  const effect = wish.plainHttp && usual === 'at-once' && isEngine(id) ? 'reload' : usual;
  const live = effect === 'at-once' || effect === 'reload';
  const base = { id, effect, live, ranHere, elevated: false, changes: [], problem: null };
  if (settled !== null) return { ...base, status: settled, notes: [] };
  if (wish.plainHttp && !plainHttp) {
    return {
      ...base,
      status: 'blocked',
      notes: [],
      problem: problem('CONSUMER_NO_PLAIN_HTTP', { consumer: id }),
    };
  }
  const command = await consumer.byHand?.(wish, machine);
  if (command !== undefined) {
    const byHand = problem('CONSUMER_BY_HAND', { consumer: id, command });
    return { ...base, status: 'blocked', notes: [], problem: byHand };
  }
  const operations = operationsFor(consumer, wish, machine.places);
  try {
    const changes = await describeOperations(operations);
    const notes = [
      ...((await consumer.notes?.(wish, machine)) ?? []),
      ...clientNotes(id, wish, operations),
    ];
    if (changes.length === 0) return { ...base, status: 'already', notes };
    const paths = operations.flatMap((one) => ('path' in one ? [one.path] : []));
    const writable = await Promise.all(paths.map(isWritable));
    const elevated = scope === 'machine' && !writable.every(Boolean);
    const toDo = { ...base, status: 'to-do', changes, elevated, notes } as const;
    return (await isToldLater(operations)) ? { ...toDo, effect: 'next-start', live: false } : toDo;
  } catch (error) {
    const edited = operations.find(({ kind }) => kind === 'edit');
    const path = edited && 'path' in edited ? edited.path : '';
    return { ...base, status: 'blocked', notes: [], problem: problemOf(error, path) };
  }
}

/** Whether there is an engine to be told, which does not run now. */
async function isToldLater(operations: readonly Operation[]): Promise<boolean> {
  const reload = operations.find(({ kind }) => kind === 'reload');
  return reload?.kind === 'reload' && (await findEngine(reload)) === undefined;
}

function isEngine(id: Consumer['id']): boolean {
  return id === 'docker-engine' || id === 'docker-rootless';
}

function problemOf(error: unknown, path: string): Problem {
  if (error instanceof ForeignFile) return problem('TRUST_TARGET_CHANGED', { path: error.path });
  if (error instanceof EditRefused) {
    return problem('EDIT_REFUSED', { path, reason: error.reason, detail: error.detail });
  }
  const { code, path: at = path } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return problem('FILE_FAILED', { path: at, reason: code });
}
