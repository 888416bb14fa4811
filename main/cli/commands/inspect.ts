import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import type { ImageDetails, Referrer } from '../../../shared/model/image-details.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { detailsDocument } from '../inspect/details-document.ts';
import { printDetails } from '../inspect/print-details.ts';
import { noteFirstGeneration } from '../note-first-generation.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { type NamedImage, readImage } from '../read-image.ts';

/** `regent inspect`: all that an image or artifact tells of itself. */
export const inspect = defineCommand(
  {
    name: 'inspect',
    about: 'cli.inspect.about',
    args: [{ name: 'REF' }],
    options: {
      platform: { type: 'string', value: 'OS/ARCH', about: 'cli.inspect.platform' },
      raw: { type: 'boolean', about: 'cli.inspect.raw' },
    },
    examples: [
      'inspect registry.example.com:5000/team/app:1.0',
      'inspect registry.example.com:5000/team/app:1.0 --platform linux/arm64 --raw',
    ],
  },
  async (context, { args, options }) => {
    const { json, out, err, t } = context;
    if (options.raw && json) {
      throw new RegentError('USAGE_OPTIONS_CLASH', { option: '--raw', other: '--json' });
    }
    const image = readImage(args.REF);
    const details = await look(context, image, options.platform);
    for (const warning of json ? [] : details.warnings) err.line(warning);
    const isFirst = details.kind === 'v1-image';
    if (isFirst) noteFirstGeneration(context, image.address);
    if (options.raw) {
      out.file(await manifestOf(context, image, details, options.platform));
      return 0;
    }
    const beside = isFirst ? NONE_BESIDE : await findReferrers(context, image, details);
    if (json) {
      const problem = beside.problem && problemDocument(t, beside.problem);
      out.json({ ...detailsDocument(image, details), ...beside, problem });
    } else {
      printDetails(context, image, details, beside.referrers);
      if (beside.problem) printProblem(err, t, beside.problem);
    }
    return 0;
  },
);

function look(
  { client, signal }: CommandContext,
  { address, repository, reference }: NamedImage,
  platform: string | undefined,
): Promise<ImageDetails> {
  return client.repositories.inspect(
    { address, repository, reference, ...(platform !== undefined && { platform }) },
    { signal },
  );
}

/** What is kept about an image, or why that is not known. */
interface Beside {
  readonly referrers: readonly Referrer[];
  readonly problem: Problem | null;
}

/** Registries of the first generation keep nothing about images. */
const NONE_BESIDE: Beside = { referrers: [], problem: null };

/** What is kept about it. It is told beside the rest, so a failure here takes nothing from that. */
async function findReferrers(
  { client, signal }: CommandContext,
  { address, repository }: NamedImage,
  { digest }: ImageDetails,
): Promise<Beside> {
  try {
    const input = { address, repository, digest };
    const { referrers } = await client.repositories.referrers(input, { signal });
    return { referrers, problem: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { referrers: [], problem: problemOfCall(error) };
  }
}

/** The manifest that was asked for: of an index the index's own, unless a platform was named. */
async function manifestOf(
  context: CommandContext,
  image: NamedImage,
  details: ImageDetails,
  platform: string | undefined,
): Promise<string> {
  const chosen = details.image?.digest ?? details.digest;
  if (platform === undefined || chosen === details.digest) return details.manifest;
  return (await look(context, { ...image, reference: chosen }, undefined)).manifest;
}
