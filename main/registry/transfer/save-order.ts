import type { Place } from '../place.ts';
import type { Gathered } from './gather.ts';
import type { LayoutName } from './oci-layout.ts';
import type { TransferProgress } from './transfer-progress.ts';

/** Where and how to save. */
export interface SaveOrder {
  /** Absolute. A folder for an OCI layout, or a file that ends in `.tar`; always a file for `docker-archive`. */
  readonly path: string;
  readonly format: 'oci' | 'docker-archive';
  /** `os/arch[/variant]`: only this image of an index. */
  readonly platform?: string | undefined;
  /** Whether what stands there already may be replaced. */
  readonly force?: boolean | undefined;
}

/** What is written, from where, and under which name. */
export interface Saving {
  readonly place: Place;
  readonly gathered: Gathered;
  readonly name: LayoutName | null;
  readonly path: string;
  readonly force: boolean;
  readonly progress: TransferProgress;
}

/** Blobs under way at a time: as many as skopeo takes, which is what registries are used to. */
export const BLOBS_AT_ONCE = 6;
