import { defineCommand } from '../command.ts';
import { chooseImage, chooseLayer } from '../files/choose-image.ts';
import { fileLine } from '../files/file-line.ts';
import { readingStatus } from '../files/reading-status.ts';
import { follow } from '../follow.ts';

/** `regent files`: the files of an image or of one layer, without pulling it. */
export const files = defineCommand(
  {
    name: 'files',
    about: 'cli.files.about',
    args: [{ name: 'REF' }],
    options: {
      layer: { type: 'string', value: 'DIGEST', about: 'cli.files.layer' },
      platform: { type: 'string', value: 'OS/ARCH', about: 'cli.inspect.platform' },
      filter: { type: 'string', value: 'TEXT', about: 'cli.files.filter' },
    },
    examples: [
      'files registry.example.com:5000/team/app:1.0',
      'files registry.example.com:5000/team/app:1.0 --filter etc/',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, err, signal, t } = context;
    const chosen = await chooseImage(context, args.REF, options.platform);
    const layer = options.layer === undefined ? undefined : chooseLayer(chosen, options.layer);
    const { address, repository } = chosen.named;
    const where = { address, repository, digest: chosen.image.digest };
    const wanted = (options.filter ?? '').toLowerCase();
    const showStatus = readingStatus(context);
    let isCut = false;
    const events = await client.repositories.files(
      { ...where, ...(layer !== undefined && { layer }) },
      { signal },
    );
    await follow(events, signal, (event) => {
      if (event.type === 'progress') showStatus(event);
      else if (event.type === 'limit') {
        isCut = true;
        err.line(t('cli.files.limit', { entries: event.entries }));
      } else {
        for (const file of event.files) {
          if (!file.path.toLowerCase().includes(wanted)) continue;
          if (json) out.json(file);
          else out.line(fileLine(t, file));
        }
      }
      return undefined;
    });
    signal.throwIfAborted();
    const elsewhere = chosen.image.layers.filter(({ foreign }) => foreign);
    if (layer === undefined && elsewhere.length > 0) {
      err.line(t('image.files.elsewhere', { count: elsewhere.length }));
    }
    return isCut ? 1 : 0;
  },
);
