import { formatBytes, formatDate } from '../../../shared/i18n/words.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import { problemIn } from '../../lib/errors.ts';
import { type ImageChoice, referenceTo } from '../../lib/image-place.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { PlatformChoice } from '../../ui/platform-choice.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import type { useSide } from './use-comparison.ts';

/** One of two images: what it is called, which one of its platforms is compared, and what it weighs; or why it isn't known. */
export function Side(props: {
  readonly name: string;
  readonly choice: ImageChoice;
  readonly details: ReturnType<typeof useSide>;
  readonly onPlatform: (platform: string) => void;
}) {
  const t = useWords();
  const { choice, details } = props;
  const { address, repository, reference } = choice;
  const image = details.data?.image;
  const problem = problemIn(details);
  const retry = (): void => void details.refetch();
  const others = problem?.code === 'PLATFORM_NOT_FOUND' ? problem.data.platforms : [];
  const platforms =
    details.data?.platforms ?? others.map((platform) => ({ platform, missing: false }));
  const facts = [
    image ? shortDigest(image.digest) : null,
    image?.size ? formatBytes(t.locale, image.size) : null,
    image?.created ? formatDate(t.locale, image.created) : null,
  ].filter((fact) => fact !== null);
  return (
    <section className="side" aria-label={props.name}>
      <h2>{props.name}</h2>
      <a
        className="side-name clip"
        href={hrefOf({ screen: 'image', address, repository, reference })}
        title={referenceTo(choice)}
        dir="ltr"
      >
        {referenceTo(choice)}
      </a>
      {details.data || platforms.length > 0 ? (
        <p className="side-facts">
          <PlatformChoice
            platforms={platforms}
            chosen={image?.platform ?? choice.platform ?? null}
            onPlatform={props.onPlatform}
          />
          <span className="clip">{facts.join(' · ')}</span>
        </p>
      ) : null}
      {problem ? (
        <RegistryProblem {...{ address, problem, onRetry: retry, onSignedIn: retry }} />
      ) : null}
    </section>
  );
}
