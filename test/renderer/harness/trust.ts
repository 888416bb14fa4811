import { problem } from '../../../shared/errors/index.ts';
import type { Change, Proof, TrustEntry, TrustPlan } from '../../../shared/model/trust.ts';
import { ca, caFingerprint, leafFor } from './certificates.ts';

const folderOf = (address: string) => `/etc/docker/certs.d/${address}`;
const fileOf = (address: string, sha256: string) =>
  `${folderOf(address)}/regent-${sha256.slice(0, 16)}.crt`;

function changesFor(address: string, sha256: string): readonly Change[] {
  return [
    { kind: 'create-directory', path: folderOf(address), mode: '755' },
    { kind: 'write-file', path: fileOf(address, sha256), mode: '644', content: ca.pem },
  ];
}

/** A plan as the real planner makes it. */
export function planFor(planId: string, address: string, sha256: string): TrustPlan {
  const isLoopback = address.startsWith('127.');
  const kind = sha256 === caFingerprint ? 'ca' : 'leaf';
  return {
    planId,
    address,
    kind,
    certificate: kind === 'ca' ? ca : leafFor(address.split(':')[0] ?? ''),
    consumers: [
      {
        id: 'regent',
        status: 'to-do',
        changes: [
          {
            kind: 'write-file',
            path: `/home/ada/.config/regent/trust/${sha256.slice(0, 16)}.crt`,
            mode: '600',
            content: ca.pem,
          },
        ],
        elevated: false,
        live: true,
      },
      {
        id: 'docker-engine',
        status: isLoopback ? 'not-needed' : 'to-do',
        changes: isLoopback ? [] : changesFor(address, sha256),
        elevated: !isLoopback,
        live: true,
      },
    ],
    script: isLoopback
      ? ''
      : `sudo install -d -m 755 ${folderOf(address)}\nsudo install -m 644 ca.crt ${fileOf(address, sha256)}`,
  };
}

/** A journal entry. */
export function trustEntry(address: string, kind: 'ca' | 'leaf', trustedAt: string): TrustEntry {
  return {
    address,
    kind,
    certificate: ca,
    consumers: ['regent', 'docker-engine'],
    files: [fileOf(address, caFingerprint)],
    trustedAt,
  };
}

/** What the imagined engine answers. */
export function proofFor(address: string, engine: 'ready' | 'absent'): readonly Proof[] {
  if (address.startsWith('refused.')) return refusals(address);
  const reason = engine === 'absent' ? 'no-engine' : address.startsWith('127.') ? 'loopback' : null;
  const detail = reason === 'no-engine' ? '' : 'manifest unknown: manifest unknown';
  const base = { consumer: 'docker-engine', problem: null, reason } as const;
  const outcome = reason === null ? 'proven' : 'not-proven';
  return [
    { ...base, way: 'sign-in', outcome, detail: reason === 'no-engine' ? '' : 'Login Succeeded' },
    { ...base, way: 'pull', outcome, detail },
  ];
}

function refusals(address: string): readonly Proof[] {
  const message = 'x509: certificate signed by unknown authority';
  return (['sign-in', 'pull'] as const).map((way) => ({
    consumer: 'docker-engine',
    way,
    outcome: 'refused',
    problem: problem('ENGINE_UNTRUSTED', { address, message }),
    reason: null,
    detail: message,
  }));
}
