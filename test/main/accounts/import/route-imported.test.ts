import { describe, expect, it } from 'vitest';
import { routeImported } from '../../../../main/accounts/import/route-imported.ts';
import { type Problem, problem } from '../../../../shared/errors/index.ts';
import type { HelperStatus } from '../../../../shared/model/helper-status.ts';

const status = (installed: boolean, problems: readonly Problem[] = []): HelperStatus => ({
  ...{ installed, path: null, configPath: '/c', routes: [], isDefault: false, reach: [] },
  ...{ problems, repairs: [] },
});

const helper = (installed: boolean, problems: readonly Problem[] = []) => {
  const installs: unknown[] = [];
  return {
    installs,
    helperStatus: async () => status(installed),
    helperInstall: async (addresses?: readonly string[]) => {
      installs.push(addresses);
      return status(true, problems);
    },
  };
};

describe('docker’s way to a login that was imported', () => {
  it('leads to Regent where its helper is installed', async () => {
    const installed = helper(true);
    expect(await routeImported(installed, 'h:1')).toBeNull();
    expect(installed.installs).toEqual([['h:1']]);
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
