import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { problemIn, problemUnlessDismissed } from '../../lib/errors.ts';
import { type ImagePlace, referenceTo } from '../../lib/image-place.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type SaveOrder, useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { RepositoryCrumbs } from '../../ui/repository-crumbs.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { V1Note } from '../../ui/v1-note.tsx';
import { ImageActions } from './image-actions.tsx';
import { ImageBody } from './image-body.tsx';
import './image-screen.css';

/** Long work that could not even begin. */
interface FailedStart {
  readonly problem: Problem;
  readonly retry: () => void;
}

/** One image or artifact: what it is, what it is made of, and what can be done with it. */
export function ImageScreen({ image }: { readonly image: ImagePlace }) {
  const t = useWords();
  const { api } = useRegent();
  const [platform, setPlatform] = useState<string>();
  const { address, reference } = image;
  const wish = platform === undefined ? image : { ...image, platform };
  const details = useQuery({
    ...api.repositories.inspect.queryOptions({ input: wish }),
    placeholderData: keepPreviousData,
  });
  const { pull, save } = useTasks();
  const [failed, setFailed] = useState<FailedStart | null>(null);
  const begin = (start: () => Promise<void>): void => {
    start().then(
      () => setFailed(null),
      (error: unknown) => {
        const problem = problemUnlessDismissed(error);
        setFailed(problem && { problem, retry: () => begin(start) });
      },
    );
  };
  const saveAs = (format: SaveOrder['format']): void => {
    const chosen = details.data?.image?.platform ?? null;
    // What docker reads holds one image.
    const one = format === 'docker-archive' && chosen !== null ? { platform: chosen } : {};
    begin(() => save({ ...image, ...one, format }));
  };
  const refresh = (): void => void details.refetch();
  useShortcuts({ r: refresh });
  const unread = problemIn(details);
  const problem = unread ?? failed?.problem ?? null;
  const retry = unread ? refresh : (failed?.retry ?? refresh);
  return (
    <Page
      documentTitle={referenceTo(image)}
      fill
      title={
        <>
          <RepositoryCrumbs {...image} />
          <span dir="ltr">{reference}</span>
        </>
      }
      actions={
        <>
          {details.data ? (
            <ImageActions
              place={image}
              details={details.data}
              platform={platform}
              onPull={() => begin(() => pull(referenceTo(image), platform))}
              onSave={saveAs}
            />
          ) : null}
          <RefreshButton onRefresh={refresh} />
        </>
      }
    >
      <V1Note address={address} />
      {problem ? (
        <div className="fill-note">
          <RegistryProblem {...{ address, problem, onRetry: retry, onSignedIn: retry }} />
        </div>
      ) : null}
      {details.data ? (
        <ImageBody place={image} details={details.data} onPlatform={setPlatform} />
      ) : null}
      {details.isPending ? (
        <div className="toolbar">
          <StatusBadge tone="busy" word={t('image.loading')} />
        </div>
      ) : null}
    </Page>
  );
}
