import { formatBytes } from '../../../shared/i18n/words.ts';
import type { DeletionPlan } from '../../../shared/model/deletion.ts';
import { useWords } from '../../lib/words.tsx';
import { listNames } from './list-names.ts';

/** What a plan means: what else is lost, what breaks, what stays and why, and what is freed. */
export function PlanWords({ plan }: { readonly plan: DeletionPlan }) {
  const t = useWords();
  const { entries, frees, kept, spared, unread } = plan;
  const alsoLost = entries.flatMap((entry) => entry.alsoLost);
  const heldBy = [...new Set(entries.flatMap((entry) => entry.heldBy))];
  const attached = entries.flatMap((entry) => entry.attached);
  const say = (key: 'alsoLost' | 'heldBy' | 'attached' | 'unread', names: readonly string[]) =>
    t(`deletion.${key}`, { count: names.length, tags: listNames(t, names) });
  return (
    <>
      {alsoLost.length === 0 ? null : <strong>{say('alsoLost', alsoLost)}</strong>}
      {heldBy.length === 0 ? null : <strong>{say('heldBy', heldBy)}</strong>}
      {attached.length === 0 ? null : <p>{say('attached', attached)}</p>}
      {unread.length === 0 ? null : <strong>{say('unread', unread)}</strong>}
      {spared.length === 0 ? null : (
        <details className="spared">
          <summary>{t('deletion.spared', { count: spared.length })}</summary>
          <ul>
            {spared.slice(0, MOST).map(({ by, digest, tags }) => (
              <li key={digest}>
                {t('deletion.sparedFor', { tags: listNames(t, tags), by: listNames(t, by) })}
              </li>
            ))}
            {spared.length > MOST ? (
              <li>{t('deletion.more', { count: spared.length - MOST })}</li>
            ) : null}
          </ul>
        </details>
      )}
      {entries.length === 0 ? null : (
        <>
          <p>
            {frees === null
              ? t('deletion.freesUnknown')
              : t('deletion.freesExactly', {
                  size: formatBytes(t.locale, frees),
                  bytes: frees,
                })}{' '}
            {t('deletion.kept', { count: kept })}
          </p>
          <p className="dimmed">{t('deletion.collect')}</p>
        </>
      )}
    </>
  );
}

/** More than anybody reads. */
const MOST = 200;
