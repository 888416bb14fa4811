import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { consumerIdSchema } from '../../shared/model/consumer.ts';
import type { Elevate } from '../platform/elevation.ts';
import { perform } from './elevated/perform.ts';
import type { Receipt } from './elevated/receipt.ts';
import type { ElevatedRequest, Job } from './elevated/request.ts';
import { operationsFor } from './operations/operations-for.ts';
import { consumerOf } from './targets/index.ts';
import type { Places } from './targets/target.ts';

/** Carries out a request, as root where it must be. @param command the same as shell commands, for a person */
export type Privileged = (request: ElevatedRequest, command: string) => Promise<Receipts>;

/** What became of both halves of a request, consumer by consumer. */
export type Receipts = Pick<Receipt & { readonly ok: true }, 'apply' | 'takeBack'>;

/** Whether this process may make changes at a path itself. */
export type IsWritable = (path: string) => Promise<boolean>;

/** Whether this process may make changes at a path itself: the nearest thing that exists says so. */
export async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
    return isMissing && dirname(path) !== path ? isWritable(dirname(path)) : false;
  }
}

const doneSchema = z.object({
  path: z.string(),
  status: z.enum([
    ...['written', 'edited', 'aside', 'already', 'created'],
    ...['removed', 'restored', 'gone', 'kept'],
  ] as const),
});
const jobReceiptSchema = z.discriminatedUnion('ok', [
  z.object({ consumer: consumerIdSchema, ok: z.literal(true), done: z.array(doneSchema) }),
  z.object({
    consumer: consumerIdSchema,
    ok: z.literal(false),
    reason: z.enum(['unsafe', 'changed', 'edit', 'program', 'failed']),
    path: z.string(),
    detail: z.string(),
    refusal: z.string(),
  }),
]);
const receiptSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    apply: z.array(jobReceiptSchema),
    takeBack: z.array(jobReceiptSchema),
  }),
  z.object({ ok: z.literal(false), invalid: z.string() }),
]);

/**
 * Prepares changes of this machine: in this process where it may write, else all together by one elevated step
 * that runs the same code. It throws what `elevate` throws, and RegentError `ELEVATION_FAILED`.
 */
export function createPrivileged(
  places: Places,
  elevate: Elevate,
  mayWrite: IsWritable,
): Privileged {
  const needsRoot = async (job: Job) => {
    const consumer = consumerOf(job.consumer, places.platform);
    if (consumer.scope !== 'machine') return false;
    const paths = operationsFor(consumer, job.wish, places).flatMap((one) =>
      'path' in one ? [one.path] : [],
    );
    return !(await Promise.all(paths.map(mayWrite))).every(Boolean);
  };
  const ask = async (request: ElevatedRequest, run: (text: string) => Promise<Receipt>) => {
    if (request.apply.length + request.takeBack.length === 0) return { apply: [], takeBack: [] };
    const receipt = await run(JSON.stringify(request));
    if (receipt.ok) return receipt;
    throw new RegentError('ELEVATION_FAILED', { detail: receipt.invalid });
  };
  return async ({ apply, takeBack }, command) => {
    const toApply = await divide(apply, needsRoot);
    const toTakeBack = await divide(takeBack, needsRoot);
    // The password is asked for first: whoever says no there has changed nothing.
    const elevated = await ask({ apply: toApply.yes, takeBack: toTakeBack.yes }, async (text) =>
      readReceipt(await elevate(text, command)),
    );
    const own = await ask({ apply: toApply.no, takeBack: toTakeBack.no }, (text) =>
      perform(text, places, ['machine', 'user']),
    );
    return {
      apply: [...elevated.apply, ...own.apply],
      takeBack: [...elevated.takeBack, ...own.takeBack],
    };
  };
}

async function divide<T>(
  items: readonly T[],
  isYes: (item: T) => Promise<boolean>,
): Promise<{ readonly yes: readonly T[]; readonly no: readonly T[] }> {
  const answers = await Promise.all(items.map(isYes));
  return {
    yes: items.filter((_item, index) => answers[index] === true),
    no: items.filter((_item, index) => answers[index] !== true),
  };
}

function readReceipt(stdout: string): Receipt {
  try {
    return receiptSchema.parse(JSON.parse(stdout));
  } catch (error) {
    throw new RegentError('ELEVATION_FAILED', { detail: 'no receipt' }, error);
  }
}
