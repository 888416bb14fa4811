import type { ConsumerId } from '../../../shared/model/consumer.ts';
import { carryOut, type TakeBack, takeBack } from '../operations/carry-out.ts';
import type { Operation } from '../operations/operation.ts';
import { operationsFor } from '../operations/operations-for.ts';
import { consumerOf, consumersOn } from '../targets/index.ts';
import type { Places } from '../targets/target.ts';
import { failureOf, type JobReceipt, type Receipt } from './receipt.ts';
import {
  type ElevatedRequest,
  type Job,
  parseElevatedRequest,
  type TakeBackJob,
} from './request.ts';

/**
 * Carries out one request, consumer by consumer. The same code runs as root, and in Regent's own process where
 * that may write.
 * @param text the request in JSON
 * @param places where things are; nothing else is ever changed
 * @param scopes whose places may be changed: as root, only the machine's
 */
export async function perform(
  text: string,
  places: Places,
  scopes: readonly ('machine' | 'user')[],
): Promise<Receipt> {
  const known = consumersOn(places.platform).filter(({ scope }) => scopes.includes(scope));
  const ids = known.map(({ id }): ConsumerId => id);
  const request = parseElevatedRequest(text, ids);
  if (!request) return { ok: false, invalid: 'request' };
  const stray = strayPathOf(request, places);
  if (stray !== undefined) return { ok: false, invalid: stray };
  const apply: JobReceipt[] = [];
  for (const job of request.apply) apply.push(await performJob(job, places));
  const failed = apply.filter(({ ok }) => !ok).map(({ consumer }) => consumer);
  const takeBack: JobReceipt[] = [];
  for (const job of request.takeBack) {
    // Who did not get the new trust keeps the old one.
    if (!failed.includes(job.consumer)) takeBack.push(await performJob(job, places));
  }
  return { ok: true, apply, takeBack };
}

async function performJob(job: Job | TakeBackJob, places: Places): Promise<JobReceipt> {
  const { consumer } = job;
  const operations = operationsOf(job, places);
  try {
    const done =
      'takeBack' in job ? await takeBack(operations, job.takeBack) : await carryOut(operations);
    return { consumer, ok: true, done };
  } catch (error) {
    const edited = operations.find(({ kind }) => kind === 'edit');
    return failureOf(consumer, error, edited && 'path' in edited ? edited.path : '');
  }
}

function operationsOf({ consumer, wish }: Job, places: Places): readonly Operation[] {
  return operationsFor(consumerOf(consumer, places.platform), wish, places);
}

/** A path in the request that is none of those its consumer works at. */
function strayPathOf(request: ElevatedRequest, places: Places): string | undefined {
  const strays = [...request.apply, ...request.takeBack].flatMap((job) => {
    const operations = operationsOf(job, places);
    const paths = operations.flatMap((one) => ('path' in one ? [one.path] : []));
    const folders = operations.flatMap((one) => ('folders' in one ? one.folders : []));
    const named = takeBackOf(job);
    return [
      ...[...job.wish.aside, ...named.paths].filter((path) => !paths.includes(path)),
      ...named.folders.filter((path) => !folders.includes(path)),
    ];
  });
  return strays[0];
}

function takeBackOf(job: Job | TakeBackJob): TakeBack {
  return 'takeBack' in job ? job.takeBack : { paths: [], folders: [], isLast: false };
}
