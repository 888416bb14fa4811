import {
  type DerValue,
  expectTag,
  readDer,
  readDerList,
  readObjectId,
  readSequence,
  readSmallInteger,
  tags,
} from './der.ts';

/** A signature algorithm as Go names it, and what Go thinks of it. */
export interface SignatureAlgorithm {
  readonly name: string;
  /** Kind of the key that makes such signatures; undefined when Go does not implement it. */
  readonly key: 'RSA' | 'ECDSA' | 'Ed25519' | undefined;
  /** Go refuses to check it in a chain. */
  readonly insecure: boolean;
}

const sound = (name: string, key: 'RSA' | 'ECDSA' | 'Ed25519'): SignatureAlgorithm => ({
  name,
  key,
  insecure: false,
});
const insecure = (name: string, key: 'RSA' | 'ECDSA'): SignatureAlgorithm => ({
  name,
  key,
  insecure: true,
});

/** By object identifier; names as in Go's crypto/x509 (x509.go, signatureAlgorithmDetails). */
const byId: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.2': insecure('MD2-RSA', 'RSA'),
  '1.2.840.113549.1.1.4': insecure('MD5-RSA', 'RSA'),
  '1.2.840.113549.1.1.5': insecure('SHA1-RSA', 'RSA'),
  '1.3.14.3.2.29': insecure('SHA1-RSA', 'RSA'),
  '1.2.840.113549.1.1.11': sound('SHA256-RSA', 'RSA'),
  '1.2.840.113549.1.1.12': sound('SHA384-RSA', 'RSA'),
  '1.2.840.113549.1.1.13': sound('SHA512-RSA', 'RSA'),
  '1.2.840.10045.4.1': insecure('ECDSA-SHA1', 'ECDSA'),
  '1.2.840.10045.4.3.2': sound('ECDSA-SHA256', 'ECDSA'),
  '1.2.840.10045.4.3.3': sound('ECDSA-SHA384', 'ECDSA'),
  '1.2.840.10045.4.3.4': sound('ECDSA-SHA512', 'ECDSA'),
  '1.3.101.112': sound('Ed25519', 'Ed25519'),
};

const PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

/** The parameters of RSASSA-PSS that Go knows: one hash for both purposes, and a salt as long as that. */
const pssByHash: Readonly<Record<string, readonly [name: string, saltLength: number]>> = {
  '2.16.840.1.101.3.4.2.1': ['SHA256-RSAPSS', 32],
  '2.16.840.1.101.3.4.2.2': ['SHA384-RSAPSS', 48],
  '2.16.840.1.101.3.4.2.3': ['SHA512-RSAPSS', 64],
};

/** The signature algorithm of an AlgorithmIdentifier's two members. @throws DerError */
export function signatureAlgorithm(
  id: DerValue | undefined,
  parameters: DerValue | undefined,
): SignatureAlgorithm {
  const oid = readObjectId(id);
  const unknown = { name: oid, key: undefined, insecure: false };
  if (oid !== PSS) return byId[oid] ?? unknown;
  const name = parameters && pssName(parameters);
  return name === undefined ? { ...unknown, name: 'RSAPSS' } : sound(name, 'RSA');
}

/** RFC 4055, 3.1: the hash is in [0], the mask's function and hash in [1], the salt's length in [2]. */
function pssName(parameters: DerValue): string | undefined {
  const fields = readDerList(expectTag(parameters, tags.sequence).body);
  const field = (tag: number) => fields.find((member) => member.tag === tag)?.body;
  const [hash, mask, salt] = [field(0xa0), field(0xa1), field(0xa2)];
  if (!hash || !mask || !salt) return undefined;
  const [hashId] = readSequence(hash);
  const [maskId, maskHash] = readSequence(mask);
  const [maskHashId] = readDerList(expectTag(maskHash, tags.sequence).body);
  const [name, saltLength] = pssByHash[readObjectId(hashId)] ?? [];
  const isKnown =
    readObjectId(maskId) === MGF1 &&
    readObjectId(maskHashId) === readObjectId(hashId) &&
    readSmallInteger(readDer(salt)) === saltLength;
  return isKnown ? name : undefined;
}
