import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { readPasted } from '../../../shared/model/pasted.ts';
import { defineCommand } from '../command.ts';
import { requirePlatform } from '../platform-option.ts';
import { readImage } from '../read-image.ts';
import { printEnd } from '../transfer/print-end.ts';
import { showTask } from '../transfer/show-task.ts';

/** `regent copy`: an image to another repository or registry, with no engine. */
export const copy = defineCommand(
  {
    name: 'copy',
    about: 'cli.copy.about',
    args: [{ name: 'SRC' }, { name: 'DST' }],
    options: {
      platform: { type: 'string', value: 'OS/ARCH', about: 'cli.save.platform' },
      referrers: { type: 'boolean', about: 'cli.copy.referrers' },
    },
    examples: [
      'copy registry.example.com:5000/team/app:1.0 registry.example.com:5000/prod/app',
      'copy docker.io/library/alpine:3.20 registry.example.com:5000/mirror/alpine:3.20',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, signal, t } = context;
    const { address, repository, reference } = readImage(args.SRC);
    const { platform, referrers } = options;
    const { taskId } = await client.images.copy(
      {
        ...{ address, repository, reference, referrers },
        target: readTarget(args.DST, reference),
        ...(platform !== undefined && { platform: requirePlatform(platform) }),
      },
      { signal },
    );
    const end = await showTask(context, taskId);
    if (json) return 0;
    const words = t(end.upToDate ? 'cli.copy.upToDate' : 'cli.copy.done', { subject: end.subject });
    printEnd(context, end, words);
    return 0;
  },
);

/**
 * Where a copy goes. Without a tag it keeps the one it has.
 * @throws RegentError `REFERENCE_INVALID` for what names no repository, or a digest, which nobody can choose
 */
function readTarget(typed: string, reference: string) {
  const { address, repository, tag, digest } = readPasted(typed);
  if (repository === undefined || digest !== undefined) {
    throw new RegentError('REFERENCE_INVALID', { input: typed });
  }
  const kept = tag ?? (isDigest(reference) ? undefined : reference);
  return { address, repository, ...(kept !== undefined && { tag: kept }) };
}
