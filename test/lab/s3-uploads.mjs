// The requests about uploads in parts that s3rver does not know (Amazon S3 API: ListMultipartUploads, ListParts,
// AbortMultipartUpload, UploadPartCopy). Debian's docker-registry sends them all.

/** @param {string} name @param {string} content */
const xml = (name, content) =>
  `<?xml version="1.0" encoding="UTF-8"?><${name}><IsTruncated>false</IsTruncated>${content}</${name}>`;

/** Answers them; all others are passed on. @param {import('./s3-store.mjs').Store} store */
export function answerUploads(store) {
  /** @param {import('s3rver').Context} context @param {() => Promise<void>} next */
  return async (context, next) => {
    const { method, path, query } = context;
    const [, bucket = ''] = decodeURIComponent(path).split('/');
    const { uploadId, partNumber } = query;
    const source = context.get('x-amz-copy-source');
    if (method === 'GET' && 'uploads' in query) {
      const uploads = await store.listUploads(bucket, query.prefix ?? '');
      const rows = uploads.map(
        (one) => `<Upload><Key>${one.key}</Key><UploadId>${one.id}</UploadId></Upload>`,
      );
      context.body = xml('ListMultipartUploadsResult', rows.join(''));
    } else if (method === 'GET' && uploadId !== undefined) {
      const rows = (await store.listParts(bucket, uploadId)).map(
        ({ number, size, md5 }) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>"${md5}"</ETag><Size>${size}</Size></Part>`,
      );
      context.body = xml('ListPartsResult', rows.join(''));
    } else if (method === 'DELETE' && uploadId !== undefined) {
      await store.abortUpload(bucket, uploadId);
      context.status = 204;
    } else if (method === 'PUT' && uploadId !== undefined && source !== '') {
      const [from = '', ...of] = decodeURIComponent(source).replace(/^\//, '').split('/');
      const [, start, end] =
        /^bytes=(\d+)-(\d+)$/.exec(context.get('x-amz-copy-source-range')) ?? [];
      const range = start === undefined ? undefined : { start: Number(start), end: Number(end) };
      const content = store.read(from, of.join('/'), range);
      const { md5 } = await store.putPart(bucket, uploadId, partNumber ?? '', content);
      context.body = xml('CopyPartResult', `<ETag>"${md5}"</ETag>`);
    } else {
      await next();
      return;
    }
    if (context.body) context.type = 'application/xml';
  };
}
