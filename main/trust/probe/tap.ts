import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const KEPT = 64 * 1024;

/**
 * A socket's two directions with the first bytes that came in kept: what a server says before or instead of
 * TLS is in the clear, and Node shows it to nobody.
 */
export class Tap extends Duplex {
  #received: Buffer = Buffer.alloc(0);
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (this.#received.length < KEPT) this.#received = Buffer.concat([this.#received, chunk]);
      if (!this.push(chunk)) socket.pause();
    });
    socket.once('end', () => this.push(null));
    socket.once('error', (error) => this.destroy(error));
    socket.once('close', () => this.destroy());
  }

  /** The first bytes from the server, up to 64 KiB and the rest of the last packet. */
  get received(): Buffer {
    return this.#received;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
