/** The few ways in which text can stand out. */
export type Paint = 'bold' | 'dim' | 'good' | 'warn' | 'bad';

/**
 * Marks inside a text where a paint begins and ends. They are noncharacters (Unicode 23.7: for internal use),
 * so text can be measured and cleaned with its paint in it, and only the terminal decides about colour.
 */
const END = '\ufdd0';
const START: Readonly<Record<Paint, string>> = {
  bold: '\ufdd1',
  dim: '\ufdd2',
  good: '\ufdd3',
  warn: '\ufdd4',
  bad: '\ufdd5',
};
const MARKS = /[\ufdd0-\ufdd5]/g;

/** ECMA-48 8.3.117, SGR. */
const CODES: Readonly<Record<string, string>> = {
  [END]: '\u001b[0m',
  [START.bold]: '\u001b[1m',
  [START.dim]: '\u001b[2m',
  [START.good]: '\u001b[32m',
  [START.warn]: '\u001b[33m',
  [START.bad]: '\u001b[31m',
};

/** Marks a text to stand out. */
export function paint(kind: Paint, text: string): string {
  return text === '' ? '' : `${START[kind]}${text}${END}`;
}

/** Turns marks into colours, or drops them. */
export function renderPaint(text: string, withColour: boolean): string {
  return text.replace(MARKS, (mark) => (withColour ? (CODES[mark] ?? '') : ''));
}
