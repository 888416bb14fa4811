import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { BlobSource } from '../../../../main/registry/blobs/upload-content.ts';
import {
  startUploadRegistry,
  type UploadHabits,
  type UploadRegistry,
} from '../../../fakes/upload-registry.ts';
import { calm, openClient } from '../open-fake.ts';

/** Bytes that differ everywhere, so that none can change places unseen. */
export const contentOf = (length: number): Buffer =>
  Buffer.alloc(length).map((_, index) => (index * 31 + (index >> 8)) % 251) as Buffer;

/** Bytes as the source of an upload, which counts how often it is opened. */
export function sourceOf(bytes: Buffer, piece = 1000): BlobSource & { opened: number } {
  const source = {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    size: bytes.length,
    opened: 0,
    open: async function* () {
      source.opened += 1;
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
  return source;
}

/** A registry that ends with the test, and a place in it. */
export async function openPlace(habits: UploadHabits = {}, signal = calm) {
  const registry = await startUploadRegistry(habits);
  onTestFinished(() => registry.stop());
  const client = openClient(registry);
  return { registry, place: client.at('team/app', signal) };
}

/** What was asked, in order. */
export const methodsOf = ({ seen }: UploadRegistry) => seen.map(({ method }) => method).join(' ');
