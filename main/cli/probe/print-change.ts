import { commandText } from '../../../shared/model/command-text.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { comparisonLines } from '../certificate/compare-certificates.ts';
import type { CommandContext } from '../command.ts';
import { paint } from '../text/paint.ts';

/** Prints, where a trusted registry shows another certificate than before, the old one beside the new one. */
export function printChange(
  { out, t, clock }: Pick<CommandContext, 'out' | 't' | 'clock'>,
  { address, previous, certificates, sameKey }: ProbeReport,
): void {
  const [leaf] = certificates;
  if (!previous || !leaf) return;
  // An authority that was trusted is compared with the authority shown now, not with the server's own certificate.
  const now = previous.isCa ? (certificates.find(({ isCa }) => isCa) ?? leaf) : leaf;
  out.line();
  out.line(paint('warn', t('cli.probe.changed', { address })));
  for (const line of comparisonLines(t, previous, now, clock.now())) out.line(`  ${line}`);
  out.line(
    `  ${paint(sameKey ? 'good' : 'bad', t(sameKey ? 'cli.probe.sameKey' : 'cli.probe.otherKey'))}`,
  );
  out.line(
    `  ${t('cli.probe.renew', { command: commandText(['regent', 'trust', address, '--replace']) })}`,
  );
}
