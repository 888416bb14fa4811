import type { RegentClient } from '../../../shared/contract/client.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import type { TrustEntry, TrustKind, TrustPlan } from '../../../shared/model/trust.ts';
import { ca, caFingerprint, fileAuthority, leafFor, previousFor } from './certificates.ts';
import { fileOf, partOf } from './consumers.ts';

/** What the window asks to have planned. */
export type PlanInput = Parameters<RegentClient['trust']['plan']>[0];

/** The only password that opens the imagined protected file. */
export const filePassword = 'open sesame';

/** A plan as the real planner makes it. */
export function planFor(planId: string, input: PlanInput): TrustPlan {
  const { address, authority, client } = input;
  if (authority?.path.endsWith('.p12') && authority.password !== filePassword) {
    const reason = authority.password === undefined ? 'needed' : 'wrong';
    throw new RegentError('CA_FILE_PASSWORD', { path: authority.path, reason });
  }
  const certificate = input.insecure ? null : certificateFor(input);
  const kind: TrustKind = input.insecure ? 'insecure' : certificate?.isCa ? 'ca' : 'leaf';
  const sha256 = certificate?.sha256 ?? caFingerprint;
  const consumers = (input.consumers ?? ['regent', 'docker-engine']).map((id) =>
    partOf(id, address, kind, sha256),
  );
  return {
    planId,
    address,
    kind,
    certificate,
    client: client
      ? {
          sha256: 'cc'.repeat(32),
          subject: 'CN=ada,O=Home Lab',
          notAfter: '2027-03-01T00:00:00.000Z',
        }
      : null,
    replaces: input.replace ? [previousFor(address.split(':')[0] ?? '')] : [],
    consumers,
    script: consumers.some(({ elevated }) => elevated)
      ? `sudo install -d -m 755 /etc/docker/certs.d/${address}\nsudo install -m 644 ca.crt ${fileOf('docker-engine', address, sha256)}`
      : '',
  };
}

function certificateFor({ address, sha256, authority }: PlanInput): Certificate {
  if (authority) return fileAuthority;
  return sha256 === undefined || sha256 === caFingerprint
    ? ca
    : leafFor(address.split(':')[0] ?? '');
}

/** The plan that mends the one mess of the imagined machine. */
export function mendPlan(planId: string, address: string): TrustPlan {
  const path = `/etc/docker/certs.d/${address}/ca.pem`;
  return {
    ...{ planId, address, kind: 'mend', certificate: null, client: null, replaces: [] },
    consumers: [
      {
        ...partOf('docker-engine', address, 'mend', caFingerprint),
        changes: [{ kind: 'set-aside', path, to: `${path}.set-aside-by-regent` }],
        notes: [],
      },
    ],
    script: `sudo mv ${path} ${path}.set-aside-by-regent`,
  };
}

/** A journal entry; the address's first word says what has become of it. */
export function trustEntry(
  address: string,
  kind: TrustKind,
  consumers: readonly ConsumerId[],
  trustedAt: string,
): TrustEntry {
  const [state] = address.split('.');
  const certificate = kind === 'insecure' || kind === 'mend' ? null : ca;
  const file = fileOf('docker-engine', address, caFingerprint);
  return {
    ...{ address, kind, certificate, client: null, trustedAt },
    consumers: [...consumers],
    files: [file],
    expiry: state === 'ending' ? 'soon' : state === 'ended' ? 'expired' : 'fine',
    daysLeft: certificate === null ? null : state === 'ending' ? 12 : state === 'ended' ? -3 : 140,
    drift: state === 'drifted' ? [{ consumer: 'docker-engine', path: file, state: 'missing' }] : [],
  };
}
