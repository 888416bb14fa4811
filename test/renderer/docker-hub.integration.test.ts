import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const hub = ['registries=docker.io', '#/registry/docker.io'] as const;
const small = { width: 900, height: 600 };

describeWindow('Docker Hub', (open) => {
  it('shows what is the login’s own, and one namespace at a press', async () => {
    const page = await open(...hub);
    await page.getByText('6 repositories').waitFor();
    const chips = page.getByRole('group', { name: 'Namespaces' }).getByRole('button');
    expect(await chips.allTextContents()).toEqual(['Mine', 'ada', 'acme']);
    await chips.nth(2).click();
    await page.getByRole('grid', { name: 'Repositories of docker.io/acme' }).waitFor();
    expect(await chips.nth(2).getAttribute('aria-pressed')).toBe('true');
    await picture(page, 'hub-namespace-light');
    expect(await axeOn(page)).toEqual([]);
  });

  it('opens any namespace, and says how to fill an empty one', async () => {
    const page = await open(...hub);
    const field = page.getByRole('textbox', { name: 'Search Docker Hub, or open a namespace' });
    await field.fill('Grafana/');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('grid', { name: 'Repositories of docker.io/grafana' }).waitFor();
    await field.fill('nobody/');
    await field.press('Enter');
    await page.getByText('docker push docker.io/nobody/hello:1').waitFor();
  });

  it('searches by keyboard, opens what was found, and is as it was on the way back', async () => {
    const page = await open(`${hub[0]}&theme=dark`, hub[1], small);
    const field = page.getByRole('textbox', { name: 'Search Docker Hub, or open a namespace' });
    await field.fill('postgres');
    await field.press('Enter');
    await page.getByText('The first 3 repositories; a longer text finds less').waitFor();
    const row = page.getByRole('row', { name: /^library\/postgres / });
    await row.focus();
    await page.keyboard.press('s');
    await page.getByText('library/postgres is a favourite now').waitFor();
    await picture(page, 'hub-search-dark');
    expect(await axeOn(page)).toEqual([]);
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Tags of library/postgres' }).waitFor();
    await page.goBack();
    await row.waitFor();
    expect(await field.inputValue()).toBe('postgres');
    await field.fill('nothing-of-that-name');
    await field.press('Enter');
    await page.getByText('Nothing contains “nothing-of-that-name”').waitFor();
    await field.fill('limited');
    await field.press('Enter');
    await page.getByText(/Requests are possible again at/).waitFor();
  });

  it('without a login offers what works: a sign-in, the search, names', async () => {
    const page = await open(`${hub[0]}&lang=pl`, hub[1], small);
    await page.getByRole('button', { name: 'Więcej działań' }).click();
    await page.getByRole('menuitem', { name: 'Wyloguj' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Wyloguj' }).click();
    await page.getByText('docker.io nie podaje listy wszystkich repozytoriów.').waitFor();
    await page.getByRole('button', { name: 'Zaloguj' }).waitFor();
    await picture(page, 'hub-signed-out-pl');
    expect(await axeOn(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Otwórz repozytorium po nazwie' }).fill('alpine');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'library/alpine' }).waitFor();
  });
});
