import { problem } from '../../../shared/errors/index.ts';
import type { Proof } from '../../../shared/model/consumer.ts';

const ways = ['sign-in', 'pull', 'push', 'build'] as const;

/** What the imagined programs answer. */
export function proofFor(
  address: string,
  engine: 'ready' | 'absent',
  isLetIn = true,
): readonly Proof[] {
  if (address.startsWith('refused.')) return refusals(address);
  if (!isLetIn) return signedOut(address);
  if (engine === 'absent') return ways.map((way) => engineSays(way, 'no-engine'));
  if (address.startsWith('127.')) return ways.map((way) => engineSays(way, 'loopback'));
  return [
    ...ways.map((way) => engineSays(way, null)),
    ...ways.map(
      (way): Proof => ({
        consumer: 'podman',
        way,
        outcome: way === 'build' ? 'not-proven' : 'proven',
        problem: null,
        reason: way === 'build' ? 'same-as-pull' : null,
        detail: '',
      }),
    ),
  ];
}

function engineSays(way: Proof['way'], reason: 'no-engine' | 'loopback' | null): Proof {
  const words = way === 'sign-in' ? 'Login Succeeded' : 'manifest unknown: manifest unknown';
  return {
    consumer: 'docker-engine',
    way,
    outcome: reason === null ? 'proven' : 'not-proven',
    problem: null,
    reason,
    detail: reason === 'no-engine' ? '' : words,
  };
}

function signedOut(address: string): readonly Proof[] {
  const message = 'unauthorized: authentication required';
  const refused = problem('ENGINE_SIGNED_OUT', { address, message });
  return ways.map((way) =>
    way === 'sign-in' || way === 'pull'
      ? { ...engineSays(way, null), outcome: 'refused', problem: refused, detail: message }
      : engineSays(way, null),
  );
}

function refusals(address: string): readonly Proof[] {
  const message = 'x509: certificate signed by unknown authority';
  return ways.map((way) => ({
    consumer: 'docker-engine',
    way,
    outcome: 'refused',
    problem: problem('ENGINE_UNTRUSTED', { address, message }),
    reason: null,
    detail: message,
  }));
}
