import { isDigest } from '../../shared/model/digest.ts';
import { hrefOf } from '../lib/routes.ts';
import { Crumb } from './crumb.tsx';

/** The way to an image's repository, in the title of a screen about it; the mark after it says what kind of reference follows. */
export function RepositoryCrumbs(props: {
  readonly address: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
}) {
  const { address, repository, reference } = props;
  return (
    <>
      <Crumb href={hrefOf({ screen: 'registry', address })} text={address} mark=" / " />
      <Crumb
        href={hrefOf({ screen: 'repository', address, repository })}
        text={repository}
        mark={isDigest(reference) ? ' @ ' : ' : '}
      />
    </>
  );
}
