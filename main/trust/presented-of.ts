import { parseAddress } from '../../shared/model/address.ts';
import type { ProbeReport } from '../../shared/model/probe.ts';
import type { Presented } from './verify/verify-chain.ts';
import { findPemBlocks } from './x509/pem.ts';
import { readCertificate } from './x509/read-certificate.ts';

/** What a server showed, as Docker sees it: certificates that were only fetched are not among it. */
export function presentedOf({ address, certificates, fetched }: ProbeReport): Presented {
  return {
    host: parseAddress(address).host,
    chain: certificates
      .filter(({ sha256 }) => !fetched.includes(sha256))
      .flatMap(({ pem }) => findPemBlocks(pem))
      .map(({ der }) => readCertificate(der)),
  };
}
