import type { MessageKey } from '../../../shared/i18n/words.ts';
import type { ProbeStep } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { Prose } from '../../ui/prose.tsx';
import { StatusIcon, type Tone } from '../../ui/status-badge.tsx';
import './probe-steps.css';

const tones: Readonly<Record<Exclude<ProbeStep['state'], 'skipped'>, Tone>> = {
  running: 'busy',
  ok: 'good',
  attention: 'attention',
  failed: 'bad',
};

/** What the look at the server has found so far, step by step; read out as it comes in. */
export function ProbeSteps(props: {
  readonly steps: readonly ProbeStep[];
  /** The proxy that leads to the server, once that is known. */
  readonly proxy: string | null;
}) {
  const t = useWords();
  const { proxy } = props;
  return (
    <>
      <ol className="probe-steps" aria-live="polite" aria-label={t('registries.add.steps')}>
        {props.steps.map(({ id, state, facts }) =>
          // What was not looked at needs no line: the step before it says why.
          state === 'skipped' ? null : (
            <li key={id}>
              <StatusIcon tone={tones[state]} />
              <span>{t(`common.probe.${id}.${state}` as MessageKey, facts)}</span>
            </li>
          ),
        )}
      </ol>
      {proxy === null ? null : (
        <p className="dimmed">
          <Prose text={t('common.probe.engineProxy', { proxy })} />
        </p>
      )}
    </>
  );
}
