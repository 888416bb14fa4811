import type { ReactNode } from 'react';
import { formatBytes, formatDate } from '../../../shared/i18n/words.ts';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlatformChoice } from '../../ui/platform-choice.tsx';

/** What an image is, in a few lines; for an index also which of its images is looked at. */
export function ImageFactsList(props: {
  readonly details: ImageDetails;
  readonly onPlatform: (platform: string) => void;
}) {
  const t = useWords();
  const { details } = props;
  const { image, kind, detail, digest, subject } = details;
  const kindWord = t(`image.kind.${kind}`);
  return (
    <dl className="image-facts">
      <Fact name={t('image.fact.kind')}>
        {detail === null ? kindWord : t('image.kindWith', { kind: kindWord, detail })}
      </Fact>
      <Fact name={t('image.fact.digest')}>
        <code dir="ltr">{digest}</code>
        <CopyButton text={digest} label={t('image.copyDigest')} />
      </Fact>
      {subject === null ? null : (
        <Fact name={t('image.fact.subject')}>
          <code dir="ltr">{subject}</code>
        </Fact>
      )}
      <Fact name={t('image.fact.platform')}>
        <PlatformChoice
          platforms={details.platforms}
          chosen={image?.platform ?? null}
          onPlatform={props.onPlatform}
        />
      </Fact>
      <Fact name={t('image.fact.size')}>
        <Size details={details} />
      </Fact>
      <Fact name={t('image.fact.created')}>
        {image?.created ? formatDate(t.locale, image.created) : t('image.notStated')}
      </Fact>
      {image?.author ? <Fact name={t('image.fact.author')}>{image.author}</Fact> : null}
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="image-fact">
      <dt>{props.name}</dt>
      <dd dir="auto">{props.children}</dd>
    </div>
  );
}

function Size({ details: { image, storedSize, platforms } }: { readonly details: ImageDetails }) {
  const t = useWords();
  const bytes = (size: number) => formatBytes(t.locale, size);
  const size = image?.size ?? null;
  const words = [
    size === null ? null : t('image.toFetch', { size: bytes(size) }),
    storedSize === null || platforms.length < 2
      ? null
      : t('image.stored', { size: bytes(storedSize) }),
  ].filter((word) => word !== null);
  return words.length === 0 ? t('image.notStated') : words.join(' · ');
}
