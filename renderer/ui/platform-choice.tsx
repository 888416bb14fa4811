import { NativeSelect } from '@mantine/core';
import type { Translator } from '../../shared/i18n/words.ts';
import type { PlatformEntry } from '../../shared/model/image-details.ts';
import { useWords } from '../lib/words.tsx';

/** What a choice of platforms needs to know of each. */
export type PlatformName = Pick<PlatformEntry, 'platform' | 'missing'>;

/** Which image of an index is looked at; only its name where there is nothing to choose from. */
export function PlatformChoice(props: {
  readonly platforms: readonly PlatformName[];
  readonly chosen: string | null;
  readonly onPlatform: (platform: string) => void;
}) {
  const t = useWords();
  const { chosen } = props;
  const options = platformOptions(t, props.platforms);
  const name = chosen ?? t('image.noPlatform');
  if (options.every(({ value }) => value === chosen)) return name;
  const isThere = options.some(({ value }) => value === chosen);
  return (
    <NativeSelect
      size="xs"
      aria-label={t('image.fact.platform')}
      value={chosen ?? ''}
      onChange={(event) => props.onPlatform(event.currentTarget.value)}
      data={isThere ? options : [{ value: chosen ?? '', label: name, disabled: true }, ...options]}
    />
  );
}

/** The platforms of an index to choose from; those that the registry has lost can't be. */
export function platformOptions(t: Translator, platforms: readonly PlatformName[]) {
  return platforms.flatMap(({ platform, missing }) => {
    if (platform === null) return [];
    const label = missing ? t('image.missing', { platform }) : platform;
    return { value: platform, label, disabled: missing };
  });
}
