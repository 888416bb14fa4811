import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type PlanState, usePlan } from '../../ui/trust/use-plan.ts';

/** What shall be trusted: a certificate that was shown, the authority in a file, or nothing new. */
export type Source =
  | { readonly kind: 'shown'; readonly sha256: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

/** The files of a certificate to show the registry; both may be one PKCS#12 file. */
export interface ClientFiles {
  readonly certificate: string;
  readonly key: string;
}

/** What the person wants to have trusted, and the plan for it. */
export interface Wish {
  readonly source: Source;
  readonly client: ClientFiles | null;
  readonly plan: PlanState;
  readonly setSource: (source: Source) => void;
  readonly setClient: (client: ClientFiles | null) => void;
  /** The problem that a password would mend. */
  readonly asksPassword: Problem | null;
  /** Opens the protected file that the plan asked for. */
  readonly givePassword: (password: string) => void;
}

/** Keeps what is to be trusted and plans it anew at each change. Passwords stay in memory, outside of any state. */
export function useWish(props: {
  readonly report: ProbeReport;
  readonly first: Source;
  /** Null: not known yet, so there is nothing to plan. */
  readonly chosen: readonly ConsumerId[] | null;
  readonly consumers: ConsumerId[] | undefined;
}): Wish {
  const { client: regent } = useRegent();
  const { report, chosen, consumers } = props;
  const [source, setSource] = useState<Source>(props.first);
  const [client, setClient] = useState<ClientFiles | null>(null);
  const passwords = useRef<{ authority?: string; client?: string }>({});
  const isNothing = source.kind === 'none' && client === null;
  const key = isNothing || chosen === null ? null : JSON.stringify([source, client, chosen]);
  const plan = usePlan(key, (signal) =>
    regent.trust.plan(
      {
        address: report.address,
        ...(source.kind === 'shown' ? { sha256: source.sha256 } : {}),
        ...(source.kind === 'file'
          ? { authority: { path: source.path, password: passwords.current.authority } }
          : {}),
        ...(client ? { client: { ...client, password: passwords.current.client } } : {}),
        ...(report.previous ? { replace: true } : {}),
        consumers,
      },
      { signal },
    ),
  );
  return {
    source,
    client,
    plan,
    setSource: (next) => {
      passwords.current = {};
      setSource(next);
    },
    setClient: (next) => {
      passwords.current = {};
      setClient(next);
    },
    asksPassword: plan.problem && fileOf(plan.problem) ? plan.problem : null,
    givePassword: (password) => {
      const file = plan.problem ? fileOf(plan.problem) : null;
      if (file === null) return;
      passwords.current = { ...passwords.current, [file]: password };
      plan.reload();
    },
  };
}

/** Which of the files a password would open; null when the problem is another one. */
function fileOf(problem: Problem): 'authority' | 'client' | null {
  if (problem.code === 'CA_FILE_PASSWORD') return 'authority';
  const isClients = problem.code === 'CLIENT_CERT_INVALID';
  return isClients && /^password/.test(problem.data.reason) ? 'client' : null;
}
