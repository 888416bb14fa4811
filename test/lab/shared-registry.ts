import type { LabHost } from './hosts.ts';
import { startRegistry } from './registry.ts';
import type { RegistryFacts, RegistryVariant } from './registry-facts.ts';
import { type SeededImages, seedImages } from './seed-images.ts';
import { share } from './share.ts';

const wellKnownHosts: Readonly<Record<RegistryVariant, LabHost>> = {
  'tls-login': { name: 'registry.test', ip: '10.77.0.2' },
  'tls-open': { name: 'open.test', ip: '10.77.0.3' },
  plain: { name: 'plain.test', ip: '10.77.0.4' },
  'plain-login': { name: 'plain.test', ip: '10.77.0.4' },
  'nginx-login': { name: 'nginx.test', ip: '10.77.0.5' },
};

/** A registry that the whole run shares, under its well-known name, with the images of `seedImages` in it. */
export interface SharedRegistry extends RegistryFacts {
  readonly images: SeededImages;
}

/**
 * The run's own registry of that variant (`registry.test:5443`, `open.test:5443`, `plain.test:5000`,
 * `plain.test:5001`, `nginx.test`), started and seeded when first asked for. Leave its seeded images alone.
 */
export function sharedRegistry(variant: RegistryVariant): Promise<SharedRegistry> {
  return share(`registry-${variant}`, async () => {
    const host = wellKnownHosts[variant];
    const { stop: _, ...facts } = await startRegistry(variant, { host, outliving: true });
    return { ...facts, images: await seedImages(facts) };
  });
}
