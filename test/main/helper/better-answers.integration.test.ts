import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeUnless } from '../../lab/index.ts';
import { helperBuilds } from './run-helper.ts';
import { startTwoHelpers, step, storing, type TwoHelpers, whyNoPeer } from './two-helpers.ts';

const notFound = { status: 1, stdout: 'credentials not found in native keychain\n', stderr: '' };
const silent = { status: 0, stdout: '', stderr: '' };
const login = (ServerURL: string, Username: string, Secret: string) => ({
  status: 0,
  stdout: `${JSON.stringify({ ServerURL, Username, Secret })}\n`,
  stderr: '',
});

// Where Regent's helper answers otherwise than Docker's, on purpose; Docker's answer stands beside it.
for (const build of helperBuilds) {
  describeUnless(
    whyNoPeer ?? build.why,
    `docker-credential-regent, ${build.name}, unlike docker-credential-secretservice`,
    () => {
      let helpers: TwoHelpers;
      beforeAll(async () => {
        helpers = await startTwoHelpers(build);
      });
      afterEach(() => helpers.onBoth((keychain) => keychain.unlock()));
      afterAll(() => helpers?.stop());

      it('keeps a secret of more than 64 KiB, where the other loses it', async () => {
        const secret = 'x'.repeat(70_000);
        const stored = await helpers.call(storing('big:1', 'u', secret));
        expect(stored.ours).toEqual(silent);
        expect(stored.theirs).toMatchObject({
          status: 1,
          stdout: 'bufio.Scanner: token too long\n',
        });
        const got = await helpers.call(step('get', 'big:1'));
        expect(got).toEqual({ ours: login('big:1', 'u', secret), theirs: notFound });
      });

      it('keeps a NUL, where the other cuts the secret off', async () => {
        const nul = '{"ServerURL":"n:1","Username":"u","Secret":"a\\u0000b"}';
        expect(await helpers.call(step('store', nul))).toEqual({ ours: silent, theirs: silent });
        const { ours, theirs } = await helpers.call(step('get', 'n:1'));
        expect(ours).toEqual(login('n:1', 'u', 'a\0b'));
        expect(theirs).toEqual(login('n:1', 'u', 'a'));
      });

      it('finds a login under every form of its registry’s name', async () => {
        await helpers.call(storing('Forms.test:5443', 'u', 'pw'));
        for (const form of [
          'forms.test:5443',
          'https://forms.test:5443',
          'http://forms.test:5443/v2/',
        ]) {
          const got = await helpers.call(step('get', form));
          expect(got).toEqual({ ours: login(form, 'u', 'pw'), theirs: notFound });
        }
        await helpers.call(storing(' s:1 ', 'u', 'pw'));
        const got = await helpers.call(step('get', ' s:1 '));
        expect(got).toEqual({ ours: login('s:1', 'u', 'pw'), theirs: notFound });
      });

      it('gives the login that was stored last, of two users for one registry', async () => {
        await helpers.call(storing('two:1', 'ada', 'one'));
        await helpers.call(storing('two:1', 'bob', 'two'));
        expect((await helpers.call(step('get', 'two:1'))).ours).toEqual(
          login('two:1', 'bob', 'two'),
        );
        // One erase signs docker out, so none may be left over.
        expect((await helpers.call(step('erase', 'two:1'))).ours).toEqual(silent);
        expect((await helpers.call(step('get', 'two:1'))).ours).toEqual(notFound);
      });

      it('refuses what is no request in one sentence, and stores nothing', async () => {
        const before = (await helpers.call(step('list'))).ours;
        for (const input of [
          '',
          '\n',
          'garbage',
          '[]',
          '"x"',
          '1',
          '{"ServerURL":1}',
          '{"ServerURL":"h',
        ]) {
          const { ours, theirs } = await helpers.call(step('store', input));
          expect([ours.status, theirs.status]).toEqual([1, 1]);
          expect(ours.stdout).toMatch(/^The input was not accepted\. .*\n$/);
          expect(ours.stderr).toBe('');
        }
        expect((await helpers.call(step('list'))).ours).toEqual(before);
      });

      it('says that the keychain is locked, where the other crashes or calls the login erased', async () => {
        await helpers.call(storing('l:1', 'ada', 'pw'));
        await helpers.onBoth((keychain) => keychain.lock());
        const said = /^The keychain is locked, .*\bl:1\b.* Unlock the keychain and try again\.\n$/;
        const locked = { status: 1, stdout: expect.stringMatching(said), stderr: '' };
        const got = await helpers.call(step('get', 'l:1'));
        expect(got.ours).toEqual(locked);
        expect(got.theirs.status).toBe(2);
        expect(got.theirs.stderr).toContain('SIGSEGV');
        const stored = await helpers.call(storing('l:1', 'ada', 'new'));
        expect(stored.ours).toEqual(locked);
        expect(stored.theirs.stdout).toBe('Cannot create an item in a locked collection\n');
        const erased = await helpers.call(step('erase', 'l:1'));
        expect(erased).toEqual({ ours: locked, theirs: silent });

        // What does not need the secret is answered, by both.
        expect(await helpers.call(step('get', 'l:2'))).toEqual({
          ours: notFound,
          theirs: notFound,
        });
        expect(await helpers.call(step('erase', 'l:2'))).toEqual({ ours: silent, theirs: silent });
        const { ours, theirs } = await helpers.call(step('list'));
        for (const { stdout } of [ours, theirs]) expect(JSON.parse(stdout)).toHaveProperty('l:1');
        await helpers.onBoth((keychain) => keychain.unlock());
        expect((await helpers.call(step('get', 'l:1'))).ours).toEqual(login('l:1', 'ada', 'pw'));
      });

      it('says what is missing and how to get it where there is no session bus', async () => {
        await helpers.call(storing('b:1', 'ada', 'pw'));
        const said = {
          status: 1,
          stdout: expect.stringMatching(
            /^The system’s keychain cannot be reached\. .*gnome-keyring.*\n$/,
          ),
          stderr: '',
        };
        for (const address of [undefined, 'unix:path=/nowhere']) {
          const noBus = { DBUS_SESSION_BUS_ADDRESS: address };
          for (const one of [step('get', 'b:1'), storing('b:1', 'u', 'x'), step('erase', 'b:1')]) {
            const { ours, theirs } = await helpers.call(one, noBus);
            expect(ours).toEqual(said);
            expect(theirs).toMatchObject({ status: 1, stderr: '' });
            // The system's own words are in it, for whoever looks them up.
            expect(ours.stdout).toContain(theirs.stdout.trim());
          }
          // The list is Regent's own, so these need no keychain; the other fails.
          const absent = await helpers.call(step('get', 'b:2'), noBus);
          expect(absent.ours).toEqual(notFound);
          expect((await helpers.call(step('erase', 'b:2'), noBus)).ours).toEqual(silent);
          const { ours, theirs } = await helpers.call(step('list'), noBus);
          expect([ours.status, theirs.status]).toEqual([0, 1]);
          expect(JSON.parse(ours.stdout)).toHaveProperty('b:1', 'ada');
        }
      });

      it('says its name and version in the form of later helpers', async () => {
        const version = /^docker-credential-regent \(regent\) v\d+\.\d+\.\d+\S*\n$/;
        for (const action of ['version', '--version', '-v']) {
          const { ours } = await helpers.call(step(action));
          expect(ours).toEqual({ ...silent, stdout: expect.stringMatching(version) });
        }
        for (const action of ['--help', '-h']) {
          expect((await helpers.call(step(action))).ours.status).toBe(0);
        }
      });
    },
  );
}
