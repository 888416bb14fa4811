import type { Translator } from '../../../shared/i18n/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { HelperRepair } from '../../../shared/model/helper-status.ts';
import { paint } from '../text/paint.ts';

/** What a repair does, a line for each thing. */
export function repairLines(t: Translator, repairs: readonly HelperRepair[]): readonly string[] {
  return repairs.map((repair) => `${paint('warn', '~')} ${wordsOf(t, repair)}`);
}

function wordsOf(t: Translator, repair: HelperRepair): string {
  switch (repair.kind) {
    case 'put-helper':
      return t('cli.helper.repair.put-helper', { path: repair.path });
    case 'change-route': {
      const { key, path, from, to } = repair;
      return t(`cli.helper.repair.change-route.${to}`, { key, path, from: programOf(from) });
    }
    case 'add-route':
      return t('cli.helper.repair.add-route', { key: repair.key, path: repair.path });
    case 'drop-default':
      return t('cli.helper.repair.drop-default', {
        path: repair.path,
        from: programOf(repair.from),
      });
    default:
      return assertNever(repair);
  }
}

/** How docker calls the program of a helper that its settings name. */
function programOf(helper: string): string {
  return `docker-credential-${helper}`;
}
