import { expect } from 'vitest';
import { answerQuestion } from './native-question.ts';
import type { RegentWindow } from './window.ts';

/** The demo as a person clicks through it, one part at a time; each ends with what they then see. */
export interface DemoSteps {
  /** From the first screen to the certificate, whose fingerprint matches the one the demo's owner gave. */
  begin(): Promise<void>;
  /** Trusts it. @returns the native question that was answered with yes */
  trust(): Promise<{ readonly message: string; readonly detail: string }>;
  /** Signs in as the demo's user. */
  signIn(): Promise<void>;
  /** Neither way into the engine is called proven. */
  seeProof(): Promise<void>;
  /** Opens the demo's repositories and the tags of one. */
  browse(): Promise<void>;
}

/** Prepares the demo in a window that shows the first screen. */
export function openDemo({ page, app, ...regent }: RegentWindow): DemoSteps {
  const whole = { page, app, ...regent };
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const step = (name: string) => page.getByRole('region', { name, exact: true });
  return {
    begin: async () => {
      await page.getByRole('heading', { name: 'Welcome to Regent' }).waitFor();
      await button('Try it with a demo registry').click();
      await step('Certificate').getByText('Match: it is the same certificate').waitFor();
    },
    trust: async () => {
      const asked = await answerQuestion(whole, 0);
      await button('Trust this certificate').click();
      await button(/^Use the demo account/).waitFor();
      return asked();
    },
    signIn: async () => {
      await button(/^Use the demo account/).click();
      await step('Sign in').getByText('Signed in as demo').waitFor();
    },
    seeProof: async () => {
      await button('Browse').waitFor();
      const byEngine = step('Proof').getByRole('row', { name: /^Docker Engine/ });
      const count = (outcome: string) => byEngine.getByText(outcome, { exact: true }).count();
      await expect.poll(() => count('not proven')).toBeGreaterThan(1);
      expect(await count('proven')).toBe(0);
    },
    browse: async () => {
      await button('Browse').click();
      const repositories = page.getByRole('grid', { name: /^Repositories/ });
      await repositories.getByRole('row', { name: /demo\/web/ }).waitFor();
      await repositories.getByRole('row', { name: /demo\/web/ }).click();
      const tags = page.getByRole('grid', { name: /^Tags/ });
      await tags
        .getByRole('row', { name: /^latest\b/ })
        .getByText('arm64')
        .waitFor();
    },
  };
}
