import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { HelperDialog } from './helper-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** The credential helper: whether the docker command line asks Regent for passwords, and for which registries. */
export function HelperSettings() {
  const t = useWords();
  const { status, isBusy, problem, uninstall } = useHelper();
  const [isAsking, setAsking] = useState(false);
  if (!status) return null;
  return (
    <section className="settings-part" aria-label={t('settings.helper')}>
      <h2>{t('settings.helper')}</h2>
      <p className="dimmed">{t('settings.helperText')}</p>
      {status.installed ? (
        <>
          <StatusBadge
            tone={status.problems.length > 0 ? 'attention' : 'good'}
            word={t('settings.helperInstalled', { path: status.path ?? '' })}
          />
          <p>
            {status.routes.length > 0
              ? t('settings.helperRoutes', { addresses: status.routes })
              : t('settings.helperNoRoutes')}
          </p>
        </>
      ) : (
        <StatusBadge tone="off" word={t('settings.helperMissing')} />
      )}
      {status.problems.map((one) => (
        <ProblemNote
          key={one.code}
          problem={one}
          tone="attention"
          actions={{ 'install-helper': () => setAsking(true) }}
        />
      ))}
      {problem ? <ProblemNote problem={problem} /> : null}
      {status.installed ? (
        <Button variant="default" loading={isBusy} onClick={() => void uninstall().catch(() => {})}>
          {t('settings.helperUninstall')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('settings.helperInstall')}
        </Button>
      )}
      <HelperDialog opened={isAsking} onClose={() => setAsking(false)} />
    </section>
  );
}
