export { explain } from './explain.ts';
export { daysUntil, formatAge, formatBytes, formatDate } from './format.ts';
export { chooseLocale, type Locale, locales } from './locale.ts';
export { sayChange } from './say-change.ts';
export {
  createTranslator,
  type MessageKey,
  type Translator,
} from './translator.ts';
