/** The languages that Regent speaks. */
export const locales = ['en', 'ko', 'pl'] as const;
export type Locale = (typeof locales)[number];

/**
 * The first language of Regent's among the preferred ones (BCP 47 tags such as `ko-KR`, or POSIX names such
 * as `pl_PL.UTF-8`); English when there is none.
 */
export function chooseLocale(preferred: readonly string[]): Locale {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split(/[-_.]/)[0];
    const match = locales.find((locale) => locale === language);
    if (match) return match;
  }
  return 'en';
}
