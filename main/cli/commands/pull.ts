import { RegentError } from '../../../shared/errors/index.ts';
import { formatReference, parseReference } from '../../../shared/model/reference.ts';
import { defineCommand } from '../command.ts';
import { problemDocument } from '../print-problem.ts';
import { followTask } from '../pull/follow-task.ts';
import { progressPrinter } from '../pull/progress.ts';
import { paint } from '../text/paint.ts';

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
    const { client, json, out, signal, t } = context;
    const reference = withTag(args.REF);
    const platform =
      options.platform === undefined ? {} : { platform: requirePlatform(options.platform) };
    const { taskId } = await client.images.pull({ reference, ...platform }, { signal });
    const print = progressPrinter(out, t);
    const end = await followTask(context, taskId, (task) => {
      const error = task.error && problemDocument(t, task.error);
      if (json) out.json({ ...task, error });
      else print(task);
    });
    if (json) return 0;
    const words = t(end.upToDate ? 'cli.pull.upToDate' : 'cli.pull.done', { subject: end.subject });
    out.line(`${paint('good', '✓')} ${words}`);
    if (end.digest) out.line(`  ${paint('dim', end.digest)}`);
    return 0;
  },
);

/** `os/architecture[/variant]` in full, as an engine wants it. @throws RegentError `USAGE_OPTION_VALUE` */
function requirePlatform(typed: string): string {
  const word = '[A-Za-z0-9][A-Za-z0-9._-]*';
  if (new RegExp(`^${word}/${word}(/${word})?$`).test(typed)) return typed;
  throw new RegentError('USAGE_OPTION_VALUE', { option: '--platform' });
}

/** Without a tag an engine would pull all of them; `latest` is what `docker pull` means then. */
function withTag(typed: string): string {
  const reference = parseReference(typed);
  const { tag, digest } = reference;
  return formatReference(
    tag === null && digest === null ? { ...reference, tag: 'latest' } : reference,
  );
}
