import type { Translator } from '../../../shared/i18n/index.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { setInColumns } from '../text/columns.ts';
import { paint, renderPaint } from '../text/paint.ts';
import { wrap } from '../text/wrap.ts';
import { type CertificateFact, certificateFacts } from './certificate-lines.ts';

/** Cells for one certificate's facts: two of them and their names fit a terminal of 80. */
const WIDTH = 30;
const FACTS: readonly CertificateFact[] = [
  'issuedTo',
  'names',
  'issuedBy',
  'valid',
  'key',
  'fingerprint',
];

/** Two certificates of one server side by side; what differs stands out in the new one. */
export function comparisonLines(
  t: Translator,
  before: Certificate,
  after: Certificate,
  now: number,
): readonly string[] {
  const [old, young] = [certificateFacts(t, before, now), certificateFacts(t, after, now)];
  const rows = FACTS.flatMap((fact) => {
    const [left, right] = [cell(old.get(fact)), cell(young.get(fact))];
    const differs = left.join('\n') !== right.join('\n');
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
      index === 0 ? paint('dim', t(`common.certificate.${fact}`)) : '',
      left[index] ?? '',
      paint(differs ? 'warn' : 'dim', right[index] ?? ''),
    ]);
  });
  const head = ['', t('cli.probe.before'), t('cli.probe.now')].map((text) => paint('bold', text));
  return setInColumns([head, ...rows]);
}

function cell(words: string | undefined): readonly string[] {
  return wrap(renderPaint(words ?? '–', false), WIDTH);
}
