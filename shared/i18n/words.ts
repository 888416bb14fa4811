// How to put messages into words, without the messages: the window loads those of one language only.
export { explain, explainHere } from './explain.ts';
export { daysUntil, formatAge, formatBytes, formatClock, formatDate } from './format.ts';
export { chooseLocale, type Locale, locales } from './locale.ts';
export { nameAccount } from './name-account.ts';
export { sayChange } from './say-change.ts';
export { nameLogin, sayFoundLogin } from './say-found-login.ts';
export { sayRepair } from './say-repair.ts';
export { saySignIn } from './say-sign-in.ts';
export { type MessageKey, type Translator, translatorOf } from './translator.ts';
