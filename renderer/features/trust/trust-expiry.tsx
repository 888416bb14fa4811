import type { TrustEntry } from '../../../shared/model/trust.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';

const tones: Readonly<Record<TrustEntry['expiry'], Tone>> = {
  fine: 'good',
  soon: 'attention',
  expired: 'bad',
};

/** Until when a trusted certificate is valid; from 30 days before its end with the way to look for a new one. */
export function TrustExpiry({ entry }: { readonly entry: TrustEntry }) {
  const t = useWords();
  const { address, daysLeft, expiry } = entry;
  if (daysLeft === null) return null;
  const days =
    daysLeft >= 0
      ? t('common.certificate.daysLeft', { days: daysLeft })
      : t('common.certificate.expiredDays', { days: -daysLeft });
  return (
    <>
      <StatusBadge
        tone={tones[expiry]}
        word={expiry === 'soon' ? `${t(`common.expiry.${expiry}`)}, ${days}` : days}
      />
      {expiry === 'fine' ? null : (
        <a href={hrefOf({ screen: 'add', text: address, demo: false })}>
          {t('registries.trust.lookForNew')}
        </a>
      )}
    </>
  );
}
