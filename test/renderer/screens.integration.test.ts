import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const nas = 'registries=nas.local:5000,untrusted.local,signedout.local';
const trusted = 'registries=nas.local:5000,ending.local,ended.local,drifted.local,plain.lab';
const accounts = 'registries=nas.local:5000,stale.corp:5000,registry.team.example&accounts=many';
const wide = { width: 1280, height: 800 };
const small = { width: 900, height: 600 };

interface Look {
  readonly name: string;
  readonly query: string;
  readonly fragment: string;
  /** What to do, and to wait for, before looking. */
  readonly ready: (page: Page) => Promise<void>;
}

const grid = (page: Page) => page.getByRole('row').nth(3).waitFor();
const add = (address: string) => `#/add?text=${encodeURIComponent(address)}`;
const locate = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();

const compared = '#/compare/nas.local%3A5000/team%2Fapi/2.7.6//nas.local%3A5000/team%2Fapi/2.7.5/';

const looks: readonly Look[] = [
  { name: 'first-run', query: '', fragment: '#/', ready: locate('.home .status-badge') },
  { name: 'home', query: nas, fragment: '#/', ready: locate('.overview .tone-attention') },
  {
    name: 'home-no-engine',
    query: 'engine=absent',
    fragment: '#/',
    ready: locate('.home .status-badge'),
  },
  {
    name: 'add-certificate',
    query: '',
    fragment: add('nas.local:5000/team/api:2'),
    ready: locate('.plan'),
  },
  {
    name: 'add-sign-in',
    query: '',
    fragment: add('nas.local:5000'),
    ready: async (page) => {
      await page.locator('.flow-decision button').last().click();
      await page.locator('.sign-in-form').waitFor();
    },
  },
  { name: 'add-expired', query: '', fragment: add('expired.corp'), ready: locate('.command-line') },
  {
    name: 'add-programs',
    query: '',
    fragment: add('nas.local:5000'),
    ready: async (page) => {
      await page.locator('.consumer-choice input').nth(2).check();
      await page.locator('.consumer-choice input').last().check();
      await page.locator('.plan-parts > li').nth(4).waitFor();
      await page.locator('.plan-parts details summary').nth(3).click();
      await page.locator('.changes summary').first().click();
      await page.locator('.consumer-choice').scrollIntoViewIfNeeded();
    },
  },
  { name: 'add-changed', query: '', fragment: add('renewed.local:5000'), ready: locate('.plan') },
  { name: 'add-partial', query: '', fragment: add('partial.local:5000'), ready: locate('.plan') },
  {
    name: 'add-client',
    query: '',
    fragment: add('mtls.local:5000'),
    ready: async (page) => {
      await page.locator('.plan button').first().click();
      await page.locator('.plan .facts').waitFor();
    },
  },
  {
    name: 'add-file-password',
    query: 'file=/home/ada/company.p12',
    fragment: add('nas.local:5000'),
    ready: async (page) => {
      await page.locator('.choices > .text-button').click();
      await page.locator('.password-form').waitFor();
    },
  },
  {
    name: 'add-plain-open',
    query: '',
    fragment: add('plain.corp'),
    ready: async (page) => {
      await page.locator('.text-danger').click();
      await page.locator('.plan-parts').waitFor();
    },
  },
  { name: 'add-plain', query: '', fragment: add('plain.corp'), ready: locate('.problem-note') },
  { name: 'add-closed', query: '', fragment: add('closed.corp'), ready: locate('.problem-note') },
  { name: 'add-invalid', query: '', fragment: add('no address'), ready: locate('.address-form') },
  {
    name: 'add-proof',
    query: '',
    fragment: add('open.corp/team/api:2'),
    ready: locate('.proof-matrix'),
  },
  { name: 'registry', query: nas, fragment: '#/registry/nas.local%3A5000', ready: grid },
  {
    name: 'registry-empty',
    query: 'registries=empty.local',
    fragment: '#/registry/empty.local',
    ready: locate('.empty-state'),
  },
  {
    name: 'registry-hidden',
    query: 'registries=hidden.local',
    fragment: '#/registry/hidden.local',
    ready: locate('.open-by-name'),
  },
  {
    name: 'registry-remove',
    query: nas,
    fragment: '#/registry/nas.local%3A5000',
    ready: async (page) => {
      await page.locator('.page-actions button').last().click();
      await page.getByRole('menuitem').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'registry-menu',
    query: nas,
    fragment: '#/registry/nas.local%3A5000',
    ready: async (page) => {
      await page.locator('.page-actions button').last().click();
      await page.getByRole('menuitem').last().waitFor();
    },
  },
  {
    name: 'repository',
    query: nas,
    fragment: '#/registry/nas.local%3A5000/team%2Fapi',
    ready: locate('.data-row code'),
  },
  {
    name: 'tasks',
    query: nas,
    fragment: '#/registry/nas.local%3A5000/team%2Fapi',
    ready: async (page) => {
      for (const row of [3, 4, 2]) {
        await page.getByRole('row').nth(row).focus();
        await page.keyboard.press('p');
      }
      await page.locator('.task-result').waitFor();
      await page.locator('.tasks-panel .problem-note').waitFor();
    },
  },
  {
    name: 'compare',
    query: nas,
    fragment: compared,
    ready: locate('.data-row .change-added'),
  },
  {
    name: 'compare-settings',
    query: nas,
    fragment: compared,
    ready: async (page) => {
      await page.getByRole('tab').nth(1).click();
      await page.locator('.settings-table').waitFor();
    },
  },
  {
    name: 'compare-files',
    query: nas,
    fragment: compared,
    ready: async (page) => {
      await page.getByRole('tab').nth(3).click();
      await page.locator('.toolbar button').click();
      await page.locator('.data-row .change-removed').first().waitFor();
    },
  },
  {
    name: 'compare-with',
    query: nas,
    fragment: '#/registry/nas.local%3A5000/team%2Fapi/2.7.6',
    ready: async (page) => {
      await page.getByRole('tab').first().waitFor();
      await page.keyboard.press('v');
      await page.locator('.dialog .data-row').nth(3).waitFor();
    },
  },
  {
    name: 'copy-image',
    query: nas,
    fragment: '#/registry/nas.local%3A5000/team%2Fapi/2.7.6',
    ready: async (page) => {
      await page.getByRole('tab').first().waitFor();
      await page.keyboard.press('t');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'images', query: nas, fragment: '#/images', ready: grid },
  {
    name: 'images-no-engine',
    query: 'engine=absent',
    fragment: '#/images',
    ready: locate('.problem-note'),
  },
  {
    name: 'settings',
    query: `${nas}&helper=installed`,
    fragment: '#/settings',
    ready: locate('.settings-part a'),
  },
  { name: 'trust', query: `${trusted}&messes`, fragment: '#/trust', ready: locate('.trust-rows') },
  { name: 'trust-empty', query: '', fragment: '#/trust', ready: locate('.empty-state') },
  {
    name: 'trust-proof',
    query: trusted,
    fragment: '#/trust',
    ready: async (page) => {
      await page.locator('.trust-card-actions button').first().click();
      await page.locator('.proof-matrix').waitFor();
      await page.locator('.proof summary').click();
    },
  },
  {
    name: 'trust-undo',
    query: trusted,
    fragment: '#/trust',
    ready: async (page) => {
      await page.locator('.trust-card-actions > button').nth(1).click();
      await page.locator('.dialog .changes').waitFor();
    },
  },
  {
    name: 'trust-mend',
    query: `${trusted}&messes`,
    fragment: '#/trust',
    ready: async (page) => {
      await page.locator('.trust-rows button').click();
      await page.locator('.dialog .plan-parts').waitFor();
    },
  },
  {
    name: 'trust-export',
    query: trusted,
    fragment: '#/trust',
    ready: async (page) => {
      await page.locator('[aria-haspopup]').first().click();
      await page.getByRole('menuitem').first().click();
      await page.locator('.export-file').waitFor();
    },
  },
  {
    name: 'trust-import',
    query: '',
    fragment: '#/trust',
    ready: async (page) => {
      await page.locator('.page-actions button').first().click();
      await page.locator('input[type=file]').setInputFiles({
        ...{ name: 'nas.regent.json', mimeType: 'application/json' },
        buffer: Buffer.from('{"address":"team.lab:5000"}'),
      });
      await page.locator('.dialog .plan-parts').waitFor();
    },
  },
  {
    name: 'accounts',
    query: `${accounts}&helper=installed`,
    fragment: '#/accounts',
    ready: locate('.account-users li:nth-child(3)'),
  },
  {
    name: 'accounts-found',
    query: `${accounts}&found=all&helper=taken`,
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.found-rows > li').nth(4).waitFor();
      await page.locator('.account-users li').nth(2).waitFor();
    },
  },
  {
    name: 'accounts-imported',
    query: 'found=all',
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.found-rows input').nth(3).check();
      await page.locator('.accounts-part > div > button').first().click();
      await page.locator('.import-results > li').nth(3).waitFor();
    },
  },
  {
    name: 'accounts-empty',
    query: '',
    fragment: '#/accounts',
    ready: locate('.accounts-quiet > p'),
  },
  {
    name: 'accounts-broken',
    query: 'registries=nas.local:5000&helper=broken&store=locked',
    fragment: '#/accounts',
    ready: async (page) => {
      await locate('.unlock-form')(page);
      await page.locator('.accounts-line').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'accounts-repair',
    query: 'registries=nas.local:5000&helper=broken&store=unavailable',
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.accounts-line-actions button').first().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'accounts-store',
    query: 'registries=nas.local:5000&store=unlocked',
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.accounts-line-actions').last().locator('button').nth(1).click();
      await page.locator('.files-form').waitFor();
    },
  },
  {
    name: 'accounts-sign-in',
    query: '',
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.page-actions button').first().click();
      await page
        .locator('.sign-in-form input')
        .first()
        .fill('123456789012.dkr.ecr.eu-west-1.amazonaws.com');
      await page.locator('.registry-hint').waitFor();
    },
  },
  {
    name: 'accounts-sign-out',
    query: `${accounts}&helper=installed`,
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.account-row [aria-haspopup]').nth(1).click();
      await page.getByRole('menuitem').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'accounts-export',
    query: accounts,
    fragment: '#/accounts',
    ready: async (page) => {
      await page.locator('.account-row [aria-haspopup]').nth(2).click();
      await page.getByRole('menuitem').nth(1).click();
      await page.locator('.dialog .command-line').nth(1).waitFor();
    },
  },
  {
    name: 'helper-dialog',
    query: '',
    fragment: '#/',
    ready: async (page) => {
      await page.locator('.status-helper button').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];

describeWindow('every screen', (open) => {
  it.each(looks)('has no accessibility violation, in light and dark: $name', async (look) => {
    const page = await open(look.query, look.fragment, wide);
    await look.ready(page);
    await picture(page, `${look.name}-light`);
    expect(await axeOn(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme))
      .toBe('dark');
    await picture(page, `${look.name}-dark`);
    // Nothing but the colours has changed.
    expect(await axeOn(page, ['color-contrast', 'link-in-text-block'])).toEqual([]);
  });

  it.each(looks)('fits into a small window in Korean and Polish: $name', async (look) => {
    for (const locale of ['ko', 'pl']) {
      const page = await open(`${look.query}&lang=${locale}`, look.fragment, small);
      await look.ready(page);
      await picture(page, `${look.name}-${locale}`);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
      expect(await overflowing(page)).toEqual([]);
    }
  });
});

/** Buttons, links and headings whose words stand out of the window or of their own box. */
function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, .rail-link, .status-badge')]
      .filter((element) => element.offsetParent !== null)
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < 0 || right > window.innerWidth + 1;
      })
      .map((element) => element.textContent ?? ''),
  );
}
