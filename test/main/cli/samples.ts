import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { ConsumerId, Proof, Way } from '../../../shared/model/consumer.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { Task } from '../../../shared/model/task.ts';
import type {
  ConsumerPlan,
  ConsumerResult,
  TrustEntry,
  TrustPlan,
  TrustResult,
} from '../../../shared/model/trust.ts';

export const ADDRESS = 'registry.test:5000';
export const CA = 'ca'.repeat(32);
export const LEAF = '1e'.repeat(32);

export function certificateOf(sha256: string, isCa: boolean): Certificate {
  return {
    sha256,
    subject: isCa ? 'CN=Lab CA' : 'CN=registry.test',
    issuer: 'CN=Lab CA',
    dnsNames: isCa ? [] : ['registry.test'],
    ipAddresses: [],
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2026-12-01T00:00:00.000Z',
    isCa,
    selfIssued: isCa,
    keyType: 'RSA 2048',
    signature: 'SHA256-RSA',
    pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  };
}

export function reportOf(changes: Partial<ProbeReport> = {}): ProbeReport {
  return {
    address: ADDRESS,
    scheme: 'https',
    ips: ['192.0.2.7'],
    tlsVersion: 'TLSv1.3',
    certificates: [certificateOf(LEAF, false), certificateOf(CA, true)],
    fetched: [],
    verdict: 'untrusted',
    dockerSays: 'x509: certificate signed by unknown authority',
    problems: [{ code: 'CERT_UNTRUSTED', data: { address: ADDRESS } }],
    candidates: [
      { sha256: LEAF, kind: 'leaf' },
      { sha256: CA, kind: 'ca' },
    ],
    loopback: false,
    proxy: null,
    previous: null,
    sameKey: false,
    advice: null,
    api: 'v2',
    auth: { kind: 'basic', realm: 'lab' },
    ...changes,
  };
}

export async function* probeEventsOf(report: ProbeReport): AsyncGenerator<ProbeEvent, void, void> {
  const step = { problem: null, facts: { host: 'registry.test', ips: '192.0.2.7' } };
  yield { type: 'step', step: { id: 'resolve', state: 'running', ...step } };
  yield { type: 'step', step: { id: 'resolve', state: 'ok', ...step } };
  yield { type: 'step', step: { id: 'auth', state: 'skipped', facts: {}, problem: null } };
  yield { type: 'report', report };
}

export function consumerPlanOf(id: ConsumerId, changes: Partial<ConsumerPlan> = {}): ConsumerPlan {
  return {
    id,
    status: 'to-do',
    changes: [],
    elevated: false,
    effect: 'at-once',
    live: true,
    ranHere: true,
    notes: [],
    problem: null,
    ...changes,
  };
}

/** What applying a plan answers when all goes well. */
export function resultOf(plan: TrustPlan): TrustResult {
  const consumers = plan.consumers.map(
    ({ elevated: _, ranHere: __, ...consumer }): ConsumerResult => ({
      ...consumer,
      status: consumer.status === 'to-do' ? 'applied' : consumer.status,
    }),
  );
  const { address, kind, certificate } = plan;
  return { address, kind, sha256: certificate?.sha256 ?? null, consumers, reverted: [] };
}

export function proofOf(way: Way, changes: Partial<Proof> = {}): Proof {
  return {
    consumer: 'docker-engine',
    way,
    outcome: 'proven',
    problem: null,
    reason: null,
    detail: 'Login Succeeded',
    ...changes,
  };
}

export function entryOf(changes: Partial<TrustEntry> = {}): TrustEntry {
  return {
    address: ADDRESS,
    kind: 'leaf',
    certificate: certificateOf(LEAF, false),
    client: null,
    consumers: ['regent', 'docker-engine'],
    files: ['/etc/docker/certs.d/x'],
    trustedAt: '2026-11-20T10:00:00.000Z',
    expiry: 'fine',
    daysLeft: 40,
    drift: [],
    ...changes,
  };
}

export function planOf(sha256: string, status: 'to-do' | 'already' = 'to-do'): TrustPlan {
  const path = `/etc/docker/certs.d/${ADDRESS}/regent-${sha256.slice(0, 16)}.crt`;
  return {
    planId: `plan-${sha256.slice(0, 2)}`,
    address: ADDRESS,
    kind: sha256 === CA ? 'ca' : 'leaf',
    certificate: certificateOf(sha256, sha256 === CA),
    client: null,
    replaces: [],
    consumers: [
      consumerPlanOf('regent', { status }),
      consumerPlanOf('docker-engine', {
        status,
        changes:
          status === 'already' ? [] : [{ kind: 'write-file', path, mode: '0644', content: 'PEM' }],
        elevated: true,
      }),
    ],
    script: `install -d /etc/docker/certs.d/${ADDRESS}\ncp ca.crt ${path}\n`,
  };
}

export function taskOf(changes: Partial<Task> = {}): Task {
  return {
    id: 't1',
    kind: 'pull',
    subject: `${ADDRESS}/team/app:1.0`,
    state: 'running',
    done: 0,
    total: null,
    fraction: null,
    rate: 0,
    layers: [],
    digest: null,
    upToDate: false,
    startedAt: '2026-11-21T12:00:00.000Z',
    endedAt: null,
    error: null,
    ...changes,
  };
}
