import { defineCommand } from '../command.ts';
import { collectFileChanges } from '../files/collect-file-changes.ts';
import { printComparison } from '../files/print-comparison.ts';
import { printFileChanges } from '../files/print-file-changes.ts';
import { readImage } from '../read-image.ts';

/** `regent diff`: how two images differ. */
export const diff = defineCommand(
  {
    name: 'diff',
    about: 'cli.diff.about',
    args: [{ name: 'LEFT' }, { name: 'RIGHT' }],
    options: {
      files: { type: 'boolean', about: 'cli.diff.files' },
      platform: { type: 'string', value: 'OS/ARCH', about: 'cli.inspect.platform' },
    },
    examples: [
      'diff registry.example.com:5000/team/app:1.0 registry.example.com:5000/team/app:2.0',
      'diff registry.example.com:5000/team/app:1.0 registry.example.com:5000/team/app:2.0 --files',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal } = context;
    const image = (typed: string) => {
      const { address, repository, reference } = readImage(typed);
      const { platform } = options;
      return { address, repository, reference, ...(platform !== undefined && { platform }) };
    };
    const both = { left: image(args.LEFT), right: image(args.RIGHT) };
    const comparison = await client.repositories.compare(both, { signal });
    const changes = options.files ? await collectFileChanges(context, both) : undefined;
    if (json) out.json({ left: args.LEFT, right: args.RIGHT, ...comparison, ...changes });
    else {
      printComparison(context, comparison);
      if (changes) printFileChanges(context, changes, comparison);
    }
    return 0;
  },
);
