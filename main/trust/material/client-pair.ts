/** What a client pair is made of. */
export interface ClientPairParts {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly sha256: string;
  readonly subject: string;
  readonly notAfter: string;
}

/**
 * A client certificate with its private key. The key can be asked for by name and shows up nowhere else: not when
 * the pair is written as JSON, spread, logged or inspected.
 */
export class ClientPair {
  /** The certificate and its intermediate issuers, in PEM. */
  readonly certificatePem: string;
  readonly sha256: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly notAfter: string;
  readonly #keyPem: string;

  constructor(parts: ClientPairParts) {
    this.certificatePem = parts.certificatePem;
    this.sha256 = parts.sha256;
    this.subject = parts.subject;
    this.notAfter = parts.notAfter;
    this.#keyPem = parts.keyPem;
  }

  /** The private key, decrypted: PKCS#8 in PEM, as Docker reads it. */
  get keyPem(): string {
    return this.#keyPem;
  }
}
