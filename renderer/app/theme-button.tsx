import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { useSettings } from '../lib/settings.ts';
import { useWords } from '../lib/words.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;
const following = { system: 'light', light: 'dark', dark: 'system' } as const;

/** Goes through the themes: system, light, dark. */
export function ThemeButton() {
  const t = useWords();
  const { settings, change } = useSettings();
  if (!settings) return null;
  const Icon = icons[settings.theme];
  const label = `${t('settings.theme')}: ${t(`settings.theme.${settings.theme}`)}`;
  return (
    <button
      type="button"
      className="status-button"
      aria-label={label}
      title={label}
      onClick={() => change({ ...settings, theme: following[settings.theme] })}
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}
