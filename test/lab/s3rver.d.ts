// The parts of s3rver, which has no types, that the lab's S3 storage is made of.
declare module 's3rver' {
  class S3rver {
    constructor(options: object);
    store: object;
    readonly context: { store: object };
    readonly middleware: S3rver.Middleware[];
    run(): Promise<unknown>;
  }

  namespace S3rver {
    /** One request with its answer, of Koa. */
    interface Context {
      readonly method: string;
      readonly path: string;
      readonly query: Readonly<Record<string, string | undefined>>;
      readonly headers: import('node:http').IncomingHttpHeaders;
      readonly res: import('node:http').ServerResponse;
      status: number;
      type: string;
      body: unknown;
      get(header: string): string;
    }

    type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;
  }

  export = S3rver;
}

declare module 's3rver/lib/models/object.js' {
  class S3Object {
    constructor(bucket: string, key: string, content: null, metadata: object);
  }
  export = S3Object;
}

declare module 's3rver/lib/stores/filesystem.js' {
  type Readable = import('node:stream').Readable;

  class FilesystemStore {
    constructor(folder: string);
    getBucketPath(bucket: string): string;
    getResourcePath(bucket: string, key: string | undefined, kind: string): string;
    getMetadata(bucket: string, key: string): Promise<object>;
    putMetadata(bucket: string, key: string, metadata: object, md5: string): Promise<void>;
    putPart(bucket: string, id: string, part: string | number, content: Readable): Promise<object>;
    putObject(object: object): Promise<object>;
    deleteObject(bucket: string, key: string): Promise<void>;
    listObjects(bucket: string, wanted: object): Promise<object>;
  }
  export = FilesystemStore;
}
