import { RegentError } from '../../../shared/errors/index.ts';
import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import { formatFingerprint } from '../../../shared/model/certificate.ts';
import type { Proof } from '../../../shared/model/consumer.ts';
import type { EngineStatus } from '../../../shared/model/image.ts';
import type { CommandContext } from '../command.ts';
import { follow } from '../follow.ts';
import { look } from '../look.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { setInColumns } from '../text/columns.ts';
import { followTask } from '../transfer/follow-task.ts';
import { progressLines } from '../transfer/progress.ts';
import type { StepOutcome } from './step.ts';

/** The running demo registry, as `demo.start` answers. */
export interface Host {
  readonly address: string;
  readonly username: string;
  readonly sha256: string;
}

/** The repository whose tags are shown and whose image is pulled. */
const SHOWN = 'demo/web';

/** Looks at the registry as at any other, and adds it. */
export async function lookAround(context: CommandContext, { address }: Host): Promise<StepOutcome> {
  const { t, client, signal } = context;
  const report = await look(context, address, () => undefined);
  await client.registries.add({ address, scheme: report.scheme ?? 'https' }, { signal });
  const docker = report.dockerSays ? [t('demo.dockerSays', { words: report.dockerSays })] : [];
  return { detail: [`${address}: ${t(`common.verdict.${report.verdict}`)}`, ...docker] };
}

/** Trusts the certificate of the fingerprint that the demo's owner, which is Regent, gives. */
export async function trustOwner(
  { t, client, signal }: CommandContext,
  { address, sha256 }: Host,
): Promise<StepOutcome> {
  // Docker needs nothing on loopback, and a demo asks for nobody's administrator password.
  const asked = { address, sha256, consumers: ['regent' as const] };
  const plan = await client.trust.plan(asked, { signal });
  const { consumers } = await client.trust.apply({ planId: plan.planId }, { signal });
  const failed = consumers.find(({ problem }) => problem !== null)?.problem;
  if (failed) return { status: 'attention', detail: [], problem: failed };
  return {
    detail: [
      t('demo.fingerprint', { sha256: formatFingerprint(plan.certificate?.sha256 ?? sha256) }),
      t(`common.trustKind.${plan.kind}`),
    ],
  };
}

/** Signs in. Without a keychain nothing is kept, and the demo goes on with the login it has in memory. */
export async function signIn({ t, client, signal }: CommandContext): Promise<StepOutcome> {
  const { username, source } = await client.demo.signIn(undefined, { signal });
  if (source === 'keychain') return { detail: [t('demo.signedIn', { username })] };
  const { keychain, file } = await client.accounts.store(undefined, { signal });
  const problem = file === null ? keychain.problem : file.problem;
  const detail = [t('demo.inMemory', { username })];
  return { status: 'attention', detail, ...(problem ? { problem } : {}) };
}

/** Asks the engine, whose answer proves nothing on loopback; says so. */
export async function askForProof(
  { t, client, signal }: CommandContext,
  { address }: Host,
): Promise<StepOutcome> {
  const { proof } = await client.trust.proof({ address }, { signal });
  const words = ({ consumer, way, outcome }: Proof) => {
    const [name, how] = [t(`common.consumer.${consumer}`), t(`common.way.${way}`)];
    return `${name}, ${how}: ${t(`common.proofOutcome.${outcome}`)}`;
  };
  const reasons = new Set(proof.flatMap(({ reason }) => (reason ? [reason] : [])));
  const detail = [
    ...proof.map(words),
    ...[...reasons].map((reason) => t(`common.proofReason.${reason}`)),
  ];
  const refused = proof.find(({ outcome }) => outcome === 'refused')?.problem;
  if (refused) return { status: 'attention', detail, problem: refused };
  return proof.length > 0 && proof.every(({ outcome }) => outcome === 'proven')
    ? { detail }
    : { status: 'attention', detail: detail.length > 0 ? detail : [t('demo.noProof')] };
}

/** Lists the repositories. */
export async function browse(
  { t, client, signal }: CommandContext,
  { address }: Host,
): Promise<StepOutcome> {
  const names: string[] = [];
  const pages = await client.repositories.list({ address }, { signal });
  await follow(pages, signal, (page) => {
    names.push(...page.repositories);
    return undefined;
  });
  if (signal.aborted) throw new RegentError('CANCELLED', { subject: address });
  return { detail: [t('demo.repositories', { count: names.length }), names.join('  ')] };
}

/** Looks at what is behind the tags of one repository. */
export async function readTags(
  { t, client, signal, clock }: CommandContext,
  { address }: Host,
): Promise<StepOutcome> {
  const where = { address, repository: SHOWN };
  const { tags } = await client.repositories.tags(where, { signal });
  const known = await mapConcurrently(tags, 4, (tag) =>
    client.repositories.tag({ ...where, tag }, { signal }),
  );
  const rows = known.map(({ name, size, created, platforms }) => [
    `${SHOWN}:${name}`,
    size === null ? '' : formatBytes(t.locale, size),
    created === null ? '' : formatAge(t.locale, created, clock.now()),
    platforms.join(', '),
  ]);
  return { detail: setInColumns(rows, [1]) };
}

/** Pulls through the engine, or says what one would add. */
export async function pullImage(
  context: CommandContext,
  { address }: Host,
  engine: EngineStatus,
): Promise<StepOutcome> {
  const { t, client, signal, out, json } = context;
  if (engine.state === 'absent') {
    return { status: 'skipped', detail: [t('demo.withEngine')], problem: engine.problem };
  }
  if (!engine.local) return { status: 'skipped', detail: [t('demo.remoteEngine')] };
  const reference = `${address}/${SHOWN}:latest`;
  const { taskId } = await client.images.pull({ reference }, { signal });
  const end = await followTask(context, taskId, (task) => {
    if (!json && task.state === 'running') out.status(progressLines(t, task));
  });
  return {
    detail: [
      `${reference}${end.digest ? `  ${end.digest}` : ''}`,
      t('demo.tryImage', { command: `docker run --rm ${reference}` }),
      t('demo.removeImage', { command: `docker rmi ${reference}` }),
    ],
  };
}

/** Ends the demo, which takes its trust, account and entry in the list with it; also after Ctrl-C, so no signal goes along. */
export async function cleanUp({ t, client }: CommandContext): Promise<StepOutcome> {
  await client.demo.stop();
  return { detail: [t('demo.cleanedUp')] };
}
