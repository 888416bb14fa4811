import { useQuery } from '@tanstack/react-query';
import { formatAge } from '../../../shared/i18n/words.ts';
import type { Account } from '../../../shared/model/account.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';

/** In one line: what kind of secret it is, where it is kept, and when it last worked. */
export function AccountFacts({ account }: { readonly account: Account }) {
  const t = useWords();
  const { api } = useRegent();
  const store = useQuery(api.accounts.store.queryOptions());
  const { kind, source, workedAt } = account;
  const facts = [
    t(`accounts.kind.${kind}`),
    t(`accounts.place.${source}`, { name: store.data?.keychain.name ?? '…' }),
    workedAt === null
      ? t('accounts.workedNever')
      : t('accounts.worked', { when: formatAge(t.locale, workedAt, Date.now()) }),
  ];
  return <div className="dimmed">{facts.join(' · ')}</div>;
}
