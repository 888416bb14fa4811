import { join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';
import type { TrustWish } from './target.ts';

/** What settings that name certificates by their paths have to name. */
export interface NamedFiles {
  readonly caPaths: readonly string[];
  readonly client: { readonly cert: string; readonly key: string } | undefined;
}

/** The paths of Regent's own files in a registry's folder, as `certsFolderFiles` writes them. */
export function namedFiles({ certificates, client }: TrustWish, folder: string): NamedFiles {
  const base = client && join(folder, `regent-${client.sha256.slice(0, 16)}`);
  return {
    caPaths: certificates.map(({ sha256 }) => join(folder, certificateFileName(sha256, 'crt'))),
    client: base === null ? undefined : { cert: `${base}.cert`, key: `${base}.key` },
  };
}
