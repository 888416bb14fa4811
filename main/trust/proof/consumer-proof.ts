import type { Problem } from '../../../shared/errors/index.ts';
import type { ConsumerId, Proof } from '../../../shared/model/consumer.ts';
import { consumerFacts } from '../../../shared/model/consumer-facts.ts';
import { findOnPath } from '../../platform/find-on-path.ts';
import { withoutLogins } from '../../platform/without-logins.ts';
import { askBuildkit } from './buildkit.ts';
import { askKind, askMinikube, askPodmanMachine } from './by-hand.ts';
import { askContainerd, askK3s } from './containerd.ts';
import { askPodman, askRootPodman } from './podman.ts';
import type { AskConsumer, ProofTask, ProofTools } from './proof-tools.ts';
import { askSystem } from './system.ts';
import { answered } from './verdict.ts';

/** Consumers that speak Docker's protocol, or are built with the docker CLI. */
type DockerConsumer =
  | 'docker-engine'
  | 'docker-rootless'
  | 'docker-desktop'
  | 'rancher-desktop'
  | 'colima'
  | 'buildx';

/** What proofs are made with. */
export interface ConsumerProofOptions extends Omit<ProofTools, 'which'> {
  /** Asks an engine, or buildx's builders, through Docker's own protocol. */
  readonly askEngine: (
    consumer: DockerConsumer,
    address: string,
    question: Omit<ProofTask, 'address'>,
  ) => Promise<readonly Proof[]>;
  /** Asks with Regent's own client; null when it got through to the registry, also when that wants a login. */
  readonly askRegent: (address: string, signal?: AbortSignal) => Promise<Problem | null>;
}

/** How a consumer shall be asked. */
interface ProofQuestion {
  /** Whether the registry is trusted as one that speaks plain HTTP. */
  readonly plainHttp?: boolean | undefined;
  /** Whether it was trusted for this consumer: then a refusal may mean that it has not looked yet. */
  readonly trusted?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has a consumer itself say, for each way in that it has, whether it gets through to a registry.
 * @throws RegentError `CANCELLED` when the signal fires
 */
export type ConsumerProof = (
  consumer: ConsumerId,
  address: string,
  question?: ProofQuestion,
) => Promise<readonly Proof[]>;

const programs: Readonly<Record<Exclude<ConsumerId, DockerConsumer | 'regent'>, AskConsumer>> = {
  podman: askPodman,
  'podman-root': askRootPodman,
  'podman-machine': askPodmanMachine,
  containerd: askContainerd,
  buildkit: askBuildkit,
  k3s: askK3s,
  minikube: askMinikube,
  kind: askKind,
  system: askSystem,
};

/** Refusals that another look at the trust would lift. */
const liftable: ReadonlySet<Problem['code']> = new Set([
  'ENGINE_UNTRUSTED',
  'ENGINE_PLAIN_HTTP',
  'PROGRAM_UNTRUSTED',
]);

/** Prepares proofs on this machine. Nothing is asked before it is called for. */
export function createConsumerProof(options: ConsumerProofOptions): ConsumerProof {
  const { askEngine, askRegent, ...given } = options;
  const tools: ProofTools = {
    ...given,
    env: withoutLogins(given.env),
    which: (program) => findOnPath(program, given.env.PATH ?? ''),
  };
  return async (consumer, address, { plainHttp = false, trusted = false, signal } = {}) => {
    const proofs = await askOne(consumer, { address, plainHttp, signal });
    return trusted ? proofs.map(withRestart) : proofs;
  };

  async function askOne(consumer: ConsumerId, task: ProofTask): Promise<readonly Proof[]> {
    const { address, plainHttp, signal } = task;
    switch (consumer) {
      case 'docker-engine':
      case 'docker-rootless':
      case 'docker-desktop':
      case 'rancher-desktop':
      case 'colima':
      case 'buildx':
        return askEngine(consumer, address, { plainHttp, signal });
      case 'regent':
        return [{ consumer, ...answered('sign-in', await askRegent(address, signal), '') }];
      default: {
        const verdicts = await programs[consumer](task, tools);
        return verdicts.map((verdict) => ({ consumer, ...verdict }));
      }
    }
  }
}

/** Some read their settings only when they start, so what was trusted just now they refuse still. */
function withRestart(proof: Proof): Proof {
  const { consumer, outcome, problem, reason } = proof;
  const { effect } = consumerFacts[consumer];
  const isLate = effect === 'restart' || effect === 'new-builder' || effect === 'next-start';
  const isRefused = outcome === 'refused' && problem !== null && liftable.has(problem.code);
  return isLate && isRefused && reason === null ? { ...proof, reason: 'restart-first' } : proof;
}
