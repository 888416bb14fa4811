// How to put messages into words, without the messages: the window loads those of one language only.
export { explain } from './explain.ts';
export { daysUntil, formatAge, formatBytes, formatDate } from './format.ts';
export { chooseLocale, type Locale, locales } from './locale.ts';
export { sayChange } from './say-change.ts';
export { saySignIn } from './say-sign-in.ts';
export { type MessageKey, type Translator, translatorOf } from './translator.ts';
