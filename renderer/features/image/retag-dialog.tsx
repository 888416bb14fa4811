import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import type { ImagePlace } from '../../lib/image-place.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Gives an image one more tag; nothing is pulled or pushed. */
export function RetagDialog(props: { readonly place: ImagePlace; readonly onClose: () => void }) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address, repository, reference } = props.place;
  const [tag, setTag] = useState('');
  const retag = useMutation(
    api.repositories.retag.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries({ queryKey: api.repositories.tags.key() });
        goTo({ screen: 'image', address, repository, reference: tag.trim() });
      },
    }),
  );
  const start = (): void => {
    if (tag.trim() !== '') retag.mutate({ address, repository, reference, tag: tag.trim() });
  };
  return (
    <ConfirmDialog
      opened
      title={t('image.retag.title', { name: `${repository} ${reference}` })}
      confirmLabel={t('image.retag.confirm')}
      busy={retag.isPending}
      problem={problemIn(retag)}
      onConfirm={start}
      onClose={props.onClose}
    >
      <TextInput
        label={t('image.retag.tag')}
        description={t('image.retag.means')}
        value={tag}
        dir="ltr"
        maxLength={128}
        data-autofocus
        onChange={(event) => setTag(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') start();
        }}
      />
    </ConfirmDialog>
  );
}
