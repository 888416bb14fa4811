import type { LucideIcon } from 'lucide-react';
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import CopyPlus from 'lucide-react/icons/copy-plus';
import ListChecks from 'lucide-react/icons/list-checks';
import Plus from 'lucide-react/icons/plus';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import SquareArrowRight from 'lucide-react/icons/square-arrow-right';
import type { PaletteItem } from '../features/palette/palette-item.ts';
import { pressShortcut } from '../lib/keys.ts';
import { goTo, useRoute } from '../lib/navigation.ts';
import type { Route } from '../lib/routes.ts';
import { useTasks } from '../lib/tasks.tsx';
import { useWords } from '../lib/words.tsx';
import { keyOfSection, keyWith } from './sections.ts';

/** Screens that have nothing to look at again. */
const STANDS_STILL: ReadonlySet<Route['screen']> = new Set(['home', 'add', 'settings'] as const);

const icon = { size: 14, 'aria-hidden': true } as const;

/** What can be done and gone to from anywhere, for the palette of commands. */
export function useCommands(): readonly PaletteItem[] {
  const t = useWords();
  const here = useRoute();
  const { showPanel } = useTasks();
  const screen = (to: Route, label: string): PaletteItem => ({
    id: `screen ${to.screen}`,
    group: 'screen',
    label,
    icon: <SquareArrowRight {...icon} />,
    hint: keyOfSection(to.screen)?.hint,
    run: () => goTo(to),
  });
  /** The key is that of the screen, which hears it once nothing covers it any more. */
  const press = (key: string, label: string, Icon: LucideIcon): PaletteItem => ({
    id: `press ${key}`,
    group: 'action',
    label,
    icon: <Icon {...icon} />,
    hint: key,
    run: () => requestAnimationFrame(() => pressShortcut(key.toLowerCase())),
  });
  const onImage = [
    press('V', t('image.compare'), ArrowLeftRight),
    press('T', t('image.copyTo'), CopyPlus),
  ];
  return [
    {
      id: 'add',
      group: 'action',
      label: t('registries.rail.add'),
      icon: <Plus {...icon} />,
      hint: keyWith('N').hint,
      run: () => goTo({ screen: 'add', text: '', demo: false }),
    },
    ...(STANDS_STILL.has(here.screen) ? [] : [press('R', t('browse.refresh'), RefreshCw)]),
    ...(here.screen === 'image' ? onImage : []),
    ...(here.screen === 'compare' ? [press('X', t('compare.swap'), ArrowLeftRight)] : []),
    {
      id: 'tasks',
      group: 'action',
      label: t('browse.palette.showTasks'),
      icon: <ListChecks {...icon} />,
      run: () => showPanel(true),
    },
    screen({ screen: 'home' }, t('registries.rail.title')),
    screen({ screen: 'images' }, t('registries.rail.images')),
    screen({ screen: 'trust' }, t('registries.rail.trust')),
    screen({ screen: 'accounts' }, t('registries.rail.accounts')),
    screen({ screen: 'settings' }, t('registries.rail.settings')),
  ];
}
