import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { Content } from './artifact-kinds.ts';

/** What the inspection of one kind of manifest adds to what all have. */
export type Inspected = Pick<ImageDetails, 'platforms' | 'image' | 'storedSize'> & {
  readonly content: Content;
};

/** What was asked for. */
export interface Wanted {
  /** A tag or a digest. */
  readonly reference: string;
  /** `os/architecture[/variant]`; undefined takes this machine's, else the first. */
  readonly platform: string | undefined;
}
