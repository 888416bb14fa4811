import { RegentError } from '../../../shared/errors/index.ts';
import { parseFingerprint } from '../../../shared/model/certificate.ts';
import type { CommandContext, OptionSpec } from '../command.ts';
import { findFile } from '../read-file.ts';
import { readPassword } from '../terminal/ask-password.ts';

/** What the person brought along to say what is to be trusted. Paths are absolute. */
export interface Evidence {
  /** 64 hexadecimal digits in lower case. */
  readonly fingerprint?: string;
  /** A file with the CA's certificate, in any usual form. */
  readonly authority?: string;
  /** Certificates as PEM text, and where they came from. */
  readonly bundle?: { readonly pem: string; readonly source: string };
  /** A certificate to show the registry, with its key. */
  readonly client?: { readonly certificate: string; readonly key: string };
  /** Plain HTTP was asked for by name. */
  readonly insecure?: boolean;
  /** Opens the files. */
  readonly password?: string;
}

/** The options that say what is to be trusted. */
export const evidenceOptions = {
  fingerprint: { type: 'string', value: 'SHA256', about: 'cli.trust.fingerprint' },
  ca: { type: 'string', value: 'FILE', about: 'cli.trust.ca' },
  tofu: { type: 'boolean', about: 'cli.trust.tofu' },
  'client-cert': { type: 'string', value: 'FILE', about: 'cli.trust.clientCert' },
  'client-key': { type: 'string', value: 'FILE', about: 'cli.trust.clientKey' },
  'password-stdin': { type: 'boolean', about: 'cli.trust.passwordStdin' },
  insecure: { type: 'boolean', about: 'cli.trust.insecure' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** What was typed for {@link evidenceOptions}. */
export interface EvidenceGiven {
  readonly fingerprint: string | undefined;
  readonly ca: string | undefined;
  readonly tofu: boolean;
  readonly 'client-cert': string | undefined;
  readonly 'client-key': string | undefined;
  readonly 'password-stdin': boolean;
  readonly insecure: boolean;
}

/**
 * Reads what the options name, before anything is contacted.
 * @throws RegentError `FINGERPRINT_INVALID`, `USAGE_…`
 */
export async function readEvidence(
  context: Pick<CommandContext, 'input'>,
  given: EvidenceGiven,
): Promise<Evidence> {
  refuseClashes(given);
  const { fingerprint, ca, insecure } = given;
  const sha256 = fingerprint === undefined ? undefined : parseFingerprint(fingerprint);
  const certificate = given['client-cert'];
  return {
    insecure,
    ...(sha256 === undefined ? {} : { fingerprint: sha256 }),
    ...(ca === undefined ? {} : { authority: await findFile(ca) }),
    ...(certificate === undefined
      ? {}
      : {
          client: {
            certificate: await findFile(certificate),
            // One PKCS#12 file may hold both.
            key: await findFile(given['client-key'] ?? certificate),
          },
        }),
    ...(given['password-stdin'] ? { password: await readPassword(context) } : {}),
  };
}

function refuseClashes(given: EvidenceGiven): void {
  if (given['client-key'] !== undefined && given['client-cert'] === undefined) {
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--client-cert FILE' });
  }
  if (!given.insecure) return;
  // Over plain HTTP there is no certificate that any of these could be about.
  for (const name of ['fingerprint', 'ca', 'tofu', 'client-cert'] as const) {
    if (given[name] === undefined || given[name] === false) continue;
    throw new RegentError('USAGE_OPTIONS_CLASH', { option: '--insecure', other: `--${name}` });
  }
}
