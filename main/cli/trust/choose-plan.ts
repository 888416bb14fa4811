import { errorFromProblem, RegentError } from '../../../shared/errors/index.ts';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import type { Evidence } from './evidence.ts';
import { withPasswords } from './with-password.ts';

/** What a plan is to be made of, beside the server itself. */
export interface Wish {
  readonly evidence: Evidence;
  /** Undefined: those that are preselected. */
  readonly consumers: ConsumerId[] | undefined;
  /** Whether earlier trusts of the address go. */
  readonly replace: boolean;
}

/**
 * Whether trusting can help: a wrong name or an expired certificate stays wrong.
 * @throws RegentError the report's problem
 */
export function requireTrustable(report: ProbeReport, { insecure, client }: Evidence): void {
  const { verdict, problems, address } = report;
  if (verdict === 'untrusted' || verdict === 'trusted') return;
  const [first] = problems;
  if (insecure && verdict === 'plain-http') return;
  if (client && first?.code === 'CLIENT_CERT_REQUIRED') return;
  if (first) throw errorFromProblem(first);
  throw new RegentError('CERT_CHAIN_INVALID', { address, detail: verdict });
}

/**
 * Plans trust in what the evidence names, or else in the certificate that lasts longest.
 * @returns undefined when the server is trusted by itself, so that nothing can be added
 * @throws RegentError `FINGERPRINT_MISMATCH`, and what planning throws
 */
export async function choosePlan(
  context: Pick<CommandContext, 'client' | 'signal' | 'input' | 'json' | 't' | 'err'>,
  report: ProbeReport,
  wish: Wish,
): Promise<TrustPlan | undefined> {
  const { address, candidates } = report;
  const { fingerprint, authority, bundle, client, insecure } = wish.evidence;
  const presented = report.certificates.map(({ sha256 }) => sha256);
  if (insecure) return await ask(context, address, wish, { insecure: true });
  if (authority !== undefined || bundle !== undefined) {
    const plan = await ask(context, address, wish, {});
    const sha256 = plan.certificate?.sha256 ?? '';
    if (fingerprint !== undefined && sha256 !== fingerprint) {
      throw mismatch(address, fingerprint, [sha256]);
    }
    return plan;
  }
  if (fingerprint !== undefined && !presented.includes(fingerprint)) {
    throw mismatch(address, fingerprint, presented);
  }
  const best = candidates.find(({ kind }) => kind === 'ca') ?? candidates[0];
  const sha256 = fingerprint ?? best?.sha256;
  if (sha256 !== undefined && (report.verdict !== 'trusted' || candidates.length > 0)) {
    return await ask(context, address, wish, { sha256 });
  }
  if (client) return await ask(context, address, wish, {});
  if (report.verdict === 'trusted') return undefined;
  throw new RegentError('CERT_UNTRUSTED', { address });
}

async function ask(
  context: Parameters<typeof choosePlan>[0],
  address: string,
  { evidence, consumers, replace }: Wish,
  what: { readonly sha256?: string; readonly insecure?: true },
): Promise<TrustPlan> {
  const { authority, bundle, client, password } = evidence;
  const paths = [authority, client?.certificate, client?.key].filter((path) => path !== undefined);
  const known = new Map(password === undefined ? [] : paths.map((path) => [path, password]));
  return await withPasswords(context, known, (passwords) => {
    const opened = (...names: readonly string[]) => {
      const found = names.map((name) => passwords.get(name)).find((one) => one !== undefined);
      return found === undefined ? {} : { password: found };
    };
    const input = {
      address,
      ...what,
      ...bundle,
      ...(authority === undefined ? {} : { authority: { path: authority, ...opened(authority) } }),
      ...(client ? { client: { ...client, ...opened(client.certificate, client.key) } } : {}),
      ...(replace ? { replace } : {}),
      ...(consumers ? { consumers } : {}),
    };
    return context.client.trust.plan(input, { signal: context.signal });
  });
}

function mismatch(address: string, expected: string, presented: readonly string[]): RegentError {
  return new RegentError('FINGERPRINT_MISMATCH', { address, expected, presented });
}
