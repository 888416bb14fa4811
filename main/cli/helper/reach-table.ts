import type { Translator } from '../../../shared/i18n/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { LoginReach } from '../../../shared/model/helper-status.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

const PROGRAMS = ['docker', 'podman'] as const;

/** For each registry with a login, where docker and podman find it: a row a registry, below a row of names. */
export function reachTable(t: Translator, reach: readonly LoginReach[]): readonly string[] {
  if (reach.length === 0) return [];
  const addresses = [...new Set(reach.map(({ address }) => address))];
  const head = ['', ...PROGRAMS].map((word) => paint('dim', word));
  const rows = addresses.map((address) => [
    address,
    ...PROGRAMS.map((program) => {
      const found = reach.find((one) => one.address === address && one.program === program);
      return found ? cellOf(t, found) : paint('dim', '–');
    }),
  ]);
  return setInColumns([head, ...rows]);
}

function cellOf(t: Translator, { finds, helper }: LoginReach): string {
  switch (finds) {
    case 'regent':
      return paint('good', t('cli.helper.finds.regent'));
    case 'other-helper':
      return paint('warn', helper === null ? '–' : `docker-credential-${helper}`);
    case 'plaintext':
      return paint('bad', t('cli.helper.finds.plaintext'));
    case 'nothing':
      return paint('warn', t('cli.helper.finds.nothing'));
    default:
      return assertNever(finds);
  }
}
