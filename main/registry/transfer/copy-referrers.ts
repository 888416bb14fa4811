import type { Manifest } from '../describe/fetch-manifest.ts';
import { objectOrEmpty, textOrEmpty } from '../describe/read-value.ts';
import type { Way } from './copy-blob.ts';
import { copyGathered } from './copy-gathered.ts';
import { listInFallback } from './fallback-list.ts';
import { findAttached } from './find-attached.ts';
import { type Gathered, gather } from './gather.ts';

/** Signatures have none, SBOMs may be signed; what is deeper than that is not looked for. */
const DEPTH = 2;

/**
 * Copies what is kept about the manifests of an image, and about that. Where the other registry keeps no list of
 * referrers, they are listed under the fallback tag there.
 * @returns how many
 * @throws RegentError as of `copy`
 */
export async function copyReferrers(way: Way, { manifests }: Gathered): Promise<number> {
  const seen = new Set(manifests.map(({ digest }) => digest));
  let subjects = manifests.map(({ digest }) => digest);
  let count = 0;
  for (let depth = 0; depth < DEPTH && subjects.length > 0; depth += 1) {
    const next: string[] = [];
    for (const subject of subjects) {
      for (const { digest, tag } of await findAttached(way.from, subject)) {
        if (seen.has(digest)) continue;
        seen.add(digest);
        const gathered = await gather(way.from, digest);
        await copyGathered(way, gathered, tag, () => undefined);
        if (isAbout(gathered.root, subject)) await listInFallback(way.to, subject, gathered.root);
        count += 1;
        next.push(digest);
      }
    }
    subjects = next;
  }
  return count;
}

function isAbout({ json }: Manifest, subject: string): boolean {
  return textOrEmpty(objectOrEmpty(json.subject).digest) === subject;
}
