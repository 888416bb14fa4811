import {
  Decrypter,
  Encrypter,
  generateX25519Identity,
  type Identity,
  identityToRecipient,
} from 'age-encryption';

/** What opens an age file (C2SP: age-encryption.org/v1): identities, `AGE-SECRET-KEY-1…`, or a passphrase. */
export type AgeKey =
  | { readonly kind: 'identities'; readonly identities: readonly string[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** What came of opening one; `foreign`: it is an age file, but not for this key. */
export type Opened =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'damaged' };

/** A new identity and its public recipient, `age1…`. */
export async function makeIdentity(): Promise<{
  readonly identity: string;
  readonly recipient: string;
}> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The public recipient of an identity; undefined for what is no identity of the kind used here. */
export async function recipientOf(identity: string): Promise<string | undefined> {
  return /^AGE-SECRET-KEY-1/.test(identity)
    ? identityToRecipient(identity).catch(() => undefined)
    : undefined;
}

/** Encrypts a text for a recipient; nothing secret is needed for it. */
export function sealFor(recipient: string, text: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return seal(encrypter, text);
}

/**
 * Encrypts a text with a passphrase.
 * @param workFactor base-2 logarithm of scrypt's cost; age's own default, 18, is about a second and 256 MiB
 */
export function sealWithPassphrase(
  passphrase: string,
  text: string,
  workFactor = 18,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return seal(encrypter, text);
}

/** Decrypts a file, or says what is the matter with it; never rejects. */
export async function open(key: AgeKey, file: Uint8Array): Promise<Opened> {
  const decrypter = new Decrypter();
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase);
  else for (const identity of key.identities) decrypter.addIdentity(identity);
  // Asked after all others: a sound header that none of them opened. The library tells that by its words only.
  let isForeign = false;
  const last: Identity = {
    unwrapFileKey: () => {
      isForeign = true;
      return null;
    },
  };
  decrypter.addIdentity(last);
  try {
    const plain = await collect(await decrypter.decrypt(streamOf(file)));
    return { kind: 'text', text: plain.toString() };
  } catch {
    return { kind: isForeign ? 'foreign' : 'damaged' };
  }
}

async function seal(encrypter: Encrypter, text: string): Promise<Uint8Array> {
  return collect(await encrypter.encrypt(streamOf(Buffer.from(text))));
}

/** The library's calls without streams go through `Response`, which takes Node 20 ms to load. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
  }
}
