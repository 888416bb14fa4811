import { formatReference, parseReference } from '../../../shared/model/reference.ts';
import { defineCommand } from '../command.ts';
import { requirePlatform } from '../platform-option.ts';
import { printEnd } from '../transfer/print-end.ts';
import { showTask } from '../transfer/show-task.ts';

/** `regent pull`: an image into the local engine, through its socket. */
export const pull = defineCommand(
  {
    name: 'pull',
    about: 'cli.pull.about',
    args: [{ name: 'REF' }],
    options: { platform: { type: 'string', value: 'OS/ARCH', about: 'cli.pull.platform' } },
    examples: [
      'pull registry.example.com:5000/team/app:1.0',
      'pull registry.example.com:5000/team/app:1.0 --platform linux/arm64',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, signal, t } = context;
    const reference = withTag(args.REF);
    const platform =
      options.platform === undefined ? {} : { platform: requirePlatform(options.platform) };
    const { taskId } = await client.images.pull({ reference, ...platform }, { signal });
    const end = await showTask(context, taskId);
    if (json) return 0;
    const words = t(end.upToDate ? 'cli.pull.upToDate' : 'cli.pull.done', { subject: end.subject });
    printEnd(context, end, words);
    return 0;
  },
);

/** Without a tag an engine would pull all of them; `latest` is what `docker pull` means then. */
function withTag(typed: string): string {
  const reference = parseReference(typed);
  const { tag, digest } = reference;
  return formatReference(
    tag === null && digest === null ? { ...reference, tag: 'latest' } : reference,
  );
}
