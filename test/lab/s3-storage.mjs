// An S3 storage with one bucket, as far as Debian's docker-registry uses one; it writes down what it was asked. Run by
// s3-storage.ts in the registries' network namespace: s3-storage.mjs SETUP
import { readFileSync } from 'node:fs';
import S3rver from 's3rver';
import { Store } from './s3-store.mjs';
import { answerUploads } from './s3-uploads.mjs';

const { ip, port, folder, bucket, tls } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

const server = new S3rver({
  ...{ address: ip, port, directory: folder, silent: true, vhostBuckets: false },
  ...(tls && { cert: tls.certPem, key: tls.keyPem }),
  configureBuckets: [{ name: bucket }],
});
const store = new Store(folder);
server.store = store;
server.context.store = store;
server.middleware.unshift((context, next) => {
  // Taken now: s3rver makes headers of what is in the URL.
  const { authorization = null, range = null, 'user-agent': agent = '' } = context.headers;
  const { method, path, query, res } = context;
  const isPresigned = 'X-Amz-Signature' in query;
  res.once('close', () => {
    const { statusCode: status } = res;
    console.log(JSON.stringify({ method, path, isPresigned, authorization, range, agent, status }));
  });
  return next();
}, answerUploads(store));
await server.run();
