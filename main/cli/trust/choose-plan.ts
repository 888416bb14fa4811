import { readFile, stat } from 'node:fs/promises';
import { errorFromProblem, RegentError } from '../../../shared/errors/index.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { type ConsumerId, consumerIdSchema, type TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';

/** What the person brought along to say which certificate is the right one. */
export interface Evidence {
  /** 64 hexadecimal digits in lower case. */
  readonly fingerprint: string | undefined;
  /** A bundle of certificates: the file's path, and its PEM text. */
  readonly ca: CaFile | undefined;
}

/** A file of certificates that the person has. */
export interface CaFile {
  readonly path: string;
  readonly pem: string;
}

const CA_FILE_LIMIT = 1_048_576;

/** Reads a CA file. @throws RegentError `FILE_FAILED`, `CA_FILE_INVALID` */
export async function readCaFile(path: string): Promise<CaFile> {
  try {
    const { size } = await stat(path);
    if (size > CA_FILE_LIMIT) throw new RegentError('CA_FILE_INVALID', { path });
    const text = await readFile(path, 'utf8');
    if (!text.includes('-----BEGIN ')) throw new RegentError('CA_FILE_INVALID', { path });
    return { path, pem: text };
  } catch (error) {
    if (error instanceof RegentError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new RegentError('FILE_FAILED', { path, reason }, error);
  }
}

/** Reads `--consumer`; undefined means those found on this machine. @throws RegentError `CONSUMER_UNKNOWN` */
export function readConsumers(typed: readonly string[]): ConsumerId[] | undefined {
  if (typed.length === 0) return undefined;
  return typed.map((consumer) => {
    const known = consumerIdSchema.safeParse(consumer);
    if (!known.success) throw new RegentError('CONSUMER_UNKNOWN', { consumer });
    return known.data;
  });
}

/** Whether trusting can help: a wrong name or an expired certificate stays wrong. @throws RegentError the report's problem */
export function requireTrustable({ verdict, problems, address }: ProbeReport): void {
  if (verdict === 'untrusted' || verdict === 'trusted') return;
  const [first] = problems;
  if (first) throw errorFromProblem(first);
  throw new RegentError('CERT_CHAIN_INVALID', { address, detail: verdict });
}

/**
 * Plans trust in the certificate that the evidence names, or else in the one that lasts longest.
 * @returns undefined when the server is trusted by itself, so that nothing can be added
 * @throws RegentError `FINGERPRINT_MISMATCH`, and what planning throws
 */
export async function choosePlan(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  report: ProbeReport,
  { fingerprint, ca }: Evidence,
  consumers: ConsumerId[] | undefined,
): Promise<TrustPlan | undefined> {
  const { address, candidates } = report;
  const presented = report.certificates.map(({ sha256 }) => sha256);
  const mismatch = (shown: readonly string[]) =>
    new RegentError('FINGERPRINT_MISMATCH', {
      address,
      expected: fingerprint ?? '',
      presented: shown,
    });
  const ask = (what: { sha256?: string; pem?: string; source?: string }) =>
    client.trust.plan({ address, ...what, ...(consumers ? { consumers } : {}) }, { signal });
  if (ca !== undefined) {
    const plan = await ask({ pem: ca.pem, source: ca.path });
    const { sha256 } = plan.certificate;
    if (fingerprint !== undefined && sha256 !== fingerprint) throw mismatch([sha256]);
    return plan;
  }
  if (fingerprint !== undefined && !presented.includes(fingerprint)) throw mismatch(presented);
  if (report.verdict === 'trusted' && candidates.length === 0) return undefined;
  const best = candidates.find(({ kind }) => kind === 'ca') ?? candidates[0];
  const sha256 = fingerprint ?? best?.sha256;
  if (sha256 === undefined) throw new RegentError('CERT_UNTRUSTED', { address });
  return await ask({ sha256 });
}
