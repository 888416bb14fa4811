import type { RegentWindow } from './window.ts';

/** What the main process asked in a native dialog. */
export interface NativeQuestion {
  readonly message: string;
  readonly detail: string;
}

/** Answers the next native question by its button, and tells afterwards what was asked. */
export async function answerQuestion(
  regent: RegentWindow,
  answer: number,
): Promise<() => Promise<NativeQuestion>> {
  await regent.app.evaluate(({ dialog }, response) => {
    const store = globalThis as { asked?: unknown };
    store.asked = undefined;
    dialog.showMessageBox = (async (...args: unknown[]) => {
      store.asked = args.at(-1);
      return { response, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, answer);
  const read = () =>
    regent.app.evaluate(() => (globalThis as { asked?: unknown }).asked as NativeQuestion);
  // V8's inspector may collect the promise that the answer travels in; reading again does no harm.
  return () => read().catch(read);
}
