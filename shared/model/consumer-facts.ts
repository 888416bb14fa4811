import type { ConsumerId, Effect } from './consumer.ts';

/**
 * How far a trust reaches: one registry for one program, or every server for every program that asks the
 * system's list of authorities.
 */
type Reach = 'this-registry' | 'every-server';

/** What is known of a consumer, wherever it is. */
interface ConsumerFacts {
  readonly reach: Reach;
  readonly effect: Effect;
  /** Whether Regent's tests run the real thing; the others are written to their documentation. */
  readonly ranHere: boolean;
  /** Whether a registry that speaks plain HTTP can be allowed there. */
  readonly plainHttp: boolean;
}

const scoped = { reach: 'this-registry', effect: 'at-once', ranHere: true } as const;
const restarted = { ...scoped, effect: 'restart', ranHere: false } as const;

/** The facts of every consumer. */
export const consumerFacts: Readonly<Record<ConsumerId, ConsumerFacts>> = {
  regent: { ...scoped, plainHttp: true },
  'docker-engine': { ...scoped, plainHttp: true },
  'docker-rootless': { ...scoped, plainHttp: true },
  'docker-desktop': { ...restarted, plainHttp: true },
  'rancher-desktop': { ...scoped, ranHere: false, plainHttp: false },
  colima: { ...restarted, plainHttp: false },
  podman: { ...scoped, plainHttp: true },
  'podman-root': { ...scoped, plainHttp: true },
  'podman-machine': { ...scoped, ranHere: false, plainHttp: true },
  containerd: { ...scoped, plainHttp: true },
  buildkit: { ...restarted, ranHere: true, plainHttp: true },
  buildx: { ...scoped, effect: 'new-builder', plainHttp: true },
  k3s: { ...restarted, plainHttp: true },
  minikube: { ...scoped, effect: 'next-start', ranHere: false, plainHttp: false },
  kind: { ...scoped, ranHere: false, plainHttp: true },
  system: { ...scoped, reach: 'every-server', effect: 'new-processes', plainHttp: false },
};
