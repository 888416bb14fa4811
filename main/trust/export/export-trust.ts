import { assertNever } from '../../../shared/model/assert-never.ts';
import type { ExportedFile, ExportFormat } from '../../../shared/model/trust.ts';
import { exportRole } from './ansible/export-role.ts';
import { exportBundle } from './bundle.ts';
import { exportCloudInit } from './cloud-init.ts';
import { exportDockerfiles } from './dockerfile.ts';
import { exportManifest } from './kubernetes/export-manifest.ts';
import { exportShell } from './shell/export-shell.ts';
import { checkSubject, type ExportSubject, type TrustToExport } from './subject.ts';

/** What an export needs beside the trust itself. */
export interface ExportSurroundings {
  /** Milliseconds since 1970; the day a bundle was made is written into it. */
  readonly now: number;
  /** The image that the Kubernetes manifest runs: anything with a POSIX shell, such as busybox. */
  readonly image?: string;
}

/**
 * Writes a trust down for other machines. Files are English and self-explaining, since administrators read
 * them there without Regent; names and bytes of certificates are those Regent itself would write.
 * @throws RegentError `ADDRESS_INVALID`, `CERT_UNREADABLE`, `INPUT_INVALID` see `checkSubject`
 */
export function exportTrust(
  what: TrustToExport,
  format: ExportFormat,
  surroundings: ExportSurroundings,
): readonly ExportedFile[] {
  return write(checkSubject(what), format, surroundings);
}

function write(
  subject: ExportSubject,
  format: ExportFormat,
  { now, image = 'busybox:stable' }: ExportSurroundings,
): readonly ExportedFile[] {
  switch (format) {
    case 'shell':
      return exportShell(subject);
    case 'cloud-init':
      return exportCloudInit(subject);
    case 'ansible':
      return exportRole(subject);
    case 'kubernetes':
      return exportManifest(subject, image);
    case 'dockerfile':
      return exportDockerfiles(subject);
    case 'bundle':
      return exportBundle(subject, now);
    default:
      return assertNever(format);
  }
}
