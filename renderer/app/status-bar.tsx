import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainHere } from '../../shared/i18n/words.ts';
import { HelperDialog } from '../features/accounts/helper-dialog.tsx';
import { useRegent } from '../lib/regent-context.tsx';
import { hrefOf } from '../lib/routes.ts';
import { useWords } from '../lib/words.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { ThemeButton } from './theme-button.tsx';

/** How often the engine is looked for again, in milliseconds. */
const LOOK_AGAIN = 30_000;

/** The foot of the window: the engine, the credential helper, the theme. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <EngineState />
      <HelperState />
      <ThemeButton />
    </footer>
  );
}

function EngineState() {
  const t = useWords();
  const { api } = useRegent();
  const { data } = useQuery(api.engine.status.queryOptions({ refetchInterval: LOOK_AGAIN }));
  if (!data) return <StatusBadge tone="busy" word={t('settings.status.engineLooking')} />;
  if (data.state === 'ready') {
    const { name, version, endpoint } = data;
    return (
      <span title={endpoint} dir="ltr">
        <StatusBadge tone="good" word={t('settings.status.engineReady', { name, version })} />
      </span>
    );
  }
  const { what, fix } = explainHere(t, data.problem);
  return (
    <a href={hrefOf({ screen: 'images' })} title={`${what} ${fix}`}>
      <StatusBadge tone="attention" word={t('settings.status.engineAbsent')} />
    </a>
  );
}

function HelperState() {
  const t = useWords();
  const { api } = useRegent();
  const { data } = useQuery(api.accounts.helperStatus.queryOptions());
  const [isAsking, setAsking] = useState(false);
  if (!data) return null;
  const [problem] = data.problems;
  return (
    <span className="status-helper">
      {problem ? (
        <a href={hrefOf({ screen: 'accounts' })} title={explainHere(t, problem).what}>
          <StatusBadge tone="attention" word={t('settings.status.helperProblem')} />
        </a>
      ) : data.installed ? (
        <span title={data.path ?? ''}>
          <StatusBadge tone="good" word={t('settings.status.helperReady')} />
        </span>
      ) : (
        <>
          <StatusBadge tone="off" word={t('settings.status.helperMissing')} />
          <button type="button" className="text-button" onClick={() => setAsking(true)}>
            {t('settings.status.install')}
          </button>
        </>
      )}
      <HelperDialog opened={isAsking} onClose={() => setAsking(false)} />
    </span>
  );
}
