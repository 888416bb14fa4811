import type { Problem } from '../../../shared/errors/index.ts';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { MarkedLists } from './marked-lists.tsx';
import { OpenByName } from './open-by-name.tsx';

/** Problems under which a repository may still be opened when one knows its name. */
const OPENS_BY_NAME = new Set([
  ...['CATALOG_UNAVAILABLE', 'SEARCH_UNAVAILABLE', 'NAMESPACE_NEEDED'],
  ...['ACCESS_DENIED', 'REGISTRY_ERROR'],
]);

/** Why the repositories can't be listed, and the ways on. */
export function RepositoriesProblem(props: {
  readonly address: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
}) {
  const { address, problem } = props;
  return (
    <div className="page-body flow-content">
      <RegistryProblem {...props} />
      {OPENS_BY_NAME.has(problem.code) ? (
        <>
          <OpenByName address={address} />
          <MarkedLists address={address} />
        </>
      ) : null}
    </div>
  );
}
