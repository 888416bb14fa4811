import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { confirmTrust, trustQuestion } from '../../../main/app/confirm-trust.ts';
import { menuTemplate } from '../../../main/app/menu.ts';
import { createTranslator, locales } from '../../../shared/i18n/index.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';

const sha256 = '4f9a'.repeat(16);
const file = '/etc/docker/certs.d/registry.test:5443/regent-4f9a4f9a4f9a4f9a.crt';

function planWith(subject: string): TrustPlan {
  return {
    planId: 'p1',
    address: 'registry.test:5443',
    kind: 'ca',
    certificate: {
      ...{ sha256, subject, issuer: 'CN=Lab CA', dnsNames: [], ipAddresses: [] },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' },
      ...{ isCa: true, selfIssued: true, keyType: 'RSA 2048', signature: 'SHA256-RSA', pem: '' },
    },
    consumers: [
      {
        ...{ id: 'docker-engine', status: 'to-do', elevated: true, live: true },
        changes: [{ kind: 'write-file', path: file, mode: '0644', content: '' }],
      },
    ],
    script: '',
  };
}

describe.each(locales)('the native question in %s', (locale) => {
  const t = createTranslator(locale);
  const question = trustQuestion(planWith('CN=registry.test'), t);

  it('names the host, the whole fingerprint and each file', () => {
    expect(question.message).toContain('registry.test:5443');
    expect(question.detail).toContain(sha256.toUpperCase().match(/../g)?.join(':'));
    expect(question.detail).toContain(file);
  });

  it('cancels by default', () => {
    expect(question.defaultId).toBe(1);
    expect(question.cancelId).toBe(1);
    expect(question.buttons).toHaveLength(2);
  });
});

describe('the native question', () => {
  const t = createTranslator('en');

  it('shows a certificate’s text on one line, without marks that turn it around', () => {
    const hostile = `CN=good\n\nSHA-256:\u202E00:11\u2028${'x'.repeat(5000)}`;
    const { detail = '' } = trustQuestion(planWith(hostile), t);
    expect(detail).not.toMatch(/[\u202E\u2028]/);
    expect(detail.split('\n').filter((line) => line.includes('CN=good'))).toHaveLength(1);
    expect(detail.length).toBeLessThan(1000);
  });

  it('is answered yes by the trust button alone', async () => {
    for (const [response, answer] of [
      [0, true],
      [1, false],
      [-1, false],
    ] as const) {
      const dialog = { showMessageBox: vi.fn(async () => ({ response, checkboxChecked: false })) };
      expect(await confirmTrust(planWith('CN=a'), t, dialog, undefined)).toBe(answer);
    }
  });
});

describe.each(locales)('the menu in %s', (locale) => {
  it('names everything in that language, and has developer tools only for developers', () => {
    const t = createTranslator(locale);
    for (const platform of ['linux', 'darwin'] as const) {
      const items = menuTemplate(t, platform, false).flatMap(itemsOf);
      expect(items.every((item) => item.type === 'separator' || item.label)).toBe(true);
      expect(items.some((item) => item.role === 'toggleDevTools')).toBe(false);
    }
    const all = menuTemplate(t, 'linux', true).flatMap(itemsOf);
    expect(all.some((item) => item.role === 'toggleDevTools')).toBe(true);
  });
});

function itemsOf({ submenu }: MenuItemConstructorOptions): readonly MenuItemConstructorOptions[] {
  return Array.isArray(submenu) ? submenu : [];
}
