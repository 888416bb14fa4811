import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { deletionQuestion } from '../../../main/app/confirm-deletion.ts';
import { revokeQuestion } from '../../../main/app/confirm-revoke.ts';
import { confirmTrust, trustQuestion } from '../../../main/app/confirm-trust.ts';
import { menuTemplate } from '../../../main/app/menu.ts';
import { createTranslator, locales } from '../../../shared/i18n/index.ts';
import type { Change } from '../../../shared/model/change.ts';
import type { ConsumerPlan, TrustPlan } from '../../../shared/model/trust.ts';

const sha256 = '4f9a'.repeat(16);
const file = '/etc/docker/certs.d/registry.test:5443/regent-4f9a4f9a4f9a4f9a.crt';

const certificate = {
  ...{ sha256, subject: 'CN=registry.test', issuer: 'CN=Lab CA', dnsNames: [], ipAddresses: [] },
  ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' },
  ...{ isCa: true, selfIssued: true, keyType: 'RSA 2048', signature: 'SHA256-RSA', pem: '' },
};

function partWith(id: ConsumerPlan['id'], changes: readonly Change[]): ConsumerPlan {
  return {
    ...{ id, status: 'to-do', elevated: true, live: true, effect: 'at-once', ranHere: true },
    ...{ notes: [], problem: null, changes: [...changes] },
  };
}

const written: Change = { kind: 'write-file', path: file, mode: '0644', content: '' };

function planWith(subject: string, more: Partial<TrustPlan> = {}): TrustPlan {
  return {
    ...{ planId: 'p1', address: 'registry.test:5443', kind: 'ca' as const, client: null },
    ...{ certificate: { ...certificate, subject }, replaces: [], script: '' },
    consumers: [partWith('docker-engine', [written])],
    ...more,
  };
}

const edit: Change = {
  ...{ kind: 'edit-file', line: 1, path: '/etc/docker/daemon.json', mode: '0644', before: '{}' },
  after: '{"insecure-registries":["registry.test:5443"]}',
};
const reload: Change = { kind: 'run', argv: ['systemctl', 'reload', 'docker'] };
const plainHttp = planWith('', {
  ...{ kind: 'insecure', certificate: null },
  consumers: [partWith('docker-engine', [edit, reload])],
});

describe.each(locales)('the native question in %s', (locale) => {
  const t = createTranslator(locale);
  const question = trustQuestion(planWith('CN=registry.test'), t);

  it('names the host, the whole fingerprint and each file', () => {
    expect(question.message).toContain('registry.test:5443');
    expect(question.detail).toContain(sha256.toUpperCase().match(/../g)?.join(':'));
    expect(question.detail).toContain(file);
  });

  it('names every program before an undoing, and what weighs most first', () => {
    const gone = (index: number): Change => ({ kind: 'remove', path: `/etc/${index}` });
    const changes = [
      ...Array.from({ length: 30 }, (_none, index) => ({
        consumer: 'podman' as const,
        change: gone(index),
      })),
      { consumer: 'docker-engine' as const, change: edit },
    ];
    const { message, detail } = revokeQuestion(
      { address: 'registry.test:5443', changes, elevated: true, script: '' },
      t,
    );
    expect(message).toContain('registry.test:5443');
    expect(detail).toContain(t('common.consumer.podman'));
    expect(detail).toContain(t('common.consumer.docker-engine'));
    expect(detail).toContain('/etc/docker/daemon.json');
  });

  it('names every tag before a deletion, as far as a dialog has room', () => {
    const orders = Array.from({ length: 30 }, (_none, index) => ({
      ...{ digest: `sha256:${'a'.repeat(64)}`, tags: [`1.${index}`, 'odd\u202e'], parts: [] },
    }));
    const asked = deletionQuestion({ address: 'nas:5000', repository: 'team/app', orders }, t);
    expect(asked.message).toContain('nas:5000/team/app');
    expect(asked.message).toContain('30');
    expect(asked.detail).toContain('1.0, odd, aaaaaaaaaaaa');
    expect(asked.detail?.split('\n').length).toBeLessThan(16);
    expect([asked.defaultId, asked.cancelId]).toEqual([1, 1]);
  });

  it('cancels by default', () => {
    expect(question.defaultId).toBe(1);
    expect(question.cancelId).toBe(1);
    expect(question.buttons).toHaveLength(2);
  });

  it('has other words for giving up protection, and lists edits and commands', () => {
    const insecure = trustQuestion(plainHttp, t);
    expect(insecure.title).not.toBe(question.title);
    expect(insecure.buttons?.[0]).not.toBe(question.buttons?.[0]);
    expect(insecure.detail).toContain('HTTP');
    expect(insecure.detail).toContain('/etc/docker/daemon.json');
    expect(insecure.detail).toContain('systemctl reload docker');
    const odd: Change = { kind: 'run', argv: ['install', 'a b', "it's", ''] };
    const { detail } = trustQuestion(
      { ...plainHttp, consumers: [partWith('docker-engine', [odd])] },
      t,
    );
    expect(detail, 'an argument is one word').toContain("install 'a b' 'it'\\''s' ''");
  });

  it('names what goes, the client certificate, and the reach of the system store', () => {
    const { detail } = trustQuestion(
      planWith('CN=registry.test', {
        replaces: [{ ...certificate, sha256: '01d0'.repeat(16), subject: 'CN=old.test' }],
        client: { sha256, subject: 'CN=ada', notAfter: '2027-01-01T00:00:00Z' },
        consumers: [partWith('system', [{ kind: 'remove', path: '/usr/local/old.crt' }])],
      }),
      t,
    );
    expect(detail).toContain('CN=old.test 01:D0:01:D0');
    expect(detail).toContain('CN=ada');
    expect(detail).toContain(t('app.confirmTrust.everyServer'));
    expect(detail).toContain('/usr/local/old.crt');
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

  it('stays on the screen, however many changes there are', () => {
    const changes = Array.from(
      { length: 200 },
      (_, index): Change => ({ kind: 'remove', path: `/etc/${index}/${'x'.repeat(3000)}` }),
    );
    const plan = planWith('CN=a', { consumers: [partWith('podman', changes)] });
    const { detail = '' } = trustQuestion(plan, t);
    expect(detail).toContain('These 200 changes will be made:');
    expect(detail).toContain('and 189 more');
    expect(detail.split('\n').length).toBeLessThan(30);
    expect(Math.max(...detail.split('\n').map((line) => line.length))).toBeLessThan(260);
  });

  it('is about mending where nothing new is trusted', () => {
    const aside: Change = { kind: 'set-aside', path: '/etc/a.pem', to: '/etc/a.pem.set-aside' };
    const mend = planWith('', {
      ...{ kind: 'mend', certificate: null },
      consumers: [partWith('docker-engine', [aside])],
    });
    const question = trustQuestion(mend, t);
    expect(question.buttons?.[0]).toBe('Mend');
    expect(question.detail).toContain('rename /etc/a.pem to /etc/a.pem.set-aside');
    expect(question.detail).not.toContain('SHA-256');
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
