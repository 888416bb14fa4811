import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { HelperInstall } from '../helper/helper-install.ts';

/**
 * Has docker ask Regent for a registry whose login was just imported, where the helper is installed. Installing it is
 * another decision, and the user's.
 * @returns what keeps docker from finding the login in Regent, or null
 * @throws as `helperInstall`
 */
export async function routeImported(
  helper: Pick<HelperInstall, 'isInstalled' | 'helperInstall'>,
  address: string,
): Promise<Problem | null> {
  if (!(await helper.isInstalled())) return problem('HELPER_NEEDED', { address });
  const { problems } = await helper.helperInstall([address]);
  const isAbout = (one: Problem) =>
    one.code === 'HELPER_ROUTE_TAKEN' && one.data.address === address;
  return problems.find(isAbout) ?? null;
}
