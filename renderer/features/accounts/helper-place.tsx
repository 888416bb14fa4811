import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import { useWords } from '../../lib/words.tsx';

/** Where the helper is, and for which registries it is named. */
export function HelperPlace({ status }: { readonly status: HelperStatus }) {
  const t = useWords();
  const { configPath, others, path, routes } = status;
  return (
    <details>
      <summary>{t('accounts.helper.details')}</summary>
      <dl className="accounts-facts">
        <dt>{t('accounts.helper.program')}</dt>
        <dd>
          <code dir="ltr">{path}</code>
        </dd>
        <dt>{t('accounts.helper.config')}</dt>
        <dd>
          <code dir="ltr">{configPath}</code>
        </dd>
        <dt>{t('accounts.helper.routes')}</dt>
        <dd>
          {routes.length === 0
            ? t('accounts.helper.noRoutes')
            : routes.map((route) => (
                <div key={route} dir="ltr">
                  {route}
                </div>
              ))}
        </dd>
        {others.length === 0 ? null : (
          <>
            <dt>{t('accounts.helper.others')}</dt>
            <dd>
              {others.map(({ helper, addresses }) => (
                <div key={helper} dir="ltr">
                  {t('accounts.helper.otherStore', {
                    helper,
                    addresses: addresses.join(', ') || t('accounts.helper.noRoutes'),
                  })}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}
