import type { Problem } from '../../../shared/errors/index.ts';
import { explainHere } from '../../../shared/i18n/words.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useIsRowNear, useRowTabIndex } from '../../ui/data-table/row-context.ts';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { needsLogin, wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import type { TagDetails } from './tag-details.ts';
import { useSameAs, useTagDetail } from './use-tag-details.ts';

/** A tag's name, and the most exact other tag that names the same digest. */
export function NameCell(props: { readonly details: TagDetails; readonly name: string }) {
  const t = useWords();
  const { name } = props;
  const [same, ...more] = useSameAs(props.details, name);
  return (
    <>
      <span className="clip" dir="ltr" title={name}>
        {name}
      </span>
      {same === undefined ? null : (
        <span
          className="same-as"
          dir="ltr"
          title={t('browse.sameAs', { tags: listOf([same, ...more]) })}
        >
          = {same}
          {more.length === 0 ? null : ` +${more.length}`}
        </span>
      )}
    </>
  );
}

const listOf = (tags: readonly string[]): string => tags.join(', ');

/** One fact of a tag, once it is known. */
export function DetailCell(props: {
  readonly details: TagDetails;
  readonly name: string;
  readonly show: (tag: Tag) => string;
  readonly title?: (tag: Tag) => string;
}) {
  const detail = useTagDetail(props.details, props.name);
  if (detail?.state !== 'ready') return null;
  return (
    <span className="clip" dir="auto" title={props.title?.(detail.tag)}>
      {props.show(detail.tag)}
    </span>
  );
}

/** A tag's digest, short, with a button that copies all of it; or why it isn't known. */
export function DigestCell(props: {
  readonly address: string;
  readonly details: TagDetails;
  readonly name: string;
  readonly show: (digest: string) => string;
}) {
  const t = useWords();
  const tabIndex = useRowTabIndex();
  const isNear = useIsRowNear();
  const askToSignIn = useAskToSignIn();
  const { details, name } = props;
  const mend = (problem: Problem): void => {
    const retry = () => details.retry(name);
    if (needsLogin(problem)) askToSignIn(wishFor(problem, props.address, retry));
    else retry();
  };
  const detail = useTagDetail(details, name);
  switch (detail?.state) {
    case 'ready':
      return (
        <>
          <code dir="ltr" title={detail.tag.digest}>
            {props.show(detail.tag.digest)}
          </code>
          {isNear ? (
            <span className="row-only">
              <CopyButton
                text={detail.tag.digest}
                label={t('browse.copyDigest', { tag: name })}
                tabIndex={tabIndex}
              />
            </span>
          ) : null}
        </>
      );
    case 'failed':
      return (
        <button
          type="button"
          className="text-button clip"
          tabIndex={tabIndex}
          title={explainHere(t, detail.problem).what}
          onClick={() => mend(detail.problem)}
        >
          {t(needsLogin(detail.problem) ? 'registries.signIn.again' : 'browse.detailFailed')}
        </button>
      );
    default:
      return <span className="placeholder-bar" aria-hidden="true" />;
  }
}

/** The button that pulls a row's tag. */
export function PullCell(props: {
  readonly name: string;
  readonly onPull: (name: string) => void;
}) {
  const t = useWords();
  return (
    <button
      type="button"
      className="row-button"
      tabIndex={useRowTabIndex()}
      aria-label={t('browse.pullTag', { tag: props.name })}
      title={`${t('browse.pull')} (P)`}
      onClick={() => props.onPull(props.name)}
    >
      {t('browse.pull')}
    </button>
  );
}
