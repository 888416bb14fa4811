import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../shared/model/account.ts';
import type { LoginReach } from '../../../shared/model/helper-status.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { HelperDialog } from './helper-dialog.tsx';

const tones: Readonly<Record<LoginReach['finds'], Tone>> = {
  regent: 'good',
  'other-helper': 'attention',
  plaintext: 'attention',
  nothing: 'off',
};

/** Who uses a registry's account in use, and what the others do instead. */
export function AccountUsers(props: {
  readonly address: string;
  readonly account: Account | null;
}) {
  const t = useWords();
  const { api } = useRegent();
  const helper = useQuery(api.accounts.helperStatus.queryOptions());
  const [isAsking, setAsking] = useState(false);
  const { account, address } = props;
  const reach = helper.data?.reach.filter((one) => one.address === address) ?? [];
  if (!account) {
    return (
      <div className="account-users">
        <StatusBadge tone="attention" word={t('accounts.noneInUse')} />
      </div>
    );
  }
  const label = t('accounts.usedBy');
  return (
    <div className="account-users">
      <span className="dimmed" aria-hidden="true">
        {label}
      </span>
      <ul aria-label={label}>
        <li>
          <StatusBadge tone="good" word={t('common.product')} />
        </li>
        {reach.map(({ finds, helper: other, program }) => (
          <li key={program}>
            <StatusBadge
              tone={tones[finds]}
              word={t(`accounts.reach.${finds}`, { program, helper: other ?? '' })}
            />
          </li>
        ))}
      </ul>
      {reach.some(({ finds }) => finds === 'nothing') ? (
        <button
          type="button"
          className="text-button"
          aria-label={t('accounts.reach.letOf', { address })}
          onClick={() => setAsking(true)}
        >
          {t('accounts.reach.let')}
        </button>
      ) : null}
      <HelperDialog address={address} opened={isAsking} onClose={() => setAsking(false)} />
    </div>
  );
}
