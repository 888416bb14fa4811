import type { ConsumerId, Note } from '../../../shared/model/consumer.ts';
import type { Operation } from '../operations/operation.ts';

/** A certificate to trust: the very bytes, and what they hash to. */
export interface WantedCertificate {
  /** One PEM block as `writePem` writes it. */
  readonly pem: string;
  readonly sha256: string;
}

/** A certificate to show the registry, with its key. */
export interface WantedClient {
  /** The certificate and its issuers, as PEM. */
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER bytes. */
  readonly sha256: string;
  /** PKCS#8 as PEM; null on the way back, where its hash is enough. */
  readonly keyPem: string | null;
  /** SHA-256 of that PEM text. */
  readonly keySha256: string;
}

/** What a consumer shall accept. */
export interface TrustWish {
  readonly address: string;
  readonly certificates: readonly WantedCertificate[];
  /** Certificates of earlier trusts that these ones replace: some settings can name only one. */
  readonly replaced: readonly WantedCertificate[];
  readonly client: WantedClient | null;
  /** Whether the registry speaks plain HTTP and that is allowed. */
  readonly plainHttp: boolean;
  /** Whether it is no longer to be listed as insecure: it has TLS by now. */
  readonly withdrawn: boolean;
  /** Paths that are in the way and are set aside. */
  readonly aside: readonly string[];
}

/** Families of Linux systems, by how they keep their own authorities. */
export type SystemStore = 'debian' | 'rhel' | 'arch' | 'suse';

/** Where things are on this machine. All absolute. */
export interface Places {
  readonly platform: NodeJS.Platform;
  /** The machine's root: `/`. */
  readonly root: string;
  readonly home: string;
  /** XDG_CONFIG_HOME. */
  readonly configHome: string;
  /** XDG_RUNTIME_DIR; null where there is none. */
  readonly runtimeDir: string | null;
  /** The docker CLI's folder. */
  readonly dockerConfig: string;
  /** Regent's own data. */
  readonly data: string;
  /** How this system keeps its own authorities; null where that is not known. */
  readonly systemStore: SystemStore | null;
}

/** What looks around on this machine, without changing anything. */
export interface Machine {
  readonly places: Places;
  readonly exists: (path: string) => Promise<boolean>;
  /** Undefined where there is no such file, or it can't be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The names in a folder; none where there is no such folder. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** Finds a program as the shell would. */
  readonly which: (program: string) => Promise<string | undefined>;
}

/** Where a consumer is on this machine, and where it reads trust. */
export interface Finding {
  readonly evidence: string;
  readonly place: string;
}

/** A program that must trust. */
export interface Consumer {
  readonly id: ConsumerId;
  /** `machine`: its places belong to root, and the elevated step may change them. */
  readonly scope: 'machine' | 'user';
  /** Looks whether it is there; undefined when not. */
  find(machine: Machine): Promise<Finding | undefined>;
  /** What makes it trust, in order. Pure: the elevated step computes the same by itself. */
  operations(wish: TrustWish, places: Places): readonly Operation[];
  /** The folders that it reads for one registry, the first it looks for first. */
  registryFolders?(address: string, places: Places): readonly string[];
  /** What a person should know beside the changes. */
  notes?(wish: TrustWish, machine: Machine): Promise<readonly Note[]>;
  /** Commands for a person where Regent can't do it itself; undefined where it can. */
  byHand?(wish: TrustWish, machine: Machine): Promise<string | undefined>;
}
