import { describe, expect, it } from 'vitest';
import { routeImported } from '../../../../main/accounts/import/route-imported.ts';
import { type Problem, problem } from '../../../../shared/errors/index.ts';
import type { HelperStatus } from '../../../../shared/model/helper-status.ts';

const installed = (problems: readonly Problem[]): HelperStatus => ({
  ...{
    installed: true,
    path: null,
    configPath: '/c',
    routes: [],
    isDefault: false,
    reach: [],
    others: [],
  },
  ...{ problems, repairs: [] },
});

const helper = (isThere: boolean, problems: readonly Problem[] = []) => {
  const installs: unknown[] = [];
  return {
    installs,
    isInstalled: async () => isThere,
    helperInstall: async (addresses?: readonly string[]) => {
      installs.push(addresses);
      return installed(problems);
    },
  };
};

describe('docker’s way to a login that was imported', () => {
  it('leads to Regent where its helper is installed', async () => {
    const there = helper(true);
    expect(await routeImported(there, 'h:1')).toBeNull();
    expect(there.installs).toEqual([['h:1']]);
  });

  it('is not there without the helper, which nobody installs unasked', async () => {
    const absent = helper(false);
    expect(await routeImported(absent, 'h:1')).toMatchObject({ code: 'HELPER_NEEDED' });
    expect(absent.installs).toEqual([]);
  });

  it('tells that another helper is named for that registry', async () => {
    const taken = (address: string) => problem('HELPER_ROUTE_TAKEN', { address, helper: 'pass' });
    expect(await routeImported(helper(true, [taken('h:2')]), 'h:1')).toBeNull();
    expect(await routeImported(helper(true, [taken('h:2'), taken('h:1')]), 'h:1')).toEqual(
      taken('h:1'),
    );
  });
});
