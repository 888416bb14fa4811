import { resolve } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { requirePlatform } from '../platform-option.ts';
import { readImage } from '../read-image.ts';
import { printEnd } from '../transfer/print-end.ts';
import { showTask } from '../transfer/show-task.ts';

type Order = Parameters<CommandContext['client']['images']['save']>[0];

/** `regent save`: an image from its registry to disk, with no engine. */
export const save = defineCommand(
  {
    name: 'save',
    about: 'cli.save.about',
    args: [{ name: 'REF' }],
    options: {
      output: { type: 'string', short: 'o', value: 'PATH', about: 'cli.save.output' },
      format: {
        ...{ type: 'string', value: 'FORMAT', about: 'cli.save.format' },
        choices: ['oci', 'docker-archive'],
      },
      platform: { type: 'string', value: 'OS/ARCH', about: 'cli.save.platform' },
      force: { type: 'boolean', about: 'cli.save.force' },
    },
    examples: [
      'save registry.example.com:5000/team/app:1.0 -o app',
      'save registry.example.com:5000/team/app:1.0 -o app.tar --format docker-archive',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, signal, t } = context;
    const { address, repository, reference } = readImage(args.REF);
    const { output, platform, force } = options;
    if (output === undefined) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--output PATH' });
    }
    const order: Order = {
      ...{ address, repository, reference, force, path: resolve(output) },
      format: options.format === 'docker-archive' ? options.format : 'oci',
      ...(platform !== undefined && { platform: requirePlatform(platform) }),
    };
    const { taskId } = await client.images.save(order, { signal });
    const end = await following(context, order, taskId);
    if (json) return 0;
    const words = { subject: end.subject, path: output };
    printEnd(context, end, t(end.upToDate ? 'cli.save.upToDate' : 'cli.save.done', words));
    return 0;
  },
);

/** Folders are gone on with where a save broke off; who was told that it failed is told that, too. */
async function following(context: CommandContext, { format, path = '' }: Order, id: string) {
  let hasArrived = false;
  try {
    return await showTask(context, id, ({ done }) => {
      hasArrived ||= done > 0;
    });
  } catch (error) {
    const isFolder = format === 'oci' && !path.toLowerCase().endsWith('.tar');
    if (hasArrived && isFolder && !context.json) context.err.line(context.t('cli.save.resume'));
    throw error;
  }
}
