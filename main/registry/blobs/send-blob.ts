import { RegentError } from '../../../shared/errors/index.ts';
import type { AuthorizedAnswer } from '../auth/authorizer.ts';
import { expectStatus } from '../expect-status.ts';
import type { Place } from '../place.ts';
import { type Content, headerOf } from '../transport/exchange.ts';
import { type BlobSource, openChecked } from './upload-content.ts';
import { withParameter } from './upload-location.ts';
import { askUpload, type Upload } from './upload-session.ts';

/** How sending ended: with a good answer, a refusal of so many bytes at once, or an upload that the registry has lost. */
export type SendEnd = 'done' | 'too-large' | 'lost';

/** Told how many bytes of the blob have been sent. */
export type Tell = (sent: number) => void;

/** Not known, not where it was thought to be, or forgotten while it was written to. */
const LOST: ReadonlySet<number> = new Set([404, 410, 416]);
const TOO_LARGE = 413;

/** Sends a blob in one piece: the request that ends the upload has all of it. */
export async function sendWhole(
  place: Place,
  upload: Upload,
  source: BlobSource,
  tell: Tell,
): Promise<SendEnd> {
  const faults: unknown[] = [];
  const open = async function* () {
    let sent = 0;
    for await (const piece of noting(openChecked(source), faults)) {
      yield piece;
      sent += piece.length;
      tell(sent);
    }
  };
  const content = { type: 'application/octet-stream', length: source.size, open };
  return endUpload(place, upload.url, source.digest, content).catch((error: unknown) => {
    // What the source says is the cause, and not that the connection broke because of it.
    throw faults[0] ?? error;
  });
}

/** Notes why pieces could not be had, which is not the same as why nobody wanted more of them. */
async function* noting(
  pieces: AsyncGenerator<Uint8Array>,
  faults: unknown[],
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for (;;) {
      const { done, value } = await pieces.next().catch((error: unknown) => {
        faults.push(error);
        throw error;
      });
      if (done) return;
      yield value;
    }
  } finally {
    await pieces.return(undefined);
  }
}

/** Ends an upload, with the bytes that have not been sent yet if there are any. */
export async function endUpload(
  place: Place,
  url: URL,
  digest: string,
  content?: Content,
): Promise<SendEnd> {
  const result = await askUpload(place, {
    ...{ method: 'PUT', url: withParameter(url, 'digest', digest) },
    ...(content ? { content } : {}),
  });
  const end = endOf(result);
  if (end !== undefined) return end;
  const { session, repository } = place;
  const answer = expectStatus(result, [201, 204], { kind: 'repository', repository }, session);
  const stored = headerOf(answer, 'docker-content-digest');
  if (stored !== undefined && stored !== digest && sameAlgorithm(stored, digest)) {
    throw new RegentError('DIGEST_MISMATCH', { expected: digest, actual: stored });
  }
  return 'done';
}

/** What a refusal means for the upload as a whole; undefined where it means something else, or is none. */
export function endOf({ answer }: AuthorizedAnswer): Exclude<SendEnd, 'done'> | undefined {
  if (answer.status === TOO_LARGE) return 'too-large';
  return LOST.has(answer.status) ? 'lost' : undefined;
}

function sameAlgorithm(one: string, other: string): boolean {
  return one.split(':')[0] === other.split(':')[0];
}
