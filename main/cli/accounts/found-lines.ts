import type { Translator } from '../../../shared/i18n/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { FoundLogin, LoginOrigin, LoginRisk } from '../../../shared/model/found-login.ts';
import { paint } from '../text/paint.ts';

/** One login that another program keeps: whose it is, where it stands, and what is unsafe about that. */
export function foundLines(t: Translator, login: FoundLogin): readonly string[] {
  const { address, username, key, origin, risks, isKnown } = login;
  const mark = risks.length > 0 ? paint('warn', '!') : paint('dim', '–');
  const user = username ?? paint('dim', t('cli.accountsFound.noUser'));
  return [
    `${mark} ${paint('bold', address)}  ${user}`,
    `    ${placeOf(t, origin)}${key === address ? '' : paint('dim', ` (${key})`)}`,
    ...risks.map((risk) => `    ${paint('warn', riskWords(t, risk))}`),
    ...(isKnown ? [`    ${paint('dim', t('cli.accountsFound.known'))}`] : []),
  ];
}

/** Where a login stands, for people. */
function placeOf(t: Translator, origin: LoginOrigin): string {
  switch (origin.kind) {
    case 'docker-config':
    case 'podman-auth':
      return t(`cli.accountsFound.${origin.kind}`, { path: origin.path });
    case 'docker-helper':
      return t('cli.accountsFound.docker-helper', { helper: `docker-credential-${origin.helper}` });
    default:
      return assertNever(origin);
  }
}

function riskWords(t: Translator, risk: LoginRisk): string {
  return t(`cli.accountsFound.risk.${risk}`);
}
