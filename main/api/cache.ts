import type { CacheStatus } from '../../shared/contract/settings.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { UnsafePath } from '../platform/check-folder.ts';
import type { Services } from './services.ts';

type Parts = Pick<Services, 'content' | 'kept' | 'cachePath'>;

/** What is kept on this machine of what registries have sent. */
export async function cacheStatus({ content, kept, cachePath }: Parts): Promise<CacheStatus> {
  const { bytes, files, limit, fault } = await content.usage();
  return { path: cachePath, content: { bytes, files, limit }, lists: await kept.size(), fault };
}

/** Removes it all. @throws RegentError `TRUST_TARGET_UNSAFE`, `FILE_FAILED` */
export async function clearCache(parts: Parts): Promise<CacheStatus> {
  try {
    await parts.content.clear();
    await parts.kept.clear();
  } catch (error) {
    if (error instanceof UnsafePath) {
      const { path, reason } = error;
      throw new RegentError('TRUST_TARGET_UNSAFE', { path, reason }, error);
    }
    const { code = '', path = parts.cachePath } = error as NodeJS.ErrnoException;
    throw new RegentError('FILE_FAILED', { path, reason: code }, error);
  }
  return cacheStatus(parts);
}
