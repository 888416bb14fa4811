import type { Advice } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../../ui/command-line.tsx';

/** What the server's administrator can do where trust is no cure, ready to be copied. */
export function AdviceView({ advice }: { readonly advice: Advice }) {
  const t = useWords();
  return (
    <section className="plan" aria-label={t('registries.advice.title')}>
      <h3>{t('registries.advice.title')}</h3>
      <p>
        {t(`registries.advice.${advice.kind}`, {
          names: advice.names.map((name) => name.replace(/^(DNS|IP):/, '')),
        })}
      </p>
      {advice.steps.map(({ id, text }, index) => (
        <details key={id} open={index === 0}>
          <summary>{t(`registries.advice.step.${id}`)}</summary>
          <CommandLine command={text} copyLabel={t('registries.certificate.copyCommand')} />
        </details>
      ))}
    </section>
  );
}
