import { RegentError } from '../../../shared/errors/index.ts';
import { codesOf } from '../answer-errors.ts';
import type { AuthorizedAnswer } from '../auth/authorizer.ts';
import { everythingScope, pullScope, type Scope } from '../auth/scopes.ts';
import { expectStatus } from '../expect-status.ts';
import { askManifest, manifestSubject } from '../manifests/ask-manifest.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';

/**
 * Deletes a manifest with all tags that name it. One that is gone already is as good as deleted.
 * @param digest as the registry told it for the full Accept list; another one would name something else, or nothing
 * @throws RegentError `DELETE_DISABLED` and the usual ones
 */
export async function deleteManifest(place: Place, digest: string): Promise<void> {
  const result = await askToDelete(place, digest);
  const { answer } = result;
  if (answer.status === 404 && (await isGone(place, digest))) return;
  if (isSwitchedOff(result)) {
    throw new RegentError('DELETE_DISABLED', { address: place.session.address });
  }
  expectStatus(result, [200, 202, 204], manifestSubject(place, digest), place.session);
}

/**
 * Which scope deletes differs: distribution wants `delete`, Quay takes `push` and refuses to hear of `delete`. So the
 * registry's own challenge is waited for; where there is none, all actions are asked for, as skopeo does.
 */
async function askToDelete(place: Place, digest: string): Promise<AuthorizedAnswer> {
  const ask = (scope: Scope) => askManifest(place, digest, { method: 'DELETE', scope });
  const result = await ask(pullScope(place.repository));
  const isDenied = result.answer.status === 401 || result.answer.status === 403;
  if (!isDenied || result.proof !== 'bearer') return result;
  const guess = await ask(everythingScope(place.repository)).catch(() => undefined);
  // A token server that does not like the guess says nothing of the rights.
  return guess ?? result;
}

/** 405 by the specification; 400 or 501 with the code for it with some registries. */
function isSwitchedOff({ answer }: AuthorizedAnswer): boolean {
  const codes = codesOf(answer);
  // zot refuses with 405, too, what an index still holds, and says so.
  if (answer.status === 405) return !codes.includes('DENIED');
  return [400, 501].includes(answer.status) && codes.includes('UNSUPPORTED');
}

async function isGone(place: Place, digest: string): Promise<boolean> {
  try {
    await headManifest(place, digest);
    return false;
  } catch (error) {
    const gone = ['TAG_NOT_FOUND', 'REPOSITORY_NOT_FOUND'];
    if (error instanceof RegentError && gone.includes(error.code)) return true;
    throw error;
  }
}
