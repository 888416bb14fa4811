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
  '1.2.840.113549.1.1.10': sound('RSAPSS', 'RSA'),
  '1.2.840.113549.1.1.11': sound('SHA256-RSA', 'RSA'),
  '1.2.840.113549.1.1.12': sound('SHA384-RSA', 'RSA'),
  '1.2.840.113549.1.1.13': sound('SHA512-RSA', 'RSA'),
  '1.2.840.10045.4.1': insecure('ECDSA-SHA1', 'ECDSA'),
  '1.2.840.10045.4.3.2': sound('ECDSA-SHA256', 'ECDSA'),
  '1.2.840.10045.4.3.3': sound('ECDSA-SHA384', 'ECDSA'),
  '1.2.840.10045.4.3.4': sound('ECDSA-SHA512', 'ECDSA'),
  '1.3.101.112': sound('Ed25519', 'Ed25519'),
};

/** The signature algorithm with this object identifier. */
export function signatureAlgorithm(oid: string): SignatureAlgorithm {
  return byId[oid] ?? { name: oid, key: undefined, insecure: false };
}
