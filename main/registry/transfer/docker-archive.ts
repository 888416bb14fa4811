import { RegentError } from '../../../shared/errors/index.ts';
import { type Descriptor, readImage } from '../describe/manifest.ts';
import { isImageConfig } from '../describe/media-types.ts';
import { reading } from '../describe/read-value.ts';
import { referenceText } from '../describe/reference-text.ts';
import { type Budget, fullBudget, TooMuch } from '../files/budget.ts';
import { withLayer } from '../files/unpack/layer-error.ts';
import { unpackWithin } from '../files/unpack-within.ts';
import type { Place } from '../place.ts';
import { whileRoom } from './disk.ts';
import { openBlob } from './keep-blob.ts';
import type { Saving } from './save-order.ts';
import type { TarEntry } from './tar-file.ts';

/**
 * The files of an archive as `docker save` makes them and `docker load`, `podman load` and skopeo read them
 * (Docker's image specification 1.2, "Combined Image JSON + Filesystem Changeset Format"). Layers stay packed by gzip,
 * which all of them unpack themselves; older engines don't know zstd, so what is packed by that is unpacked on its way.
 * @throws RegentError `TRANSFER_UNSUITABLE`, also while what is unpacked is read
 */
export function dockerArchive(saving: Saving): readonly TarEntry[] {
  const { place, gathered, name } = saving;
  const { json } = gathered.root;
  const { config, layers } = reading(place.session.address, () => readImage(json));
  const reason = config && whyNot(config, layers);
  if (!config || reason !== undefined) throw unsuitable(saving, reason ?? 'artifact');
  const image = {
    Config: `${hexOf(config)}.json`,
    RepoTags: name ? [name.full] : [],
    Layers: layers.map(fileOf),
  };
  const list = Buffer.from(JSON.stringify([image]));
  const budget = fullBudget();
  const distinct = new Map(layers.map((layer) => [layer.digest, layer]));
  return [
    { name: 'manifest.json', size: list.length, open: () => [list] },
    entryFor(saving, budget, config, image.Config),
    ...[...distinct.values()].map((layer) => entryFor(saving, budget, layer, fileOf(layer))),
  ];
}

function whyNot(config: Descriptor, layers: readonly Descriptor[]): string | undefined {
  if (!isImageConfig(config.mediaType)) return 'artifact';
  if (layers.some(({ isForeign }) => isForeign)) return 'foreign';
  return layers.some(({ mediaType }) => mediaType.endsWith('+encrypted')) ? 'encrypted' : undefined;
}

/** One file of the archive. What is unpacked on its way counts as it is packed. */
function entryFor(saving: Saving, budget: Budget, blob: Descriptor, name: string): TarEntry {
  const { digest, size } = blob;
  const isZstd = /zstd$/.test(blob.mediaType);
  const tell = (bytes: number) =>
    saving.progress.note(digest, bytes === size ? 'done' : 'downloading', bytes);
  if (!isZstd) return { name, size, open: (place) => openBlob(place, blob), onBytes: tell };
  const unpacked = async function* (place: Place) {
    let bytes = 0;
    const pieces = unpackWithin(budget, openBlob(place, blob), (more) => {
      bytes += more;
      tell(bytes);
    });
    try {
      yield* whileRoom(saving.path, pieces);
    } catch (error) {
      if (error instanceof TooMuch) throw unsuitable(saving, 'tooMuch', error);
      throw withLayer(error, digest);
    }
  };
  return { name, size: null, open: unpacked };
}

function unsuitable({ place, gathered, name }: Saving, reason: string, cause?: unknown) {
  const reference = name?.full ?? referenceText(place, gathered.root.digest);
  return new RegentError('TRANSFER_UNSUITABLE', { reference, reason }, cause);
}

function fileOf(layer: Descriptor): string {
  return `${hexOf(layer)}.tar${/gzip$/.test(layer.mediaType) ? '.gz' : ''}`;
}

/** Short enough for the names of the format, whatever the algorithm. */
function hexOf({ digest }: Descriptor): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 64);
}
