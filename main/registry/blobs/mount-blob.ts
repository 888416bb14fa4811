import type { Place } from '../place.ts';
import { beginUpload, cancelUpload } from './upload-session.ts';

/**
 * Uses a blob of another repository of the same registry here, without moving it (distribution specification,
 * "Mounting a blob from another repository"). A token for it must allow both, which is asked for at once.
 * @returns whether it is there now; if not, it has to be uploaded
 * @throws RegentError the usual ones
 */
export async function mountBlob(
  place: Place,
  digest: string,
  fromRepository: string,
): Promise<boolean> {
  const upload = await beginUpload(place, { digest, from: fromRepository });
  if (upload === null) return true;
  await cancelUpload(place, upload.url);
  return false;
}
