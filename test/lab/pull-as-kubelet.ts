import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';

/** What the runtime said. Code 0 is success (gRPC, "Status codes"); the message is then empty. */
export interface CriAnswer {
  readonly code: number;
  readonly message: string;
}

/** Credentials as a kubelet hands them over from an image pull secret. */
export interface CriLogin {
  readonly username: string;
  readonly password: string;
}

/** One length-delimited field of a protobuf message. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), bytes]);
}

/** runtime.v1.PullImageRequest of the CRI's api.proto: image = 1 { image = 1 }, auth = 2 { username = 1, password = 2 }. */
function requestOf(image: string, login: CriLogin | undefined): Buffer {
  const fields = [field(1, field(1, image))];
  if (login !== undefined) {
    fields.push(field(2, Buffer.concat([field(1, login.username), field(2, login.password)])));
  }
  const message = Buffer.concat(fields);
  // gRPC over HTTP/2: not compressed, then the length in four bytes.
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function call(session: ClientHttp2Session, body: Buffer): Promise<CriAnswer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/runtime.v1.ImageService/PullImage',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    // A failure may come as headers only, success has its status in the trailers.
    const read = (headers: Record<string, unknown>) => {
      const code = headers['grpc-status'];
      if (code === undefined) return;
      const message = decodeURIComponent(String(headers['grpc-message'] ?? ''));
      resolve({ code: Number(code), message });
    };
    stream.once('response', read);
    stream.once('trailers', read);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('The runtime closed the call without a status.')));
    stream.resume();
    stream.end(body);
  });
}

/**
 * Asks a container runtime to pull an image over the Kubernetes Container Runtime Interface, on its unix socket.
 * A refusal is an answer. @throws when the runtime cannot be asked
 */
export async function pullAsKubelet(
  socketPath: string,
  image: string,
  login?: CriLogin,
): Promise<CriAnswer> {
  const session = connectHttp2('http://localhost', { createConnection: () => connect(socketPath) });
  const failed = new Promise<never>((_, reject) => session.once('error', reject));
  try {
    return await Promise.race([call(session, requestOf(image, login)), failed]);
  } finally {
    session.close();
  }
}
