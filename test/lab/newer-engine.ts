import { join } from 'node:path';
import { newerEngineFolder } from '../setup/newer-engine.mjs';
import { attachEngine, type EngineFacts, type LabEngine, startEngine } from './engine.ts';
import { requireLab } from './lab-missing.ts';
import { share } from './share.ts';

/** Where a Docker Engine keeps its images. Each has its own reader of registry trust for pull and push. */
export type ImageStore = 'classic' | 'containerd';

/**
 * The run's own Docker Engine of a newer generation (28 or later) with that image store, started when first asked
 * for. It reads /etc/docker/certs.d like every engine. @throws LabMissing
 */
export async function newerEngine(store: ImageStore): Promise<LabEngine> {
  requireLab('engine', 'newer-engine');
  const facts = await share(`newer-engine-${store}`, async (): Promise<EngineFacts> => {
    const engine = await startEngine({
      dockerd: join(newerEngineFolder, 'dockerd'),
      settings: { features: { 'containerd-snapshotter': store === 'containerd' } },
      outliving: true,
    });
    const { socketPath, dataRoot, configPath, pid, logPath } = engine;
    return { socketPath, dataRoot, configPath, pid, logPath };
  });
  return attachEngine(facts, async () => undefined);
}
