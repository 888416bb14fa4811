import type { AccountFormat } from '../../../shared/model/account.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { dockerConfigJson } from './docker-config-json.ts';
import type { ExportNames, LoginToExport } from './login-to-export.ts';
import { pullSecret } from './pull-secret.ts';

/**
 * Writes a login in a format that other programs read.
 * @throws RegentError `INPUT_INVALID` for a name that Kubernetes refuses, `EXPORT_IDENTITY_TOKEN`
 */
export function exportLogin(
  login: LoginToExport,
  format: AccountFormat,
  names: ExportNames,
): string {
  switch (format) {
    case 'dockerconfigjson':
      return dockerConfigJson(login);
    case 'k8s-secret':
      return pullSecret(login, names);
    default:
      return assertNever(format);
  }
}
