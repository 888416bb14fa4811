import type { RegistryStatus } from '../../../shared/model/registry.ts';
import type { Tone } from '../../ui/status-badge.tsx';

/** The shape that stands for a registry's state. */
export function toneOfRegistry(state: RegistryStatus['state'] | undefined): Tone {
  switch (state) {
    case 'ready':
      return 'good';
    case 'untrusted':
    case 'problem':
      return 'attention';
    case 'signed-out':
    case 'unreachable':
      return 'off';
    case undefined:
      return 'busy';
  }
}
