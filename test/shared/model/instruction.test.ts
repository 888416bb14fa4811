import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instructionOf } from '../../../shared/model/instruction.ts';

describe('instructionOf', () => {
  it.each([
    ['/bin/sh -c #(nop)  CMD ["/bin/sh"]', 'CMD ["/bin/sh"]'],
    ['/bin/sh -c #(nop) ADD file:0c4e in / ', 'ADD file:0c4e in /'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['RUN /bin/sh -c npm ci --omit=dev # buildkit', 'RUN npm ci --omit=dev'],
    ['RUN |2 A=1 B=two words /bin/sh -c make # buildkit', 'RUN make'],
    ['|1 A=1 /bin/sh -c make', 'RUN make'],
    ['COPY . . # buildkit', 'COPY . .'],
    ['CMD ["node" "server.js"]', 'CMD ["node" "server.js"]'],
    ['RUN powershell -Command x # buildkit', 'RUN powershell -Command x'],
    ['bazel build ...', 'bazel build ...'],
    ['', ''],
  ])('reads %j', (createdBy, instruction) => {
    expect(instructionOf(createdBy)).toBe(instruction);
  });

  it('makes nothing up, and is quick', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(`RUN ${text}`).toContain(instructionOf(text).replace(/^RUN /, ''));
      }),
    );
    expect(instructionOf(`|1 ${'/bin/sh -'.repeat(100_000)}`)).toContain('/bin/sh');
  });
});
