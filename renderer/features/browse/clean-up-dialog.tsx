import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { DeletionWish } from '../../../shared/model/deletion.ts';
import { useWords } from '../../lib/words.tsx';
import { DeletionDialog } from '../../ui/deletion/deletion-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** What stands in the fields. */
interface Rule {
  readonly keep: string;
  readonly days: string;
  readonly pattern: string;
}

/** Deletes by a rule: asks for it, then shows what it fits, and leads back to change it. */
export function CleanUpDialog(props: {
  readonly address: string;
  readonly repository: string;
  readonly onClose: () => void;
  readonly onDeleted: (images: number) => void;
}) {
  const t = useWords();
  const { onClose, ...place } = props;
  const [rule, setRule] = useState<Rule>({ keep: '', days: '', pattern: '' });
  const [wish, setWish] = useState<DeletionWish | null>(null);
  const title = t('browse.cleanUpTitle', { repository: place.repository });
  if (wish) {
    return <DeletionDialog {...place} title={title} wish={wish} onClose={() => setWish(null)} />;
  }
  const isEmpty = Object.values(rule).every((text) => text.trim() === '');
  const look = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty) setWish(wishOf(rule));
  };
  const field = (name: keyof Rule) => ({
    label: t(`browse.cleanUp.${name}`),
    description: t(`browse.cleanUp.${name}Means`),
    value: rule[name],
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      setRule({ ...rule, [name]: event.currentTarget.value }),
  });
  const numeric = { type: 'number', min: 0, max: 999_999 } as const;
  return (
    <Dialog opened title={title} onClose={onClose}>
      <form className="clean-up" onSubmit={look}>
        <p>{t('browse.cleanUp.means')}</p>
        <TextInput {...field('keep')} {...numeric} step={1} data-autofocus />
        <TextInput {...field('days')} {...numeric} step="any" />
        <TextInput {...field('pattern')} dir="ltr" maxLength={200} spellCheck={false} />
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {t('browse.cancel')}
          </Button>
          <Button type="submit" disabled={isEmpty}>
            {t('browse.cleanUp.look')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wishOf({ keep, days, pattern }: Rule): DeletionWish {
  return {
    ...(keep === '' ? {} : { keepNewest: Number(keep) }),
    ...(days === '' ? {} : { olderThanDays: Number(days) }),
    ...(pattern.trim() === '' ? {} : { pattern: pattern.trim() }),
  };
}
