import { ActionIcon } from '@mantine/core';
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import Equal from 'lucide-react/icons/equal';
import { useMemo } from 'react';
import { shortDigest } from '../../../shared/model/digest.ts';
import { problemIn } from '../../lib/errors.ts';
import { type ImageChoice, referenceTo } from '../../lib/image-place.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { RepositoryCrumbs } from '../../ui/repository-crumbs.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { blamedAddress } from './blamed-address.ts';
import { CompareBody } from './compare-body.tsx';
import './compare-screen.css';
import { Side } from './side.tsx';
import { exactly, useComparison, useSide } from './use-comparison.ts';

/** Two images side by side, of one repository or of any two: what they share, and where they differ. */
export function CompareScreen(props: { readonly left: ImageChoice; readonly right: ImageChoice }) {
  const t = useWords();
  const { left, right } = props;
  const [first, second] = [useSide(left), useSide(right)];
  const both = useMemo(
    () => ({ left: exactly(left, first.data), right: exactly(right, second.data) }),
    [left, first.data, right, second.data],
  );
  const areKnown = first.data !== undefined && second.data !== undefined;
  const comparison = useComparison(both, areKnown);
  const problem = problemIn(comparison);
  const refresh = (): void => {
    for (const asked of [first, second]) void asked.refetch();
    if (areKnown && problem) void comparison.refetch();
  };
  const show = (sides: typeof props): void => goTo({ screen: 'compare', ...sides });
  const swap = (): void => show({ left: right, right: left });
  useShortcuts({ r: refresh, x: swap });
  const isHere = left.address === right.address && left.repository === right.repository;
  const other = isHere ? shortDigest(right.reference) : referenceTo(right);
  const isSame = areKnown && both.left.reference === both.right.reference;
  const isLoading =
    (!areKnown && !first.error && !second.error) || (areKnown && comparison.isPending);
  return (
    <Page
      documentTitle={`${referenceTo(left)} ↔ ${other}`}
      fill
      title={
        <>
          <RepositoryCrumbs {...left} />
          <span dir="ltr">
            {shortDigest(left.reference)} ↔ {other}
          </span>
        </>
      }
      actions={
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('compare.swap')}
            title={`${t('compare.swap')} (X)`}
            onClick={swap}
          >
            <ArrowLeftRight size={15} aria-hidden="true" />
          </ActionIcon>
          <RefreshButton onRefresh={refresh} />
        </>
      }
    >
      <div className="sides">
        <Side
          name={t('compare.first')}
          choice={left}
          details={first}
          onPlatform={(platform) => show({ left: { ...left, platform }, right })}
        />
        <Side
          name={t('compare.second')}
          choice={right}
          details={second}
          onPlatform={(platform) => show({ left, right: { ...right, platform } })}
        />
      </div>
      {problem ? (
        <div className="fill-note">
          <RegistryProblem
            {...{ address: blamedAddress(problem, both), problem }}
            {...{ onRetry: refresh, onSignedIn: refresh }}
          />
        </div>
      ) : null}
      {isLoading ? (
        <div className="toolbar">
          <StatusBadge tone="busy" word={t('compare.loading')} />
        </div>
      ) : null}
      {isSame ? (
        <EmptyState
          icon={<Equal size={32} strokeWidth={1.25} />}
          title={t('compare.same')}
          text={t('compare.sameWhy', { digest: both.left.reference })}
        />
      ) : areKnown && comparison.data ? (
        <CompareBody
          both={both}
          comparison={comparison.data}
          label={t('compare.tabs', { left: left.reference, right: other })}
        />
      ) : null}
    </Page>
  );
}
