import { describe, expect, it } from 'vitest';
import {
  createTranslator,
  locales,
  nameAccount,
  sayFoundLogin,
  sayRepair,
} from '../../../shared/i18n/index.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { HelperRepair } from '../../../shared/model/helper-status.ts';
import { accountOf, foundOf } from '../../main/cli/account-samples.ts';

const value = 'v4lue';
const repairs: readonly HelperRepair[] = [
  { kind: 'put-helper', path: value },
  { kind: 'change-route', path: value, key: value, from: value, to: 'regent' },
  { kind: 'change-route', path: value, key: value, from: value, to: 'none' },
  { kind: 'add-route', path: value, key: value },
  { kind: 'drop-default', path: value, from: value },
];
const origins: readonly FoundLogin['origin'][] = [
  { kind: 'docker-config', path: value },
  { kind: 'podman-auth', path: value },
  { kind: 'docker-helper', helper: value },
];

describe.each(locales)('what both doors say of accounts (%s)', (locale) => {
  const t = createTranslator(locale);
  const found = (changes: Partial<FoundLogin>) => sayFoundLogin(t, foundOf(changes));

  it('names every repair and every place, with no particle straight after a value', () => {
    const places = origins.map((origin) => found({ origin }).place[0] ?? '');
    const words = [...repairs.map((repair) => sayRepair(t, repair)), ...places];
    expect(new Set(words).size).toBe(repairs.length + origins.length);
    for (const text of words) {
      expect(text).toContain(value);
      expect(text).not.toMatch(/[{}]|v4lue[”"]?[가-힣]/u);
    }
  });

  it('tells whose a found login is, and all that is unsafe about it', () => {
    const risks = ['plaintext', 'others-can-read', 'hidden'] as const;
    const words = found({ address: 'h:1', key: 'h:1/team', username: 'ada', risks, isKnown: true });
    expect(words.name).toBe('h:1, ada');
    expect(words.place).toHaveLength(3);
    expect(words.place[1]).toContain('h:1/team');
    expect(new Set(words.risks).size).toBe(3);
  });

  it('names the place where nothing can be read', () => {
    const origin = { kind: 'podman-auth', path: value } as const;
    const words = found({ address: '', key: '', username: null, risks: [], origin });
    expect(words).toEqual({ name: found({ origin }).place[0], place: [], risks: [] });
  });

  it('calls an account by its user, where it has one', () => {
    expect(nameAccount(t, accountOf({ username: 'ada' }))).toBe('ada');
    const token = nameAccount(t, accountOf({ kind: 'identity-token', username: '<token>' }));
    expect(token).not.toContain('<');
  });
});
