import { cleanText } from '../hostile-text.ts';
import { cleanValue } from './clean-value.ts';

/** Names and texts in the order of the manifest; a list, as a name may be `__proto__`. */
export type Annotations = readonly (readonly [name: string, text: string])[];

/** More say nothing to anybody. */
const MOST = 1000;

/** Reads annotations or labels, cleaned; what is no text is left out. */
export function readAnnotations(json: unknown): Annotations {
  if (typeof json !== 'object' || json === null) return [];
  const pairs: (readonly [string, string])[] = [];
  for (const [name, text] of Object.entries(json)) {
    if (pairs.length === MOST) break;
    if (typeof text === 'string') pairs.push([cleanText(name), cleanValue(text)]);
  }
  return pairs;
}

/** The text of one annotation; undefined when it is absent or empty. */
export function annotationOf(annotations: Annotations, wanted: string): string | undefined {
  return annotations.find(([name]) => name === wanted)?.[1] || undefined;
}
