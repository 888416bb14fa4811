import type { Translator } from '../../../shared/i18n/index.ts';

/** A moment for people, to the minute and in this machine's time zone. `iso` is ISO 8601; other text stays. */
export function formatMoment({ locale }: Pick<Translator, 'locale'>, iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time)
    ? iso
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
