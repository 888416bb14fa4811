import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import {
  type ExitStatus,
  errorTable,
  type Problem,
  RegentError,
} from '../../../shared/errors/index.ts';
import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { readPasted } from '../../../shared/model/pasted.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** As many sockets as the registry client keeps for browsing. */
const AT_ONCE = 16;

/** The registry that Docker's grammar means where none is named. */
const HUB = 'docker.io';

/** One tag, or why nothing could be learned of it. */
type Row = { readonly tag: Tag } | { readonly name: string; readonly problem: Problem };

/** `regent tags`: what is behind the tags of a repository. */
export const tags = defineCommand(
  {
    name: 'tags',
    about: 'cli.tags.about',
    args: [{ name: 'REPOSITORY' }],
    options: {},
    examples: ['tags registry.example.com:5000/team/app'],
  },
  async (context, { args }) => {
    const { json, out, err, t } = context;
    const where = readWhere(args.REPOSITORY);
    const { address, repository } = where;
    if (!json && address === HUB && !args.REPOSITORY.includes(HUB)) {
      const example = `registry.example.com/${args.REPOSITORY}`;
      err.line(t('cli.tags.hub', { typed: args.REPOSITORY, example }));
    }
    const names = await listNames(context, where);
    const rows = await mapConcurrently(names, AT_ONCE, (tag) => learn(context, where, tag));
    if (json) {
      const documents = rows.map((row) => ('tag' in row ? row.tag : unknownTag(context, row)));
      out.json({ address, repository, tags: documents });
    } else {
      if (rows.length === 0) err.line(t('cli.tags.empty'));
      printRows(context, rows);
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
  return { name: row.name, ...nothing, problem: problemDocument(t, row.problem) };
}

function printRows({ out, err, t, clock }: CommandContext, rows: readonly Row[]): void {
  const cells = rows.map((row) => {
    if ('problem' in row) return [paint('bold', row.name), '?', '', '', ''];
    const { name, digest, size, created, platforms } = row.tag;
    return [
      paint('bold', name),
      digest.replace(/^sha256:/, '').slice(0, 12),
      size === null ? '' : formatBytes(t.locale, size),
      created === null ? '' : formatAge(t.locale, created, clock.now()),
      paint('dim', platforms.join(', ')),
    ];
  });
  for (const line of setInColumns(cells, [2])) out.line(line);
  for (const row of rows) if ('problem' in row) printProblem(err, t, row.problem);
}

function exitOf(rows: readonly Row[]): ExitStatus | 0 {
  const bad = rows.find((row) => 'problem' in row);
  return bad && 'problem' in bad ? errorTable[bad.problem.code].exit : 0;
}
