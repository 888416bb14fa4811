import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { isDigest } from '../../../shared/model/digest.ts';
import type { PlatformEntry } from '../../../shared/model/image-details.ts';
import { isRepository, isTag } from '../../../shared/model/reference.ts';
import { problemIn } from '../../lib/errors.ts';
import type { ImageChoice } from '../../lib/image-place.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { platformOptions } from '../../ui/platform-choice.tsx';

const WHOLE = '';

/** Copies an image to another repository or registry, with no engine: asks where to, and what of it. */
export function CopyDialog(props: {
  readonly choice: ImageChoice;
  readonly platforms: readonly PlatformEntry[];
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { copy } = useTasks();
  const { address, repository: from, reference, platform: chosen } = props.choice;
  const registries = useQuery(api.registries.list.queryOptions({ staleTime: Infinity }));
  const addresses = [...new Set([...(registries.data ?? []).map((one) => one.address), address])];
  const [registry, setRegistry] = useState<string>();
  const [repository, setRepository] = useState(from);
  const [tag, setTag] = useState(isDigest(reference) ? '' : reference);
  const [platform, setPlatform] = useState(chosen ?? WHOLE);
  const [referrers, setReferrers] = useState(true);
  const [isAsked, setAsked] = useState(false);
  const starting = useMutation({ mutationFn: copy, onSuccess: props.onClose });
  const target = {
    address: registry ?? addresses.find((one) => one !== address) ?? address,
    ...{ repository: repository.trim(), tag: tag.trim() },
  };
  const isSamePlace =
    target.address === address && target.repository === from && target.tag === reference;
  const wrongRepository = isRepository(target.repository) ? null : t('image.copyTo.badRepository');
  const wrongTag = isTag(target.tag)
    ? isSamePlace
      ? t('image.copyTo.same')
      : null
    : t('image.copyTo.badTag');
  const start = (): void => {
    setAsked(true);
    if (wrongRepository !== null || wrongTag !== null) return;
    const one = platform === WHOLE ? {} : { platform };
    starting.mutate({ address, repository: from, reference, ...one, target, referrers });
  };
  const field = {
    dir: 'ltr',
    spellCheck: false,
    autoCapitalize: 'none',
    autoComplete: 'off',
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') start();
    },
  } as const;
  const platforms = platformOptions(t, props.platforms);
  return (
    <ConfirmDialog
      opened
      title={t('image.copyTo.title', { name: `${from} ${reference}` })}
      confirmLabel={t('image.copyTo.confirm')}
      busy={starting.isPending}
      problem={problemIn(starting)}
      onConfirm={start}
      onClose={props.onClose}
    >
      <NativeSelect
        label={t('image.copyTo.registry')}
        data-autofocus
        value={target.address}
        data={addresses}
        onChange={(event) => setRegistry(event.currentTarget.value)}
      />
      <TextInput
        {...field}
        label={t('image.copyTo.repository')}
        value={repository}
        maxLength={255}
        error={isAsked ? wrongRepository : null}
        onChange={(event) => setRepository(event.currentTarget.value)}
      />
      <TextInput
        {...field}
        label={t('image.copyTo.tag')}
        description={t('image.retag.means')}
        value={tag}
        maxLength={128}
        error={isAsked ? wrongTag : null}
        onChange={(event) => setTag(event.currentTarget.value)}
      />
      {platforms.length < 2 ? null : (
        <NativeSelect
          label={t('image.copyTo.platform')}
          value={platform}
          data={[{ value: WHOLE, label: t('image.copyTo.whole') }, ...platforms]}
          onChange={(event) => setPlatform(event.currentTarget.value)}
        />
      )}
      <Checkbox
        label={t('image.copyTo.referrers')}
        checked={referrers}
        onChange={(event) => setReferrers(event.currentTarget.checked)}
      />
    </ConfirmDialog>
  );
}
