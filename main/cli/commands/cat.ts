import { type CommandContext, defineCommand } from '../command.ts';
import { chooseImage } from '../files/choose-image.ts';
import { follow } from '../follow.ts';

/** `regent cat`: one file of an image, without pulling it. */
export const cat = defineCommand(
  {
    name: 'cat',
    about: 'cli.cat.about',
    args: [{ name: 'REF' }, { name: 'PATH' }],
    options: { platform: { type: 'string', value: 'OS/ARCH', about: 'cli.inspect.platform' } },
    examples: [
      'cat registry.example.com:5000/team/app:1.0 etc/passwd',
      'cat registry.example.com:5000/team/app:1.0 usr/bin/app > app',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal } = context;
    const { named, image } = await chooseImage(context, args.REF, options.platform);
    const { address, repository } = named;
    const file = { address, repository, digest: image.digest, path: args.PATH };
    if (json) out.json(await client.repositories.file(file, { signal }));
    else if (out.isTty) return await show(context, file);
    else {
      const pieces = await client.repositories.fileBytes(file, { signal });
      await follow(pieces, signal, ({ base64 }) => {
        out.bytes(Buffer.from(base64, 'base64'));
        return undefined;
      });
      signal.throwIfAborted();
    }
    return 0;
  },
);

type File = Parameters<CommandContext['client']['repositories']['file']>[0];

/** Where a person is looking, only text is shown. */
async function show({ client, out, err, signal, t }: CommandContext, file: File): Promise<0 | 1> {
  const { text, truncated } = await client.repositories.file(file, { signal });
  if (text === null) {
    err.line(t('cli.cat.binary'));
    return 1;
  }
  out.file(text);
  if (truncated) err.line(t('cli.cat.truncated'));
  return 0;
}
