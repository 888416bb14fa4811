import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Box from 'lucide-react/icons/box';
import Server from 'lucide-react/icons/server';
import SquareArrowOutUpRight from 'lucide-react/icons/square-arrow-out-up-right';
import Star from 'lucide-react/icons/star';
import { useMemo } from 'react';
import { goTo } from '../../lib/navigation.ts';
import { routeOfReference } from '../../lib/read-reference.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { inGroups, matchItems, type PaletteItem } from './palette-item.ts';

/** How many repositories are offered: few before anything is written, then enough to choose from. */
const FIRST_HITS = 6;
const HITS = 40;
/** The longest text that is looked for. */
const LONGEST = 300;

const icon = { size: 14, 'aria-hidden': true } as const;

/** What the palette offers for a text: written references, repositories of all registries, registries, and commands. */
export function usePaletteItems(
  text: string,
  commands: readonly PaletteItem[],
): readonly PaletteItem[] {
  const { api } = useRegent();
  const wanted = text.trim().slice(0, LONGEST);
  const registries = useQuery(api.registries.list.queryOptions({ staleTime: Infinity }));
  const found = useQuery(
    api.repositories.search.queryOptions({
      input: { text: wanted, limit: wanted === '' ? FIRST_HITS : HITS },
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  );
  return useMemo(() => {
    const addresses = registries.data?.map(({ address }) => address) ?? [];
    const route = routeOfReference(wanted, addresses);
    const opens: readonly PaletteItem[] = route
      ? [
          {
            id: 'open',
            group: 'open',
            label: wanted,
            icon: <SquareArrowOutUpRight {...icon} />,
            run: () => goTo(route),
          },
        ]
      : [];
    const old = found.isPlaceholderData ? wanted.toLowerCase().split(/\s+/) : [];
    const hits = (found.data?.hits ?? [])
      // Of an answer to an older text only what fits the new one, too: Enter may come before the new answer.
      .filter((hit) => old.every((word) => `${hit.address}/${hit.repository}`.includes(word)))
      .map(
        ({ address, repository, favourite }): PaletteItem => ({
          id: `repository ${address}/${repository}`,
          group: 'repository',
          label: repository,
          before: `${address}/`,
          icon: favourite ? <Star {...icon} className="star-on" /> : <Box {...icon} />,
          run: () => goTo({ screen: 'repository', address, repository }),
        }),
      );
    const servers = addresses.map(
      (address): PaletteItem => ({
        id: `registry ${address}`,
        group: 'registry',
        label: address,
        icon: <Server {...icon} />,
        run: () => goTo({ screen: 'registry', address }),
      }),
    );
    return inGroups([...opens, ...hits, ...matchItems([...servers, ...commands], wanted)]);
  }, [registries.data, found.data, found.isPlaceholderData, wanted, commands]);
}
