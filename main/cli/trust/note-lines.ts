import type { Translator } from '../../../shared/i18n/index.ts';
import type { Effect, Note } from '../../../shared/model/consumer.ts';
import { paint } from '../text/paint.ts';

/** What a person should know of one consumer: when it sees the change, and what else goes with it. */
export function noteLines(
  t: Translator,
  { effect, notes }: { readonly effect: Effect; readonly notes: readonly Note[] },
): readonly string[] {
  return [
    paint(isLater(effect) ? 'warn' : 'dim', t(`common.effect.${effect}`)),
    ...notes.map(({ code, facts }) =>
      paint(code === 'every-server' ? 'warn' : 'dim', t(`common.note.${code}`, facts)),
    ),
  ];
}

/** Whether something has to happen before the change counts. */
function isLater(effect: Effect): boolean {
  return effect !== 'at-once' && effect !== 'reload';
}
