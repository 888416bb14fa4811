import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { limits } from '../limits.ts';
import type { HttpAnswer } from '../transport/exchange.ts';

/** A bearer token and when to stop using it (milliseconds since 1970). */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
}

const DEFAULT_LIFE_SECONDS = 60;
const RENEW_EARLY_SECONDS = 5;

const word = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .max(limits.token);
const answerSchema = z.object({
  token: word.optional().catch(undefined),
  access_token: word.optional().catch(undefined),
  expires_in: z.number().positive().max(86_400).catch(DEFAULT_LIFE_SECONDS),
});

/**
 * Reads a token server's answer. The token's life counts from its receipt, so that the server's clock does not matter.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID`
 */
export function readToken({ body }: HttpAnswer, address: string, clock: Clock): Token {
  const { token, access_token, expires_in } = parseAnswer(body, address);
  const value = token ?? access_token;
  if (value === undefined) throw invalid(address);
  const seconds = Math.max(1, expires_in - RENEW_EARLY_SECONDS);
  return { value, expiresAt: clock.now() + seconds * 1000 };
}

function parseAnswer(body: Buffer, address: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    // The cause would carry the token into the log.
    throw invalid(address);
  }
}

function invalid(address: string): RegentError {
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'token' });
}
