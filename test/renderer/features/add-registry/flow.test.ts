import { describe, expect, it } from 'vitest';
import {
  advance,
  emptyFlow,
  type Flow,
  type FlowEvent,
  isToBeAdded,
  pastedReference,
  placeOf,
} from '../../../../renderer/features/add-registry/flow.ts';
import { problem } from '../../../../shared/errors/index.ts';
import type { AuthChallenge, ProbeReport, Verdict } from '../../../../shared/model/probe.ts';
import type { TrustResult } from '../../../../shared/model/trust.ts';

const address = 'nas.local:5000';
const basic: AuthChallenge = { kind: 'basic', realm: 'Registry' };
const result: TrustResult = {
  ...{ address, kind: 'ca', sha256: 'a'.repeat(64) },
  ...{ consumers: [], reverted: [] },
};

const reportOf = (verdict: Verdict, auth: AuthChallenge): ProbeReport => ({
  address,
  scheme: 'https',
  ips: [],
  tlsVersion: null,
  certificates: [],
  verdict,
  dockerSays: null,
  problems: [],
  candidates: [],
  fetched: [],
  loopback: false,
  proxy: null,
  previous: null,
  sameKey: false,
  advice: null,
  api: 'v2',
  auth,
});

const run = (...events: readonly FlowEvent[]): Flow => events.reduce(advance, emptyFlow);
const looked = (verdict: Verdict, auth: AuthChallenge = basic): readonly FlowEvent[] => [
  { type: 'look', target: { address } },
  { type: 'report', report: reportOf(verdict, auth) },
];

describe('the flow of adding a registry', () => {
  it('begins at the address and stays there while looking', () => {
    expect(placeOf(emptyFlow)).toBe('address');
    expect(placeOf(run({ type: 'look', target: { address } }))).toBe('address');
  });

  it('stays at the address when no registry answers', () => {
    expect(placeOf(run(...looked('unreachable')))).toBe('address');
    expect(placeOf(run(...looked('not-a-registry')))).toBe('address');
  });

  it('asks about every certificate that Docker refuses', () => {
    const refused: readonly Verdict[] = ['untrusted', 'expired', 'no-san', 'plain-http'];
    for (const verdict of refused) expect(placeOf(run(...looked(verdict)))).toBe('certificate');
  });

  it('asks for a client certificate before anything else that a trusted registry may want', () => {
    const report = reportOf('trusted', basic);
    const asks = { ...report, problems: [problem('CLIENT_CERT_REQUIRED', { address })] };
    const flow = run({ type: 'look', target: { address } }, { type: 'report', report: asks });
    expect(placeOf(flow)).toBe('certificate');
    expect(placeOf(advance(flow, { type: 'trust', result }))).toBe('sign-in');
  });

  it('goes from trust over sign-in to proof', () => {
    const trusted = run(...looked('untrusted'), { type: 'trust', result });
    expect(placeOf(trusted)).toBe('sign-in');
    expect(placeOf(advance(trusted, { type: 'sign-in', username: 'ada' }))).toBe('proof');
    expect(placeOf(advance(trusted, { type: 'skip-sign-in' }))).toBe('proof');
  });

  it('asks nothing where nothing is needed', () => {
    expect(placeOf(run(...looked('trusted', { kind: 'none' })))).toBe('proof');
  });

  it('adds the registry once it is trusted here, or nothing is left to ask, never before', () => {
    expect(isToBeAdded(run(...looked('untrusted')))).toBe(false);
    expect(isToBeAdded(run(...looked('trusted')))).toBe(false);
    expect(isToBeAdded(run(...looked('untrusted'), { type: 'trust', result }))).toBe(true);
    expect(isToBeAdded(run(...looked('trusted', { kind: 'none' })))).toBe(true);
  });

  it('forgets everything at a new look', () => {
    const flow = run(...looked('untrusted'), { type: 'trust', result });
    const again = advance(flow, { type: 'look', target: { address: 'other:5000' } });
    expect(again).toEqual({ ...emptyFlow, target: { address: 'other:5000' }, look: 'running' });
  });

  it('keeps one entry for each step', () => {
    const step = { id: 'tls', facts: {}, problem: null } as const;
    const flow = run(
      { type: 'look', target: { address } },
      { type: 'step', step: { ...step, state: 'running' } },
      { type: 'step', step: { ...step, state: 'ok' } },
    );
    expect(flow.steps).toEqual([{ ...step, state: 'ok' }]);
  });

  it('remembers the image that was pasted', () => {
    const repository = 'team/api';
    const digest = `sha256:${'b'.repeat(64)}`;
    expect(pastedReference({ address })).toBeNull();
    expect(pastedReference({ address, repository })).toBe('nas.local:5000/team/api:latest');
    expect(pastedReference({ address, repository, tag: '2' })).toBe('nas.local:5000/team/api:2');
    expect(pastedReference({ address, repository, digest })).toBe(
      `nas.local:5000/team/api@${digest}`,
    );
  });
});
