import { app, type BaseWindow, clipboard, dialog } from 'electron';
import type { Settings } from '../../shared/contract/settings.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { createTranslator, type Translator } from '../../shared/i18n/index.ts';
import type { Door } from '../api/door.ts';
import { localeOf } from '../api/settings.ts';
import { applyAppearance } from './appearance.ts';
import { chooseDestination } from './choose-destination.ts';
import { chooseFile } from './choose-file.ts';
import { confirmDeletion } from './confirm-deletion.ts';
import { confirmRevoke } from './confirm-revoke.ts';
import { confirmTrust } from './confirm-trust.ts';
import { saveFiles } from './save-files.ts';

/** The window as a door to the services: native dialogs, clipboard, menu and theme. */
export interface DesktopDoor extends Door {
  /** The language in use. */
  translator(): Translator;
  /** The window that dialogs are shown over, once there is one. */
  setWindow(window: BaseWindow): void;
}

/** Makes the door; until settings are applied it speaks the system's language. */
export function createDoor(withDeveloperTools: boolean): DesktopDoor {
  const preferredLanguages = () => app.getPreferredSystemLanguages();
  const translatorFor = (settings: Settings) =>
    createTranslator(localeOf(settings, preferredLanguages()));
  let t = translatorFor({ theme: 'system', language: 'system' });
  let parent: BaseWindow | undefined;
  return {
    kind: 'window',
    preferredLanguages,
    translator: () => t,
    setWindow: (window) => {
      parent = window;
    },
    applySettings: (settings) => {
      t = translatorFor(settings);
      applyAppearance(t, settings.theme, withDeveloperTools);
    },
    confirmTrust: (plan) => confirmTrust(plan, t, dialog, parent),
    confirmRevoke: (plan) => confirmRevoke(plan, t, dialog, parent),
    confirmDeletion: (deletion) => confirmDeletion(deletion, t, dialog, parent),
    chooseFile: (purpose) => chooseFile(purpose, t, dialog, parent),
    chooseDestination: (subject, format) => chooseDestination(subject, format, t, dialog, parent),
    handOverSecret: () => Promise.reject(new RegentError('SECRET_STAYS', {})),
    saveFiles: (files, name) => saveFiles(files, name, t, dialog, parent),
    copyText: (text) => clipboard.writeText(text),
  };
}
