import { describe, expect, it } from 'vitest';
import { changedParts } from '../../../../renderer/features/compare/changed-parts.ts';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';

const file: LayerFile = {
  ...{ path: 'bin/sh', kind: 'file', size: 10, mode: 0o755, uid: 0, gid: 0 },
  ...{ modified: null, target: null, layer: 'sha256:1' },
};
const parts = (changes: Partial<LayerFile>) => changedParts(file, { ...file, ...changes });

describe('what differs between two files', () => {
  it('is named part by part', () => {
    expect(parts({ size: 11 })).toEqual(['content']);
    expect(parts({ mode: 0o644, gid: 5 })).toEqual(['mode', 'owner']);
    expect(parts({ target: '/bin/bash' })).toEqual(['target']);
  });

  it('is the content where nothing else is left: that is not known here', () => {
    expect(parts({ modified: '2026-01-01T00:00:00.000Z', layer: 'sha256:2' })).toEqual(['content']);
  });

  it('is the kind alone where that differs: nothing else can be compared then', () => {
    expect(parts({ kind: 'link', target: 'busybox', size: 0, mode: 0o777 })).toEqual(['kind']);
  });
});
