import { PasswordInput, TextInput } from '@mantine/core';
import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/shortest-passphrase.ts';
import { useWords } from '../../lib/words.tsx';

/** What opens encrypted files. */
export type KeyKind = 'passphrase' | 'key-file';

/** What was typed. */
export interface TypedKey {
  readonly passphrase: string;
  readonly again: string;
  readonly path: string;
}

/** Nothing was typed yet. */
export const noKey: TypedKey = { passphrase: '', again: '', path: '' };

/** The choice that was typed; null while it is not complete. */
export function readChoice(kind: KeyKind, key: TypedKey): SecretStoreChoice | null {
  if (kind === 'key-file') {
    const path = key.path.trim();
    return path === '' ? null : { kind, path };
  }
  const { again, passphrase } = key;
  return passphrase.length >= SHORTEST_PASSPHRASE && passphrase === again
    ? { kind, passphrase }
    : null;
}

/** The fields for a passphrase, twice, or for the path of a key file. */
export function KeyFields(props: {
  readonly kind: KeyKind;
  readonly value: TypedKey;
  readonly busy: boolean;
  readonly onChange: (value: TypedKey) => void;
}) {
  const t = useWords();
  const { busy, kind, onChange, value } = props;
  if (kind === 'key-file') {
    return (
      <TextInput
        label={t('accounts.store.keyFilePath')}
        description={t('accounts.store.keyFileNew')}
        value={value.path}
        onChange={(event) => onChange({ ...value, path: event.currentTarget.value })}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        disabled={busy}
      />
    );
  }
  const { again, passphrase } = value;
  const show = {
    visibilityToggleButtonProps: { 'aria-label': t('accounts.store.showPassphrase') },
    autoComplete: 'new-password',
    disabled: busy,
  } as const;
  const differs = again !== '' && !passphrase.startsWith(again);
  return (
    <>
      <PasswordInput
        {...show}
        label={t('accounts.store.passphrase')}
        description={t('accounts.store.short', { count: SHORTEST_PASSPHRASE })}
        value={passphrase}
        onChange={(event) => onChange({ ...value, passphrase: event.currentTarget.value })}
      />
      <PasswordInput
        {...show}
        label={t('accounts.store.again')}
        value={again}
        error={differs ? t('accounts.store.differs') : null}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
      />
    </>
  );
}
