import { errorFromProblem, problem, RegentError } from '../../shared/errors/index.ts';
import type {
  ConsumerPlan,
  ConsumerResult,
  TrustPlan,
  TrustResult,
} from '../../shared/model/trust.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import {
  findEntry,
  type Journal,
  type JournalEntry,
  type JournalState,
  withEntry,
  withFile,
} from './journal.ts';
import type { Privileged } from './privileged.ts';
import { reconcile } from './reconcile.ts';
import type { RegentStore } from './targets/regent.ts';

/** What carries out a plan. */
export interface ApplyTools {
  readonly journal: Journal;
  readonly privileged: Privileged;
  readonly store: RegentStore;
  readonly clock: Clock;
}

/**
 * Carries out a plan: the intent goes into the journal first, then Docker Engine's change, then Regent's own,
 * each followed by its receipt. When Docker's fails nothing is changed at all.
 * @throws RegentError what elevation and the file system say about Docker's folder, `FILE_FAILED`, `STATE_INVALID`
 */
export function applyPlan(plan: TrustPlan, tools: ApplyTools): Promise<TrustResult> {
  return tools.journal.exclusively(async () => {
    const state = await reconcile(await tools.journal.read());
    const intended = intend(state, plan, isoNow(tools.clock));
    await tools.journal.update(() => intended);
    try {
      const consumers: ConsumerResult[] = [];
      for (const consumer of plan.consumers) {
        consumers.push(await applyConsumer(plan, consumer, tools));
      }
      throwIfNothingWorked(consumers);
      return { address: plan.address, sha256: plan.certificate.sha256, consumers };
    } finally {
      await settle(tools.journal);
    }
  });
}

function throwIfNothingWorked(consumers: readonly ConsumerResult[]): void {
  const failure = consumers.find((consumer) => consumer.problem !== null)?.problem;
  if (failure && !consumers.some(({ status }) => status === 'applied')) {
    throw errorFromProblem(failure);
  }
}

/** Whatever still is an intent afterwards is held against the disk. */
async function settle(journal: Journal): Promise<void> {
  const settled = await reconcile(await journal.read());
  await journal.update(() => settled);
}

function intend(state: JournalState, plan: TrustPlan, trustedAt: string): JournalState {
  const { address, kind, certificate } = plan;
  const { sha256, pem } = certificate;
  const changes = plan.consumers.flatMap(({ id, changes: list }) =>
    list.map((change) => ({ consumer: id, change })),
  );
  const fresh: JournalEntry = { address, kind, sha256, pem, trustedAt, files: [] };
  const entry = changes
    .filter(({ change }) => change.kind === 'write-file')
    .reduce(
      (sum, { consumer, change }) =>
        withFile(sum, { consumer, path: change.path, state: 'intended' }),
      findEntry(state, address, sha256) ?? fresh,
    );
  const folders = changes
    .filter(({ change }) => change.kind === 'create-directory')
    .map(({ change }) => change.path);
  return { ...withEntry(state, entry), folders: [...new Set([...state.folders, ...folders])] };
}

async function applyConsumer(
  plan: TrustPlan,
  consumer: ConsumerPlan,
  tools: ApplyTools,
): Promise<ConsumerResult> {
  const { id, changes, live, status } = consumer;
  const result = { id, changes, live, problem: null };
  if (status !== 'to-do') return { ...result, status };
  if (id === 'docker-engine') {
    await applyEngine(plan, tools);
    return { ...result, status: 'applied' };
  }
  return applyRegent(plan, result, tools);
}

async function applyEngine(plan: TrustPlan, { journal, privileged }: ApplyTools): Promise<void> {
  const { address, certificate, script } = plan;
  const { pem, sha256 } = certificate;
  const certificates = [{ pem, sha256 }];
  const receipt = await privileged({ verb: 'put-certificates', address, certificates }, script);
  const [file] = receipt.files;
  if (!file) throw new RegentError('ELEVATION_FAILED', { detail: 'empty receipt' });
  const created = receipt.folders.map(({ path }) => path);
  await journal.update((state) => {
    const state2 = { ...state, folders: [...new Set([...state.folders, ...created])] };
    return noteWritten(state2, plan, file.path, file.status === 'written' ? 'written' : 'already');
  });
}

function noteWritten(
  state: JournalState,
  { address, certificate }: TrustPlan,
  path: string,
  how: 'written' | 'already',
): JournalState {
  const entry = findEntry(state, address, certificate.sha256);
  const file = entry?.files.find((candidate) => candidate.path === path);
  return entry && file ? withEntry(state, withFile(entry, { ...file, state: how })) : state;
}

/** Regent's own file. Docker's change is made by then, so a failure is told beside it and not instead of it. */
async function applyRegent(
  plan: TrustPlan,
  result: Omit<ConsumerResult, 'status'>,
  { journal, store }: ApplyTools,
): Promise<ConsumerResult> {
  const { address, certificate } = plan;
  const path = store.pathOf(address, certificate.sha256);
  try {
    await store.write(address, certificate.sha256, certificate.pem);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { ...result, status: 'failed', problem: problem('FILE_FAILED', { path, reason: code }) };
  }
  await journal.update((state) => noteWritten(state, plan, path, 'written'));
  return { ...result, status: 'applied' };
}
