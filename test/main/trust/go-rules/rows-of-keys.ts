import type { KeyKind } from '../make-certificate.ts';
import { ACCEPTED, make, makeCa, type Row, sinceOld, UNKNOWN } from './row.ts';

const kinds: readonly KeyKind[] = ['rsa', 'rsa1024', 'ec', 'p384', 'p521', 'ed25519'];
const versions = ['TLSv1.2', 'TLSv1.3'] as const;

/** Every kind of key, in both versions of TLS. */
const everyKind = kinds.flatMap((key): readonly Row[] => {
  const ca = makeCa({ key });
  const chain = [make({ key, by: ca })];
  return versions.map((version) => ({
    what: `${key} keys, ${version}`,
    chain,
    tls: { minVersion: version, maxVersion: version },
    trust: [ca],
  }));
});

const rsa = makeCa({ key: 'rsa' });
const ec = makeCa();
const tiny = makeCa({ key: 'rsa512' });
const oddMiddle = makeCa({ cn: 'Middle', by: rsa, hash: 'pss-sha1' });
const sha1Pin = make({ key: 'rsa', hash: 'sha1' });
const md5Pin = make({ key: 'rsa', hash: 'md5' });
const sha1Root = makeCa({ key: 'rsa', hash: 'sha1' });

/** What an engine says of an issuer that may be the right one but for this. */
export const possibly = (why: string, name = 'Lab CA') =>
  `x509: certificate signed by unknown authority (possibly because of ${JSON.stringify(why)} while trying to verify candidate authority certificate "${name}")`;

/** Go 1.19 could still be told to accept SHA-1, and says how. */
const insecure = (algorithm: string) => {
  const why = `x509: cannot verify signature: insecure algorithm ${algorithm}`;
  return sinceOld(possibly(`${why} (temporarily override with GODEBUG=x509sha1=1)`), possibly(why));
};

/** What a server answers whose certificate an engine could not check anyway. */
const NO_HANDSHAKE = 'remote error: tls: handshake failure';
/** Keys and signatures, good and weak. */
export const rowsOfKeys: readonly Row[] = [
  ...everyKind,
  {
    what: 'a key of another kind than the CA’s',
    chain: [make({ by: ec, key: 'ed25519' })],
    trust: [ec],
  },
  { what: 'SHA-384', chain: [make({ by: rsa, hash: 'sha384' })], trust: [rsa] },
  { what: 'SHA-512', chain: [make({ by: ec, hash: 'sha512' })], trust: [ec] },
  { what: 'RSA-PSS', chain: [make({ by: rsa, hash: 'pss-sha256' })], trust: [rsa] },
  {
    what: 'RSA-PSS by a CA made anew',
    chain: [make({ by: rsa, hash: 'pss-sha256' })],
    trust: [makeCa({ key: 'rsa' })],
    after: possibly('crypto/rsa: verification error'),
  },
  {
    what: 'RSA-PSS with SHA-1, of an intermediate',
    chain: [make({ by: oddMiddle }), oddMiddle],
    trust: [rsa],
    after: possibly('x509: cannot verify signature: algorithm unimplemented'),
  },
  {
    what: 'SHA-1 by an RSA CA',
    chain: [make({ by: rsa, hash: 'sha1' })],
    trust: [rsa],
    after: insecure('SHA1-RSA'),
  },
  {
    what: 'SHA-1 by an EC CA',
    chain: [make({ by: ec, hash: 'sha1' })],
    trust: [ec],
    after: insecure('ECDSA-SHA1'),
  },
  {
    what: 'a CA that signed itself with SHA-1',
    chain: [make({ by: sha1Root })],
    trust: [sha1Root],
  },
  { what: 'a pinned leaf with SHA-1', chain: [sha1Pin], trust: [sha1Pin] },
  {
    // Today's engines do not offer MD5 to a server, so it has no certificate for them.
    what: 'a pinned leaf with MD5',
    chain: [md5Pin],
    before: sinceOld(UNKNOWN, NO_HANDSHAKE),
    trust: [md5Pin],
    after: sinceOld(ACCEPTED, NO_HANDSHAKE),
  },
  {
    what: 'MD5',
    chain: [make({ by: rsa, hash: 'md5' })],
    before: sinceOld(UNKNOWN, NO_HANDSHAKE),
    trust: [rsa],
    after: sinceOld(
      possibly('x509: cannot verify signature: insecure algorithm MD5-RSA'),
      NO_HANDSHAKE,
    ),
  },
  {
    what: 'a server key of 512 bits',
    chain: [make({ key: 'rsa512', by: ec })],
    before: NO_HANDSHAKE,
    trust: [ec],
    after: NO_HANDSHAKE,
  },
  { what: 'a CA key of 512 bits', chain: [make({ by: tiny })], trust: [tiny] },
];
