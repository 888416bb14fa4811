import type { Problem } from '../../../shared/errors/index.ts';
import type { ProbeReport, ProbeStep } from '../../../shared/model/probe.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';

/** What was pasted: a registry's address, and perhaps an image on it. */
export interface Target {
  readonly address: string;
  readonly repository?: string | undefined;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** Whether to look for issuers that the server leaves out. */
  readonly complete?: boolean;
}

/** How far signing in has come. */
export type SignIn =
  | { readonly state: 'open' }
  | { readonly state: 'not-needed' }
  | { readonly state: 'skipped' }
  | { readonly state: 'done'; readonly username: string };

/** All that has happened in one run of adding a registry. */
export interface Flow {
  readonly target: Target | null;
  readonly look: 'idle' | 'running' | 'done';
  readonly steps: readonly ProbeStep[];
  readonly report: ProbeReport | null;
  /** Why the look could not even begin or ended early. */
  readonly problem: Problem | null;
  readonly isTrusted: boolean;
  /** What trusting changed; null when nothing had to be. */
  readonly trustResult: TrustResult | null;
  readonly signIn: SignIn;
}

/** What can happen. */
export type FlowEvent =
  | { readonly type: 'look'; readonly target: Target }
  | { readonly type: 'step'; readonly step: ProbeStep }
  | { readonly type: 'report'; readonly report: ProbeReport }
  | { readonly type: 'fail'; readonly problem: Problem }
  | { readonly type: 'stop' }
  | { readonly type: 'trust'; readonly result: TrustResult }
  | { readonly type: 'sign-in'; readonly username: string }
  | { readonly type: 'skip-sign-in' }
  | { readonly type: 'ask-sign-in' };

/** Nothing has happened yet. */
export const emptyFlow: Flow = {
  target: null,
  look: 'idle',
  steps: [],
  report: null,
  problem: null,
  isTrusted: false,
  trustResult: null,
  signIn: { state: 'open' },
};

/** The run after an event. */
export function advance(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case 'look':
      return { ...emptyFlow, target: event.target, look: 'running' };
    case 'step':
      return { ...flow, steps: replaceStep(flow.steps, event.step) };
    case 'report':
      return {
        ...flow,
        look: 'done',
        report: event.report,
        isTrusted: event.report.verdict === 'trusted' && !asksForClient(event.report),
        signIn: { state: event.report.auth?.kind === 'none' ? 'not-needed' : 'open' },
      };
    case 'fail':
      return { ...flow, look: 'idle', problem: event.problem };
    case 'stop':
      return { ...emptyFlow };
    case 'trust':
      return { ...flow, isTrusted: true, trustResult: event.result };
    case 'sign-in':
      return { ...flow, signIn: { state: 'done', username: event.username } };
    case 'skip-sign-in':
      return { ...flow, signIn: { state: 'skipped' } };
    case 'ask-sign-in':
      return { ...flow, signIn: { state: 'open' } };
  }
}

function replaceStep(steps: readonly ProbeStep[], step: ProbeStep): readonly ProbeStep[] {
  return steps.some(({ id }) => id === step.id)
    ? steps.map((known) => (known.id === step.id ? step : known))
    : [...steps, step];
}

/** Whether the registry lets in only who shows a certificate of their own. */
export function asksForClient(report: ProbeReport): boolean {
  return report.problems.some(({ code }) => code === 'CLIENT_CERT_REQUIRED');
}

/** The four parts of the flow, in their order. */
export type Place = 'address' | 'certificate' | 'sign-in' | 'proof';

/** The part that is the person's turn now. */
export function placeOf(flow: Flow): Place {
  if (!flow.report || isNoRegistry(flow.report)) return 'address';
  if (!flow.isTrusted) return 'certificate';
  return flow.signIn.state === 'open' ? 'sign-in' : 'proof';
}

function isNoRegistry(report: ProbeReport): boolean {
  return report.verdict === 'unreachable' || report.verdict === 'not-a-registry';
}

/** Whether the registry belongs in the list by now: it is trusted by this run's work, or nothing is left to ask. */
export function isToBeAdded(flow: Flow): boolean {
  return flow.trustResult !== null || placeOf(flow) === 'proof';
}

/** Problems beside a certificate that can be trusted: all that the certificate step does not show in a way of its own. */
export function otherProblems(report: ProbeReport): readonly Problem[] {
  return report.problems.filter(
    ({ code }) => !CERTIFICATE_CODES.has(code) && !SIGN_IN_CODES.has(code),
  );
}

const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'CERT_CHANGED',
  'CLIENT_CERT_REQUIRED',
]);

/** Problems of a look that still stand once the certificate is settled: those about signing in. */
export function signInProblems(report: ProbeReport): readonly Problem[] {
  return report.problems.filter(({ code }) => SIGN_IN_CODES.has(code));
}

const SIGN_IN_CODES: ReadonlySet<string> = new Set([
  'AUTH_UNSUPPORTED',
  'REALM_FOREIGN',
  'SIGN_IN_INSECURE',
]);

/** The image that was pasted, as a reference to pull; null when only an address was. */
export function pastedReference(target: Target): string | null {
  if (target.repository === undefined) return null;
  const end = target.digest === undefined ? `:${target.tag ?? 'latest'}` : `@${target.digest}`;
  return `${target.address}/${target.repository}${end}`;
}
