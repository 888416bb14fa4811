import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import {
  type ExitStatus,
  errorTable,
  type Problem,
  RegentError,
} from '../../../shared/errors/index.ts';
import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { readPasted } from '../../../shared/model/pasted.ts';
import { dateOfTag } from '../../../shared/model/tag-date.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { noteFirstGeneration } from '../note-first-generation.ts';
import { expectKept, offlineOption } from '../offline.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** As many sockets as the registry client keeps for browsing. */
const AT_ONCE = 16;

/** The registry that Docker's grammar means where none is named. */
const HUB = 'docker.io';

/** One tag, or why nothing is known of it; without a problem, nobody has looked. */
type Row = { readonly tag: Tag } | { readonly name: string; readonly problem: Problem | null };

/** `regent tags`: what is behind the tags of a repository. */
export const tags = defineCommand(
  {
    name: 'tags',
    about: 'cli.tags.about',
    args: [{ name: 'REPOSITORY' }],
    options: { offline: offlineOption },
    examples: ['tags registry.example.com:5000/team/app'],
  },
  async (context, { args, options }) => {
    const { json, out, err, t } = context;
    const where = readWhere(args.REPOSITORY);
    const { address, repository } = where;
    if (!json && address === HUB && !args.REPOSITORY.includes(HUB)) {
      const example = `registry.example.com/${args.REPOSITORY}`;
      err.line(t('cli.tags.hub', { typed: args.REPOSITORY, example }));
    }
    const { rows, at } = options.offline
      ? await recall(context, where)
      : { rows: await ask(context, where), at: null };
    if (json) {
      const documents = rows.map((row) => ('tag' in row ? row.tag : unknownTag(context, row)));
      out.json({ address, repository, tags: documents, ...(at === null ? {} : { at }) });
    } else {
      if (rows.length === 0) err.line(t('cli.tags.empty'));
      printRows(context, rows);
      if (rows.some(isFirstGeneration)) noteFirstGeneration(context, address);
    }
    return exitOf(rows);
  },
);

/** What was asked for: a repository, or one tag of it. */
interface Where {
  readonly address: string;
  readonly repository: string;
  readonly tag: string | undefined;
}

/** Reads `host[:port]/repository[:tag]`. @throws RegentError `ADDRESS_INVALID`, `REFERENCE_INVALID` */
function readWhere(typed: string): Where {
  const { address, repository, tag, digest } = readPasted(typed);
  if (repository === undefined || digest !== undefined) {
    throw new RegentError('REFERENCE_INVALID', { input: typed });
  }
  return { address, repository, tag };
}

async function ask(context: CommandContext, where: Where): Promise<readonly Row[]> {
  const names = await listNames(context, where);
  return mapConcurrently(names, AT_ONCE, (tag) => learn(context, where, tag));
}

/** What was seen last. @throws RegentError `NOTHING_KEPT` */
async function recall(
  context: CommandContext,
  { address, repository, tag }: Where,
): Promise<{ readonly rows: readonly Row[]; readonly at: string }> {
  const { client, signal } = context;
  const found = await client.repositories.keptTags({ address, repository }, { signal });
  const isKept = tag === undefined || found?.tags.includes(tag) === true;
  const name = `${address}/${repository}${tag === undefined ? '' : `:${tag}`}`;
  const { tags: names, details, at } = expectKept(context, name, isKept ? found : null);
  const known = new Map(details.map((one) => [one.name, one]));
  const rows = names
    .filter((one) => tag === undefined || one === tag)
    .map((one): Row => {
      const detail = known.get(one);
      return detail ? { tag: detail } : { name: one, problem: null };
    });
  return { rows, at };
}

async function listNames(
  { client, signal }: CommandContext,
  { address, repository, tag }: Where,
): Promise<readonly string[]> {
  if (tag !== undefined) return [tag];
  return (await client.repositories.tags({ address, repository }, { signal })).tags;
}

/** A tag that vanished or makes no sense spoils its own row only; anything else ends the command. */
async function learn(
  { client, signal }: CommandContext,
  { address, repository }: Where,
  tag: string,
): Promise<Row> {
  try {
    return { tag: await client.repositories.tag({ address, repository, tag }, { signal }) };
  } catch (error) {
    const problem = problemOfCall(error);
    const isOwn = ['TAG_NOT_FOUND', 'REGISTRY_RESPONSE_INVALID', 'DIGEST_MISMATCH'].includes(
      problem.code,
    );
    if (signal.aborted || !isOwn) throw error;
    return { name: tag, problem };
  }
}

function unknownTag({ t }: CommandContext, row: Extract<Row, { readonly name: string }>) {
  const nothing = { digest: null, mediaType: null, size: null, created: null, platforms: [] };
  return { name: row.name, ...nothing, problem: row.problem && problemDocument(t, row.problem) };
}

function printRows({ out, err, t, clock }: CommandContext, rows: readonly Row[]): void {
  const cells = rows.map((row) => {
    if ('problem' in row) return [paint('bold', row.name), '?', '', '', ''];
    const { name, digest, size, platforms } = row.tag;
    const date = dateOfTag(row.tag);
    return [
      paint('bold', name),
      digest.replace(/^sha256:/, '').slice(0, 12),
      size === null ? '' : formatBytes(t.locale, size),
      date === null ? '' : formatAge(t.locale, date, clock.now()),
      paint('dim', platforms.join(', ')),
    ];
  });
  for (const line of setInColumns(cells, [2])) out.line(line);
  for (const row of rows) {
    if ('problem' in row && row.problem) printProblem(err, t, row.problem);
  }
}

/** Only there images have ids in place of digests. */
function isFirstGeneration(row: Row): boolean {
  return 'tag' in row && !isDigest(row.tag.digest);
}

function exitOf(rows: readonly Row[]): ExitStatus | 0 {
  const [problem] = rows.flatMap((row) => ('problem' in row && row.problem) || []);
  return problem ? errorTable[problem.code].exit : 0;
}
