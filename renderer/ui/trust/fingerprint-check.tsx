import { TextInput } from '@mantine/core';
import { useWords } from '../../lib/words.tsx';
import { Fingerprint } from '../fingerprint.tsx';
import { StatusBadge, type Tone } from '../status-badge.tsx';
import type { Comparison } from './compare-fingerprint.ts';
import './fingerprint-check.css';

const tones: Readonly<Record<Exclude<Comparison, 'none'>, Tone>> = {
  match: 'good',
  mismatch: 'bad',
  other: 'attention',
  unreadable: 'attention',
};

/** The fingerprint of the certificate to be trusted, and a field to compare it with one that was given. */
export function FingerprintCheck(props: {
  readonly sha256: string;
  readonly typed: string;
  readonly comparison: Comparison;
  readonly isGiven: boolean;
  readonly onType: (text: string) => void;
}) {
  const t = useWords();
  const { comparison } = props;
  return (
    <div className="fingerprint-check">
      <dl className="facts">
        <dt>{t('common.certificate.fingerprint')}</dt>
        <dd>
          <Fingerprint sha256={props.sha256} />
        </dd>
      </dl>
      <TextInput
        label={
          props.isGiven
            ? t('registries.certificate.demoGave')
            : t('registries.certificate.compareLabel')
        }
        {...(props.isGiven ? {} : { description: t('registries.certificate.compareHint') })}
        placeholder={t('registries.certificate.comparePlaceholder')}
        value={props.typed}
        onChange={(event) => props.onType(event.currentTarget.value)}
        classNames={{ input: 'fingerprint-input' }}
        spellCheck={false}
        autoComplete="off"
      />
      <div aria-live="polite">
        {comparison === 'none' ? null : (
          <StatusBadge
            tone={tones[comparison]}
            word={t(`registries.certificate.compare.${comparison}`)}
          />
        )}
      </div>
    </div>
  );
}
