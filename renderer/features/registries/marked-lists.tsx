import type { MarkedRepository } from '../../../shared/model/marks.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useMarks } from '../../lib/use-marks.ts';
import { useWords } from '../../lib/words.tsx';
import { StarButton } from '../../ui/star-button.tsx';
import './marked-lists.css';

/** How many of those opened last are offered. */
const RECENTS = 8;

/** Favourites and what was opened last: of one registry, or of all when none is given. Nothing while there are none. */
export function MarkedLists(props: { readonly address?: string }) {
  const t = useWords();
  const { address } = props;
  const { marks, isFavourite, toggle } = useMarks();
  const isHere = (one: MarkedRepository): boolean =>
    address === undefined || one.address === address;
  const lists = [
    { title: t('browse.favourites'), items: marks.favourites.filter(isHere) },
    {
      title: t('browse.recents'),
      items: marks.recents.filter((one) => isHere(one) && !isFavourite(one)).slice(0, RECENTS),
    },
  ].filter(({ items }) => items.length > 0);
  if (lists.length === 0) return null;
  return (
    <div className="marked-lists">
      {lists.map(({ title, items }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {items.map((one) => (
              <li key={`${one.address}/${one.repository}`}>
                <a
                  className="clip"
                  href={hrefOf({
                    screen: 'repository',
                    address: one.address,
                    repository: one.repository,
                  })}
                  title={`${one.address}/${one.repository}`}
                  dir="ltr"
                >
                  {address === undefined ? <span className="dimmed">{one.address}/</span> : null}
                  {one.repository}
                </a>
                <StarButton
                  repository={one.repository}
                  isFavourite={isFavourite(one)}
                  onToggle={() => toggle(one)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
