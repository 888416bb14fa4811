import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EngineLine, splitJsonLines } from '../../../main/engine/json-lines.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly EngineLine[]> {
  async function* stream() {
    yield* chunks;
  }
  const lines: EngineLine[] = [];
  for await (const line of splitJsonLines(stream())) lines.push(line);
  return lines;
}

const statuses = async (text: string) =>
  (await linesOf([Buffer.from(text)])).map(({ status }) => status);

describe('an engine’s lines', () => {
  it('end with CRLF, with LF, or with the stream', async () => {
    expect(await statuses('{"status":"a"}\r\n{"status":"b"}\n\n{"status":"c"}')).toEqual([
      ...['a', 'b', 'c'],
    ]);
  });

  it('are passed over when they are no JSON objects, field by field', async () => {
    expect(await linesOf([Buffer.from('<html>\n[1]\n"x"\n{"status":7,"id":"i"}\n')])).toEqual([
      { status: undefined, id: 'i' },
    ]);
  });

  it('are the same however the bytes arrive', async () => {
    const bytes = Buffer.concat([
      readFileSync(new URL('streams/classic.ndjson', import.meta.url)),
      Buffer.from('{"status":"Gdańsk 서울 🐳"}\r\n'),
    ]);
    const whole = await linesOf([bytes]);
    expect(whole.at(-1)?.status).toBe('Gdańsk 서울 🐳');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 60 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((end, at) => bytes.subarray(edges[at], end));
        expect(await linesOf(chunks)).toEqual(whole);
      }),
    );
  });

  it('are not gathered for ever', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    await expect(linesOf(Array.from({ length: 8 }, () => chunk))).rejects.toThrow('too long');
  });
});
