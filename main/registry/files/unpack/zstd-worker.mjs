// Unpacks zstd by script, in a thread of its own: started by unpack-in-thread.ts, beside which it lies, in the sources as
// in dist/. It is given steps through a frame (RFC 8878) and answers each message with what they come to.
import { parentPort } from 'node:worker_threads';
import { Decompress } from 'fzstd';

/** @typedef {{ readonly bytes: Uint8Array, readonly begins: boolean, readonly ends: boolean }} Step */

/** @type {Uint8Array<ArrayBuffer>[]} */
let unpacked = [];
// Copies: what fzstd gives is at times a view of its own window.
const begin = () => new Decompress((bytes) => unpacked.push(new Uint8Array(bytes)));
let frame = begin();

/** @param {readonly Step[]} steps */
function unpack(steps) {
  for (const { bytes, begins, ends } of steps) {
    if (begins) frame = begin();
    frame.push(bytes, ends);
  }
}

parentPort?.on('message', (steps) => {
  try {
    unpack(steps);
    const pieces = unpacked;
    unpacked = [];
    parentPort?.postMessage(
      { pieces },
      pieces.map(({ buffer }) => buffer),
    );
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
