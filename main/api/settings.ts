import { join } from 'node:path';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import {
  type Settings,
  type settingsContract,
  settingsSchema,
} from '../../shared/contract/settings.ts';
import { chooseLocale, type Locale } from '../../shared/i18n/index.ts';
import type { Paths } from '../platform/paths.ts';
import { openStateFile, type StateFile } from '../platform/state-file.ts';
import { cacheStatus, clearCache } from './cache.ts';
import type { Services } from './services.ts';

/** Opens the user's settings; they follow the system until something is chosen. */
export function openSettings(paths: Paths): StateFile<Settings> {
  return openStateFile(join(paths.data, 'settings.json'), settingsSchema, {
    theme: 'system',
    language: 'system',
  });
}

/** The language to speak: the chosen one, else the first of the preferred ones that Regent knows. */
export function localeOf(settings: Settings, preferred: readonly string[]): Locale {
  return settings.language === 'system' ? chooseLocale(preferred) : settings.language;
}

/** Serves the settings domain. */
export function settingsHandlers(services: Services): DomainHandlers<typeof settingsContract> {
  const { settings: file, door } = services;
  return {
    get: async () => {
      const settings = await file.read();
      return { settings, locale: localeOf(settings, door.preferredLanguages()) };
    },
    set: async (chosen) => {
      const settings = await file.update(() => chosen);
      door.applySettings(settings);
      return { settings };
    },
    cache: () => cacheStatus(services),
    clearCache: () => clearCache(services),
    copyText: ({ text }) => {
      door.copyText(text);
      return { copied: true };
    },
  };
}
