import { formatBytes, type Translator } from '../../../shared/i18n/index.ts';
import { shortDigest } from '../../../shared/model/digest.ts';
import type { ImageFacts, Layer } from '../../../shared/model/image-details.ts';
import { instructionOf } from '../../../shared/model/instruction.ts';
import { paint } from '../text/paint.ts';

/** Characters of an instruction that are shown; `--json` has all of it. */
const SHOWN = 500;

/**
 * The layers, oldest first: size, digest, and what made each. Where the history knows its layers, the steps without one
 * stand between them, as in a Dockerfile; where it does not, they follow.
 */
export function layerRows(
  t: Translator,
  { layers, history }: ImageFacts,
): readonly (readonly string[])[] {
  const isPaired = history.some(({ layer }) => layer !== null);
  const step = (createdBy: string) => ['', '', paint('dim', shorten(createdBy))];
  if (!isPaired) {
    const bare = layers.map((layer) => layerRow(t, layer, layer.mediaType));
    return [...bare, ...history.map(({ createdBy }) => step(createdBy))];
  }
  const rest = layers.values();
  return history.map(({ layer, createdBy }) => {
    const made = layer === null ? undefined : rest.next().value;
    return made ? layerRow(t, made, shorten(createdBy)) : step(createdBy);
  });
}

function layerRow(
  t: Translator,
  { size, digest, foreign }: Layer,
  text: string,
): readonly string[] {
  const amount = size === null ? '?' : formatBytes(t.locale, size);
  const note = foreign ? ` ${paint('warn', t('cli.inspect.foreign'))}` : '';
  return [amount, paint('dim', shortDigest(digest)), text + note];
}

function shorten(createdBy: string): string {
  const text = instructionOf(createdBy);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}
