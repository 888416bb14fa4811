import { RegentError } from '../../../shared/errors/index.ts';
import { parseFingerprint } from '../../../shared/model/certificate.ts';
import { trustBundleLimit } from '../../../shared/model/trust-bundle.ts';
import { certificateLines } from '../certificate/certificate-lines.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { look, stepPrinter } from '../look.ts';
import { readTextFile } from '../read-file.ts';
import { canAsk } from '../terminal/ask-yes.ts';
import { paint } from '../text/paint.ts';
import { evidenceOptions } from '../trust/evidence.ts';
import { consumerOption, readConsumers } from '../trust/read-consumers.ts';
import { seekTrust } from '../trust/seek-trust.ts';

type Bundle = Awaited<ReturnType<CommandContext['client']['trust']['readBundle']>>;

/** `regent trust import`: trust that another machine exported. The file alone is never enough: its fingerprint is confirmed or given. */
export const trustImport = defineCommand(
  {
    name: 'trust import',
    about: 'cli.trustImport.about',
    args: [{ name: 'FILE' }],
    options: {
      fingerprint: evidenceOptions.fingerprint,
      insecure: evidenceOptions.insecure,
      consumer: consumerOption,
      replace: { type: 'boolean', about: 'cli.trust.replace' },
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: [
      'trust import registry.regent.json',
      'trust import registry.regent.json --fingerprint 4F:9A:…',
    ],
  },
  async (context, { args, options }) => {
    const typed = options.fingerprint;
    const fingerprint = typed === undefined ? undefined : parseFingerprint(typed);
    const text = await readTextFile(args.FILE, trustBundleLimit);
    const consumers = await readConsumers(context, options.consumer);
    const { client, signal } = context;
    const bundle = await client.trust.readBundle({ text }, { signal });
    const isInsecure = bundle.kind === 'insecure';
    if (isInsecure) requireName(context, options.insecure);
    if (!context.json) printBundle(context, bundle);
    const report = await look(context, bundle.address, stepPrinter(context));
    const pem = bundle.certificates.map((certificate) => certificate.pem).join('');
    const evidence = {
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(isInsecure ? { insecure: true } : { bundle: { pem, source: args.FILE } }),
    };
    const wish = { evidence, consumers, replace: options.replace };
    const isConfirmed = fingerprint !== undefined && !isInsecure;
    return await seekTrust(context, report, wish, { dryRun: options['dry-run'], isConfirmed });
  },
);

/** Plain HTTP is never taken from a file: a person types the address, or the option asks for it by name. */
function requireName(context: CommandContext, isNamed: boolean): void {
  if (isNamed || canAsk(context)) return;
  throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--insecure' });
}

function printBundle({ out, t, clock }: CommandContext, { address, certificates }: Bundle): void {
  out.line(t('cli.trustImport.holds', { address }));
  for (const certificate of certificates) {
    out.line(`  ${paint('bold', certificate.subject)}`);
    for (const line of certificateLines(t, certificate, clock.now(), ['issuedTo'])) {
      out.line(`    ${line}`);
    }
  }
  out.line();
}
