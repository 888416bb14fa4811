import { buildGreeter } from './greeter.ts';
import { assembleImage, assembleIndex, type Blob, type Image } from './image.ts';
import { ballast, type Layer, packLayer } from './layer.ts';
import { type Recipe, recipes } from './recipes.ts';

/** A repository of the demo: digests by tag, manifests and blobs by digest. */
interface Repository {
  readonly tags: ReadonlyMap<string, string>;
  readonly manifests: ReadonlyMap<string, Blob>;
  readonly blobs: ReadonlyMap<string, Blob>;
}

/** All that the demo registry serves, by repository. */
export type Shelf = ReadonlyMap<string, Repository>;

interface OpenRepository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, Blob>;
  readonly blobs: Map<string, Blob>;
}

type MakeLayer = (comment: string, pack: () => Promise<Layer>) => Promise<Layer>;

/** Builds the images in memory. The same version of Regent always makes the same digests. */
export async function stockShelf(): Promise<Shelf> {
  const shelf = new Map<string, OpenRepository>();
  const share = shareLayers();
  for (const recipe of recipes) {
    const images: Image[] = [];
    for (const architecture of recipe.architectures) {
      const layers = await layersOf(recipe, architecture, share);
      images.push(assembleImage(architecture, recipe.created, layers));
    }
    place(shelf, recipe, images);
  }
  return shelf;
}

/** Layers with the same comment are the same, as they are where images share a base. */
function shareLayers(): MakeLayer {
  const known = new Map<string, Promise<Layer>>();
  return (comment, pack) => {
    const layer = known.get(comment) ?? pack();
    known.set(comment, layer);
    return layer;
  };
}

async function layersOf(
  { repository, tags, weights }: Recipe,
  architecture: Image['architecture'],
  share: MakeLayer,
): Promise<readonly Layer[]> {
  const name = `${repository}:${tags[0] ?? ''}`;
  const base = share('FROM demo base', () =>
    packLayer('FROM demo base', [
      { path: 'etc/' },
      { path: 'etc/os-release', content: 'NAME="Regent demo"\nID=regent-demo\n' },
      { path: 'etc/passwd', content: 'root:x:0:0:root:/:/greet\n' },
      { path: 'tmp/', mode: 0o1777 },
    ]),
  );
  const data = weights.map((weight, index) => {
    const comment = `COPY data-${index}-${weight} /data/ # ${repository}`;
    const path = `data/${index}-${weight}.bin`;
    return share(comment, () =>
      packLayer(comment, [{ path: 'data/' }, { path, content: ballast(comment, weight) }]),
    );
  });
  const greeting = `Hello from ${name} (${architecture}), pulled with Regent.\n`;
  const greeter = packLayer('COPY greet /greet', [
    { path: 'greet', content: buildGreeter(architecture, greeting), mode: 0o755 },
  ]);
  return await Promise.all([base, ...data, greeter]);
}

function place(shelf: Map<string, OpenRepository>, recipe: Recipe, images: readonly Image[]): void {
  const repository = shelf.get(recipe.repository) ?? {
    tags: new Map(),
    manifests: new Map(),
    blobs: new Map(),
  };
  shelf.set(recipe.repository, repository);
  for (const { manifest, blobs } of images) {
    repository.manifests.set(manifest.digest, manifest);
    for (const blob of blobs) repository.blobs.set(blob.digest, blob);
  }
  const [only] = images;
  const top = images.length === 1 && only ? only.manifest : assembleIndex(images);
  repository.manifests.set(top.digest, top);
  for (const tag of recipe.tags) repository.tags.set(tag, top.digest);
}
