import * as z from 'zod';
import { type Platform, readPlatform } from '../../../shared/model/platform.ts';
import { readCreated } from './created.ts';

const signedSchema = z.object({ signatures: z.array(z.object({ protected: z.string() })).min(1) });
const protectedSchema = z.object({
  formatLength: z.number().int().nonnegative(),
  formatTail: z.string(),
});
const manifestSchema = z.object({
  history: z.array(z.object({ v1Compatibility: z.string() })).min(1),
});
const v1Schema = z.object({
  created: z.unknown().optional(),
  os: z.unknown().optional(),
  architecture: z.unknown().optional(),
});

/** What a legacy manifest (schema 1) tells; it holds no sizes. */
export interface Legacy {
  readonly created: string | null;
  readonly platform: Platform | undefined;
}

/**
 * The bytes that a schema 1 manifest's digest is about: those before the signatures were put in (Docker's
 * "Image Manifest Version 2, Schema 1"). An unsigned one is all of it.
 */
export function signedPayload(bytes: Buffer): Buffer {
  try {
    const [signature] = signedSchema.parse(JSON.parse(bytes.toString('utf8'))).signatures;
    const header = Buffer.from(signature?.protected ?? '', 'base64url').toString('utf8');
    const { formatLength, formatTail } = protectedSchema.parse(JSON.parse(header));
    return Buffer.concat([bytes.subarray(0, formatLength), Buffer.from(formatTail, 'base64url')]);
  } catch {
    return bytes;
  }
}

/** Reads a schema 1 manifest; its newest layer, the first in the list, describes the image. */
export const legacyReader = {
  parse: (json: unknown): Legacy => {
    const [newest] = manifestSchema.parse(json).history;
    const v1 = v1Schema.parse(JSON.parse(newest?.v1Compatibility ?? ''));
    return { created: readCreated(v1.created), platform: readPlatform(v1) };
  },
};
