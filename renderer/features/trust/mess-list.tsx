import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Mess } from '../../../shared/model/trust.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { StatusIcon } from '../../ui/status-badge.tsx';
import { PlanDialog, type WantedPlan } from '../../ui/trust/plan-dialog.tsx';

/** What earlier attempts left behind that hides or breaks trust, each with its mending where there is one. */
export function MessList({ messes }: { readonly messes: readonly Mess[] }) {
  const t = useWords();
  const { client } = useRegent();
  const [wanted, setWanted] = useState<WantedPlan | null>(null);
  const mend = (mess: Mess): void =>
    setWanted({
      title: t('registries.trust.mendTitle', { address: mess.address }),
      text: t('registries.trust.mendText'),
      confirmLabel: t('registries.trust.mend'),
      make: (signal) => client.trust.planMend({ messId: mess.id }, { signal }),
    });
  return (
    <>
      {messes.length > 0 ? (
        <section className="trust-part" aria-label={t('registries.trust.messes')}>
          <h2>{t('registries.trust.messes')}</h2>
          <p className="dimmed">{t('registries.trust.messesText')}</p>
          <ul className="trust-rows">
            {messes.map((mess) => (
              <MessRow key={mess.id} mess={mess} onMend={() => mend(mess)} />
            ))}
          </ul>
        </section>
      ) : null}
      <PlanDialog wanted={wanted} onClose={() => setWanted(null)} />
    </>
  );
}

function MessRow(props: { readonly mess: Mess; readonly onMend: () => void }) {
  const t = useWords();
  const { mess } = props;
  return (
    <li>
      <StatusIcon tone="attention" size={16} />
      <div>
        <div>
          <strong dir="ltr">{mess.address}</strong>{' '}
          <span className="dimmed">{t(`common.consumer.${mess.consumer}`)}</span>
        </div>
        <div>{t(`common.mess.${mess.kind}`)}</div>
        <code className="dimmed" dir="ltr">
          {mess.path}
        </code>
      </div>
      {mess.mendable ? (
        <Button
          variant="default"
          aria-label={t('registries.trust.mendOf', { path: mess.path })}
          onClick={props.onMend}
        >
          {t('registries.trust.mendOpen')}
        </Button>
      ) : (
        <span className="dimmed">{t('registries.trust.notMendable')}</span>
      )}
    </li>
  );
}
