import { join } from 'node:path';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { presentedOf } from '../presented-of.ts';
import type { Consumer, Machine } from '../targets/target.ts';
import { findAnchors } from '../verify/find-anchors.ts';
import { foldersOf } from './folders.ts';
import { lookIntoFile } from './look-into-file.ts';

/**
 * Whether a consumer would accept the server as it answers now, by the system's authorities or those in its own
 * folders, were it no longer excused from asking.
 * @param now milliseconds since 1970
 */
export async function isAccepted(
  consumer: Consumer,
  report: ProbeReport,
  { places, names }: Machine,
  now: number,
): Promise<boolean> {
  if (report.verdict === 'trusted') return true;
  if (report.certificates.length === 0) return false;
  const paths = await Promise.all(
    foldersOf(consumer, report.address, places).map(async (folder) =>
      (await names(folder))
        .filter((name) => name.endsWith('.crt'))
        .map((name) => join(folder, name)),
    ),
  );
  const held = await Promise.all(paths.flat().map(lookIntoFile));
  const read = held.flatMap((one) =>
    one ? one.certificates.filter(({ sha256 }) => one.read.includes(sha256)) : [],
  );
  return findAnchors(read, presentedOf(report), now).length > 0;
}
