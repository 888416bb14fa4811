import { createHash, createPrivateKey } from 'node:crypto';
import type { ElevatedRequest } from '../../../../main/trust/elevated/request.ts';
import type { TrustWish } from '../../../../main/trust/targets/target.ts';
import { make } from '../make-certificate.ts';

/** The certificate that sample requests are about. */
export const made = make();

/** It as a request has it. */
export const certificate = { pem: made.pem, sha256: made.cert.sha256 };

/** A key as a request has it. */
export function keyOf(pem: string) {
  const keyPem = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { keyPem, keySha256: createHash('sha256').update(keyPem).digest('hex') };
}

const shown = make({ cn: 'a client' });

/** A client certificate as a request has it. */
export const client = {
  ...{ certificatePem: shown.pem, sha256: shown.cert.sha256 },
  ...keyOf(shown.keyPem),
};

/** What a sample request wishes. */
export const wish: TrustWish = {
  address: 'reg.test:5000',
  certificates: [certificate],
  ...{ replaced: [], client: null, plainHttp: false, withdrawn: false, aside: [] },
};

/** A request that trusts. */
export const put: ElevatedRequest = {
  apply: [{ consumer: 'docker-engine', wish }],
  takeBack: [],
};

/** A request that takes it back. */
export function removeOf(paths: readonly string[], folders: readonly string[]): ElevatedRequest {
  const takeBack = { paths, folders, isLast: true };
  return { apply: [], takeBack: [{ consumer: 'docker-engine', wish, takeBack }] };
}
