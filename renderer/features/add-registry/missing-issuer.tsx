import { Button } from '@mantine/core';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { chainOf } from './chain.ts';

/** Offers to look for an issuer that the server left out. It is only looked for when somebody asks. */
export function MissingIssuer(props: {
  readonly report: ProbeReport;
  readonly isCompleted: boolean;
  readonly onComplete: () => void;
}) {
  const t = useWords();
  const [top] = chainOf(props.report);
  if (props.report.fetched.length > 0) {
    return <p className="dimmed">{t('registries.chain.fetchedNote')}</p>;
  }
  if (top?.kind !== 'missing') return null;
  if (props.isCompleted) return <p role="status">{t('registries.chain.notFound')}</p>;
  return (
    <div className="flow-actions">
      <Button size="compact-sm" variant="default" onClick={props.onComplete}>
        {t('registries.chain.look')}
      </Button>
      <span className="dimmed">{t('registries.chain.lookDoes')}</span>
    </div>
  );
}
