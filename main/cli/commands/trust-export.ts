import { RegentError } from '../../../shared/errors/index.ts';
import { type ExportFormat, exportFormatSchema } from '../../../shared/model/trust.ts';
import { defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { paint } from '../text/paint.ts';
import { writeExport } from '../trust/write-export.ts';

/** The name that stands for standard output. */
const STDOUT = '-';

/** `regent trust export`: the trust in one registry, in a form for other machines. */
export const trustExport = defineCommand(
  {
    name: 'trust export',
    about: 'cli.trustExport.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      format: {
        type: 'string',
        choices: exportFormatSchema.options,
        about: 'cli.trustExport.format',
      },
      output: { type: 'string', short: 'o', value: 'PATH', about: 'cli.trustExport.output' },
    },
    examples: [
      'trust export registry.example.com:5000 --format shell > trust-registry.sh',
      'trust export registry.example.com:5000 --format ansible -o roles/registry_trust',
      'trust export registry.example.com:5000 --format bundle -o registry.regent.json',
    ],
  },
  async ({ client, json, out, err, signal, t }, { args, options }) => {
    const address = readAddress(args.ADDRESS);
    const { format, output = STDOUT } = options;
    if (format === undefined) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--format' });
    }
    const asked = { address, format: format as ExportFormat };
    const { files } = await client.trust.export(asked, { signal });
    if (output !== STDOUT) {
      const written = await writeExport(files, output);
      if (json) out.json({ address, format, written });
      else for (const path of written) out.line(`${paint('good', '✓')} ${path}`);
      return 0;
    }
    const [file, ...more] = files;
    if (json) {
      out.json({ address, format, files });
    } else if (file && more.length === 0) {
      out.file(file.content);
    } else {
      for (const { path } of files) err.line(`  ${path}`);
      err.line(t('cli.trustExport.several'));
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--output PATH' });
    }
    return 0;
  },
);
