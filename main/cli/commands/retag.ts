import { RegentError } from '../../../shared/errors/index.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { defineCommand } from '../command.ts';
import { readImage } from '../read-image.ts';
import { paint } from '../text/paint.ts';

/** `regent retag`: one more tag for an image on its registry, without a pull. */
export const retag = defineCommand(
  {
    name: 'retag',
    about: 'cli.retag.about',
    args: [{ name: 'REF' }, { name: 'TAG' }],
    options: {},
    examples: ['retag registry.example.com:5000/team/app:1.4.2 stable'],
  },
  async ({ client, json, out, signal, t }, { args }) => {
    const { address, repository, reference } = readImage(args.REF);
    const tag = readTag(args.TAG);
    const { digest, replaced } = await client.repositories.retag(
      { address, repository, reference, tag },
      { signal },
    );
    if (json) {
      out.json({ address, repository, tag, digest, replaced });
      return 0;
    }
    const name = `${address}/${repository}`;
    out.line(`${paint('good', '✓')} ${t('cli.retag.done', { subject: `${name}:${tag}` })}`);
    out.line(`  ${paint('dim', digest)}`);
    if (replaced !== null) {
      const command = `regent retag ${name}@${replaced} ${tag}`;
      out.line(`  ${t('cli.retag.replaced', { digest: replaced, command })}`);
    }
    return 0;
  },
);

/** @throws RegentError `REFERENCE_INVALID` */
function readTag(typed: string): string {
  if (isTag(typed)) return typed;
  throw new RegentError('REFERENCE_INVALID', { input: typed.slice(0, 200) });
}
