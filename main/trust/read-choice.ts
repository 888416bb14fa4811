import type { Certificate } from '../../shared/model/certificate.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { ProbeReport } from '../../shared/model/probe.ts';
import { readLimited } from '../platform/read-limited.ts';
import { chooseCertificate, type Given } from './choose-certificate.ts';
import { AUTHORITY_FILE_LIMIT, readAuthorityFile } from './material/read-authority-file.ts';
import { readClientPair } from './material/read-client-pair.ts';
import type { OwnChoice } from './own-choice.ts';
import type { WantedClient } from './targets/target.ts';
import { sha256Of } from './x509/fingerprint.ts';
import { findPemBlocks } from './x509/pem.ts';
import { readCertificate } from './x509/read-certificate.ts';

/** What a door was told to trust; see the contract's `plan`. Paths are absolute. */
export interface PlanInput {
  readonly address: string;
  readonly sha256?: string | undefined;
  readonly pem?: string | undefined;
  readonly source?: string | undefined;
  readonly authority?:
    | { readonly path: string; readonly password?: string | undefined }
    | undefined;
  readonly client?:
    | {
        readonly certificate: string;
        readonly key: string;
        readonly password?: string | undefined;
      }
    | undefined;
  readonly insecure?: boolean | undefined;
  readonly replace?: boolean | undefined;
  readonly consumers?: readonly ConsumerId[] | undefined;
}

/**
 * Reads the files that a choice names.
 * @param earlier certificates that are trusted for this address now
 * @throws RegentError `FILE_FAILED`, and those of `readAuthorityFile` and `readClientPair`
 */
export async function readChoice(
  input: PlanInput,
  report: ProbeReport,
  earlier: readonly Certificate[],
  now: number,
): Promise<OwnChoice> {
  const { address, sha256, pem, source, authority, insecure = false, replace = false } = input;
  const given = authority ? await readGiven(authority) : undefined;
  const fetched = report.certificates
    .filter((one) => report.fetched.includes(one.sha256))
    .flatMap((one) => findPemBlocks(one.pem))
    .map(({ der }) => readCertificate(der));
  return {
    ...{ address, insecure, consumers: input.consumers },
    choose: (presented, at) =>
      chooseCertificate({ address, sha256, given, pem, source }, presented, at, fetched),
    client: input.client ? await readClient(input.client, now) : null,
    replaces: replace ? earlier : [],
  };
}

async function readGiven(authority: NonNullable<PlanInput['authority']>): Promise<Given> {
  const { path, password } = authority;
  const bytes = await readLimited(path, AUTHORITY_FILE_LIMIT);
  return { ...readAuthorityFile(bytes, { path, password }), path };
}

async function readClient(
  files: NonNullable<PlanInput['client']>,
  now: number,
): Promise<WantedClient> {
  const { certificate: certificatePath, key: keyPath, password } = files;
  const certificate = await readLimited(certificatePath, AUTHORITY_FILE_LIMIT);
  const key = await readLimited(keyPath, AUTHORITY_FILE_LIMIT);
  const pair = readClientPair({ certificate, key, certificatePath, keyPath, password, now });
  const { certificatePem, sha256, keyPem } = pair;
  return { certificatePem, sha256, keyPem, keySha256: sha256Of(Buffer.from(keyPem)) };
}
