import { describe, expect, it } from 'vitest';
import { fullName, splitImageName } from '../../../main/engine/image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('an image’s name for the engine', () => {
  it.each([
    ['reg.test:5000/team/app:1.0', 'reg.test:5000/team/app', '1.0', 'reg.test:5000'],
    ['reg.test:5000/team/app', 'reg.test:5000/team/app', 'latest', 'reg.test:5000'],
    [`reg.test/app@${digest}`, 'reg.test/app', digest, 'reg.test'],
    [`reg.test/app:1@${digest}`, 'reg.test/app', digest, 'reg.test'],
    ['[fd00::2]:5000/app:1', '[fd00::2]:5000/app', '1', '[fd00::2]:5000'],
    ['app', 'docker.io/library/app', 'latest', 'docker.io'],
  ])('%s', (reference, name, version, address) => {
    expect(splitImageName(reference)).toEqual({ name, version, address });
  });

  it('is put together with a colon before a tag and an at sign before a digest', () => {
    expect(fullName(splitImageName('reg.test/app'))).toBe('reg.test/app:latest');
    expect(fullName(splitImageName(`reg.test/app:1@${digest}`))).toBe(`reg.test/app@${digest}`);
  });

  it('is never made of what is no reference', () => {
    expect(() => splitImageName('reg.test/app:1?platform=x')).toThrow('REFERENCE_INVALID');
  });
});
