import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Translator } from '../../../shared/i18n/words.ts';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import { problemIn } from '../../lib/errors.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { HelperDialog } from './helper-dialog.tsx';
import { HelperPlace } from './helper-place.tsx';
import { RepairDialog } from './repair-dialog.tsx';
import { UninstallDialog } from './uninstall-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** The credential helper: how docker and podman come to the logins, and what is wrong with that. */
export function HelperPanel() {
  const t = useWords();
  const { install, problemOfStatus, status } = useHelper();
  const [dialog, setDialog] = useState<'install' | 'repair' | 'uninstall' | null>(null);
  const title = t('accounts.helper.title');
  const { data } = status;
  const open = (which: NonNullable<typeof dialog>) => () => setDialog(which);
  const dialogProps = (which: typeof dialog) => ({
    opened: dialog === which,
    onClose: () => setDialog(null),
  });
  const toggleProblem = problemIn(install);
  return (
    <section className="accounts-part" aria-label={title}>
      <h2>{title}</h2>
      <p className="dimmed">{t('accounts.helper.text')}</p>
      {problemOfStatus ? (
        <ProblemNote problem={problemOfStatus} actions={{ retry: () => void status.refetch() }} />
      ) : null}
      {data ? (
        <>
          <div className="accounts-line">
            <StatusBadge {...stateOf(t, data)} />
            <div className="accounts-line-actions">
              {data.repairs.length > 0 ? (
                <Button onClick={open('repair')}>{t('accounts.helper.repair')}</Button>
              ) : null}
              {data.installed ? (
                <Button variant="default" onClick={open('uninstall')}>
                  {t('accounts.helper.uninstall')}
                </Button>
              ) : data.repairs.length > 0 ? null : (
                <Button onClick={open('install')}>{t('accounts.helper.install')}</Button>
              )}
            </div>
          </div>
          {data.problems.map((one) => (
            <ProblemNote
              key={JSON.stringify(one)}
              problem={one}
              tone="attention"
              {...(data.repairs.length > 0 ? { actions: { 'repair-helper': open('repair') } } : {})}
            />
          ))}
          {data.installed ? (
            <>
              <HelperPlace status={data} />
              <DefaultChoice isDefault={data.isDefault} install={install} />
            </>
          ) : null}
          {toggleProblem ? <ProblemNote problem={toggleProblem} /> : null}
        </>
      ) : null}
      <HelperDialog {...dialogProps('install')} />
      <RepairDialog {...dialogProps('repair')} />
      <UninstallDialog {...dialogProps('uninstall')} />
    </section>
  );
}

function stateOf(
  t: Translator,
  status: HelperStatus,
): { readonly tone: Tone; readonly word: string } {
  const { installed, isDefault, problems, routes } = status;
  if (problems.length > 0) return { tone: 'attention', word: t('accounts.helper.broken') };
  if (!installed) return { tone: 'off', word: t('accounts.helper.missing') };
  if (isDefault) return { tone: 'good', word: t('accounts.helper.readyDefault') };
  return { tone: 'good', word: t('accounts.helper.ready', { count: routes.length }) };
}

/** Whether docker asks Regent about every registry. It shows the wish at once, and the truth once there is an answer. */
function DefaultChoice(props: {
  readonly isDefault: boolean;
  readonly install: ReturnType<typeof useHelper>['install'];
}) {
  const t = useWords();
  const [wish, setWish] = useState<boolean | null>(null);
  const choose = (asDefault: boolean): void => {
    setWish(asDefault);
    props.install.mutate({ addresses: [], asDefault }, { onSettled: () => setWish(null) });
  };
  return (
    <Checkbox
      size="xs"
      label={t('accounts.helper.default')}
      description={t('accounts.helper.defaultMeans')}
      checked={wish ?? props.isDefault}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
