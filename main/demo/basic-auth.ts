import { createHash, timingSafeEqual } from 'node:crypto';

/** The challenge of the demo registry (RFC 7617). */
export const challenge = 'Basic realm="Regent demo registry"';

/** Makes the check of an Authorization header against the one account, in constant time. */
export function checkBasic(
  username: string,
  password: string,
): (header: string | undefined) => boolean {
  const expected = hash(`${username}:${password}`);
  return (header) => {
    const encoded = /^basic +([A-Za-z0-9+/=]+) *$/i.exec(header ?? '')?.[1];
    if (encoded === undefined) return false;
    return timingSafeEqual(hash(Buffer.from(encoded, 'base64').toString('utf8')), expected);
  };
}

/** Texts of any length become 32 bytes, which is what can be compared without telling how long they are. */
function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
