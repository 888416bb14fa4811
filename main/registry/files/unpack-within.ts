import { type Budget, spend, TooMuch } from './budget.ts';
import { fileLimits } from './file-limits.ts';
import { unpackLayer } from './unpack/unpack-layer.ts';

/**
 * Unpacks a layer as far as the budget lasts, and no further than packing can have made it smaller by honest means.
 * @param onBytes told how many more bytes of the packed layer have come
 * @throws TooMuch, and as of `unpackLayer`
 */
export async function* unpackWithin(
  budget: Budget,
  stored: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  let [packed, unpacked] = [0, 0];
  const counted = async function* () {
    for await (const piece of stored) {
      packed += piece.length;
      onBytes(piece.length);
      yield piece;
    }
  };
  for await (const piece of unpackLayer(counted())) {
    unpacked += piece.length;
    spend(budget, 'unpacked', piece.length);
    if (unpacked > fileLimits.ratioFrom && unpacked > packed * fileLimits.ratio) {
      throw new TooMuch();
    }
    yield piece;
  }
}
