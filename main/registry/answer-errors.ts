import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import type { Clock } from '../platform/clock.ts';
import { cleanText } from './hostile-text.ts';
import { rateLimitOf } from './rate-limit.ts';
import { type HttpAnswer, headerOf } from './transport/exchange.ts';
import { readRetryAfter } from './transport/retries.ts';

const text = z.string().catch('');
const bodySchema = z.object({
  errors: z
    .array(z.object({ code: text, message: text }))
    .min(1)
    .max(1000),
});

/** The error codes of the distribution specification that a refusal carries; empty when its body is something else. */
export function codesOf(answer: HttpAnswer): readonly string[] {
  return errorsOf(answer).map(({ code }) => code);
}

/** Whether any server may answer so for a while, also one that otherwise serves: it is busy, or broken. */
export function isTemporary({ status }: HttpAnswer): boolean {
  return status === 429 || status >= 500;
}

/** The error for a refusal that nothing more special is known about: `RATE_LIMITED` or `REGISTRY_ERROR`. */
export function refusalOf(answer: HttpAnswer, address: string, clock: Clock): RegentError {
  if (answer.status === 429) {
    const resetsAt = rateLimitOf(answer, clock)?.resetsAt;
    const rest = resetsAt ? Math.max(0, resetsAt - clock.now()) : 0;
    const seconds = Math.ceil((readRetryAfter(answer, clock) ?? rest) / 1000);
    return new RegentError('RATE_LIMITED', { address, seconds });
  }
  return new RegentError('REGISTRY_ERROR', {
    address,
    status: answer.status,
    detail: detailOf(answer),
  });
}

function errorsOf({ body }: HttpAnswer): z.infer<typeof bodySchema>['errors'] {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8'))).errors;
  } catch {
    return [];
  }
}

/** The server's own words in one harmless line; a web page is not worth showing. */
function detailOf(answer: HttpAnswer): string {
  const errors = errorsOf(answer).map(({ code, message }) => `${code}: ${message}`);
  if (errors.length > 0) return cleanText(errors.join('; '));
  const isText = /^text\/plain\b/i.test(headerOf(answer, 'content-type') ?? '');
  const words = isText ? cleanText(answer.body.toString('utf8')) : '';
  return words || (STATUS_CODES[answer.status] ?? '');
}
