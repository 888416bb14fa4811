import { randomUUID } from 'node:crypto';
import { errorFromProblem } from '../../shared/errors/index.ts';
import { isLoopback, parseAddress } from '../../shared/model/address.ts';
import type { Certificate } from '../../shared/model/certificate.ts';
import type { Change, ConsumerId, ConsumerPlan, TrustPlan } from '../../shared/model/trust.ts';
import { statIfThere } from '../platform/check-folder.ts';
import { chooseCertificate, type Wish } from './choose-certificate.ts';
import type { IsWritable } from './privileged.ts';
import { scriptOf } from './script.ts';
import { certsFile, certsFolder, certsFolders } from './targets/docker-engine.ts';
import type { RegentStore } from './targets/regent.ts';
import { assess } from './verify/assess.ts';
import { kindOfAnchor } from './verify/find-anchors.ts';
import type { Pool } from './verify/pool.ts';
import type { Presented } from './verify/verify-chain.ts';
import { describeCertificate } from './x509/describe-certificate.ts';
import { findPemBlocks } from './x509/pem.ts';
import { readCertificate } from './x509/read-certificate.ts';

/** What to trust, and for whom; without `consumers`, for those that are on this machine. */
export interface PlanInput extends Wish {
  readonly consumers?: readonly ConsumerId[] | undefined;
}

/** What a plan is made against. */
export interface PlanSurroundings {
  /** Docker's trust folder. */
  readonly certsD: string;
  readonly store: RegentStore;
  /** What Docker accepts for this address now. */
  readonly roots: Pool;
  readonly hasEngine: boolean;
  readonly isWritable: IsWritable;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Plans trust: which certificate, and the exact changes for each consumer. Changes nothing.
 * @param shown the chain that the server showed, leaf first
 * @throws RegentError the certificate's own problem where trust is no cure, and those of `chooseCertificate`
 */
export async function makePlan(
  input: PlanInput,
  shown: readonly Certificate[],
  surroundings: PlanSurroundings,
): Promise<TrustPlan> {
  const { address } = input;
  const { roots, now, store } = surroundings;
  const presented: Presented = {
    host: parseAddress(address).host,
    chain: shown.flatMap(({ pem }) => findPemBlocks(pem)).map(({ der }) => readCertificate(der)),
  };
  const { verdict, problem } = assess(presented, address, roots, now);
  if (problem && verdict !== 'untrusted') throw errorFromProblem(problem);
  const chosen = chooseCertificate(input, presented, now);
  const certificate = describeCertificate(chosen);
  const forEngine = input.consumers?.includes('docker-engine') ?? surroundings.hasEngine;
  const kind = kindOfAnchor(chosen, presented);
  const [leaf] = presented.chain;
  // Trust in the leaf alone ends with its renewal, so an issuer is worth adding to it.
  const isPinned = leaf !== undefined && roots.has(leaf) && !roots.has(chosen);
  const isTrusted = verdict === 'trusted' && !(kind === 'ca' && isPinned);
  const consumers = [
    ...(forEngine ? [await planEngine(address, certificate, isTrusted, surroundings)] : []),
    await planRegent(address, certificate, store),
  ];
  const engineChanges = consumers.flatMap(({ id, changes }) =>
    id === 'docker-engine' ? changes : [],
  );
  return {
    planId: randomUUID(),
    address,
    kind,
    certificate,
    consumers,
    script: scriptOf(engineChanges),
  };
}

/** Docker Engine reads its folder at each request, so every change is live (moby, registry.go). */
async function planEngine(
  address: string,
  { sha256, pem }: Certificate,
  isTrusted: boolean,
  { certsD, isWritable }: PlanSurroundings,
): Promise<ConsumerPlan> {
  const nothing = { id: 'docker-engine', changes: [], elevated: false, live: true } as const;
  if (isLoopback(address)) return { ...nothing, status: 'not-needed' };
  if (isTrusted) return { ...nothing, status: 'already' };
  const changes: Change[] = [];
  for (const path of certsFolders(certsD, address)) {
    if (await isMissing(path)) changes.push({ kind: 'create-directory', path, mode: '0755' });
  }
  const path = certsFile(certsD, address, sha256);
  changes.push({ kind: 'write-file', path, mode: '0644', content: pem });
  const elevated = !(await isWritable(certsFolder(certsD, address)));
  return { id: 'docker-engine', status: 'to-do', changes, elevated, live: true };
}

async function planRegent(
  address: string,
  { sha256, pem }: Certificate,
  store: RegentStore,
): Promise<ConsumerPlan> {
  const rest = { id: 'regent', elevated: false, live: true } as const;
  if (await store.has(address, sha256)) return { ...rest, status: 'already', changes: [] };
  const path = store.pathOf(address, sha256);
  const change: Change = { kind: 'write-file', path, mode: '0600', content: pem };
  return { ...rest, status: 'to-do', changes: [change] };
}

/** A folder that can't be looked into is there; the elevated step will see what it is. */
async function isMissing(path: string): Promise<boolean> {
  const stat = await statIfThere(path).catch(() => null);
  return stat === undefined;
}
