import { RegentError } from '../../../shared/errors/index.ts';
import { formatPlatform, type Platform } from '../../../shared/model/platform.ts';

/** What Node calls processors (`process.arch`), in the words of images (Go's). */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  loong64: 'loong64',
  mipsel: 'mipsle',
  ppc64: 'ppc64le',
};

/** Linux on this machine's processor: what engines run here, in a virtual machine where need be. */
export function ownPlatform(arch: string = process.arch): string {
  return `linux/${ARCHITECTURES[arch] ?? arch}`;
}

/**
 * The one of the platform wanted (`os/architecture[/variant]`): with that variant, else any variant if none was asked
 * for. Undefined when there is none.
 */
export function findPlatform<T>(
  candidates: readonly T[],
  platformOf: (candidate: T) => Platform | undefined,
  wanted: string,
): T | undefined {
  const spelled = wanted
    .toLowerCase()
    .replace(/^(linux\/(?:arm64\/v8|amd64\/v1))$/, (text) => text.slice(0, text.lastIndexOf('/')));
  const named = candidates.flatMap((candidate) => {
    const platform = platformOf(candidate);
    return platform ? [{ candidate, name: formatPlatform(platform).toLowerCase() }] : [];
  });
  const exact = named.find(({ name }) => name === spelled);
  return (exact ?? named.find(({ name }) => name.startsWith(`${spelled}/`)))?.candidate;
}

/**
 * Makes sure that an image which stands alone is of the platform wanted, where one is wanted and it states its own.
 * @param reference what was asked for, in full
 * @throws RegentError `PLATFORM_NOT_FOUND`
 */
export function requirePlatform(
  stated: Platform | undefined,
  wanted: string | undefined,
  reference: string,
): void {
  if (wanted === undefined || !stated || findPlatform([stated], (one) => one, wanted)) return;
  const platforms = [formatPlatform(stated)];
  throw new RegentError('PLATFORM_NOT_FOUND', { reference, platform: wanted, platforms });
}
