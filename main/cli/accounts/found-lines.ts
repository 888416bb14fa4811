import { sayFoundLogin, type Translator } from '../../../shared/i18n/index.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import { paint } from '../text/paint.ts';

/** One login that another program keeps: whose it is, where it stands, and what is unsafe about that. */
export function foundLines(t: Translator, login: FoundLogin): readonly string[] {
  const { name, place, risks } = sayFoundLogin(t, login);
  const mark = risks.length > 0 ? paint('warn', '!') : paint('dim', '–');
  return [
    `${mark} ${paint('bold', name)}`,
    ...(place.length > 0 ? [`    ${place.join(' · ')}`] : []),
    ...risks.map((risk) => `    ${paint('warn', risk)}`),
  ];
}
