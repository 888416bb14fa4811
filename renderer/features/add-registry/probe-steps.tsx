import type { MessageKey, Translator } from '../../../shared/i18n/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { ProbeStep } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { StatusIcon, type Tone } from '../../ui/status-badge.tsx';
import './probe-steps.css';

/** What the look at the server has found so far, step by step; read out as it comes in. */
export function ProbeSteps(props: { readonly steps: readonly ProbeStep[] }) {
  const t = useWords();
  return (
    <ol className="probe-steps" aria-live="polite" aria-label={t('registries.add.steps')}>
      {props.steps.map((step) => (
        <li key={step.id}>
          <StatusIcon tone={toneOf(step.state)} />
          <span>{wordsOf(t, step)}</span>
        </li>
      ))}
    </ol>
  );
}

function wordsOf(t: Translator, step: ProbeStep): string {
  return step.state === 'skipped'
    ? t('common.probe.skipped')
    : t(`common.probe.${step.id}.${step.state}` as MessageKey, step.facts);
}

function toneOf(state: ProbeStep['state']): Tone {
  switch (state) {
    case 'running':
      return 'busy';
    case 'ok':
      return 'good';
    case 'attention':
      return 'attention';
    case 'failed':
      return 'bad';
    case 'skipped':
      return 'off';
    default:
      return assertNever(state);
  }
}
