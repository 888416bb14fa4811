import { RegentError } from '../../../shared/errors/index.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { referenceText } from '../describe/reference-text.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import type { Way } from './copy-blob.ts';
import { copyGathered } from './copy-gathered.ts';
import { copyReferrers } from './copy-referrers.ts';
import { gather } from './gather.ts';
import type { OnTransfer } from './transfer-progress.ts';

/** How to copy. */
export interface CopyOrder {
  /** The tag there; null for a copy that is known by its digest alone. */
  readonly tag: string | null;
  /** `os/arch[/variant]`: only this image of an index. */
  readonly platform?: string | undefined;
  /** Whether what is about it comes, too: signatures, SBOMs, attestations. */
  readonly referrers?: boolean | undefined;
}

/** What was copied. */
export interface Copied {
  readonly digest: string;
  /** Whether all of it was there already under that tag. */
  readonly upToDate: boolean;
  /** How many referrers went along. */
  readonly referrers: number;
}

/**
 * Copies an image or artifact to another repository or registry, byte for byte: blobs before manifests, and those before the
 * index that names them, so that nothing is ever there that is not whole.
 * @throws RegentError as of `gather`, `readBlob`, `uploadBlob` and `putManifest`
 */
export async function copy(
  from: Place,
  to: Place,
  reference: string,
  { tag, platform, referrers = false }: CopyOrder,
  onTransfer: OnTransfer,
): Promise<Copied> {
  const way: Way = { from, to };
  const target = referenceText(to, tag ?? reference);
  if (tag !== null && !isTag(tag)) {
    throw new RegentError('REFERENCE_INVALID', { input: tag.slice(0, 200) });
  }
  try {
    const gathered = await gather(from, reference, { platform });
    const { digest } = gathered.root;
    const before = await digestThere(to, tag ?? digest);
    const hasMoved = await copyGathered(way, gathered, tag, onTransfer);
    const count = referrers ? await copyReferrers(way, gathered) : 0;
    return { digest, upToDate: !hasMoved && before === digest && count === 0, referrers: count };
  } catch (error) {
    if (to.signal.aborted) throw new RegentError('CANCELLED', { subject: target });
    throw error;
  }
}

async function digestThere(place: Place, reference: string): Promise<string | null> {
  try {
    return (await headManifest(place, reference)).digest;
  } catch (error) {
    const absent = ['TAG_NOT_FOUND', 'REPOSITORY_NOT_FOUND'];
    if (error instanceof RegentError && absent.includes(error.code)) return null;
    throw error;
  }
}
