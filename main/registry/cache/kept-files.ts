import * as z from 'zod';
import { type Tag, tagSchema } from '../../../shared/model/image.ts';
import { isRepository, isTag } from '../../../shared/model/reference.ts';
import { readLimited } from '../../platform/read-limited.ts';
import type { Viewer } from './place-key.ts';

/** The repositories of a registry, as they were at a time (ISO 8601). */
export interface KeptRepositories {
  readonly repositories: readonly string[];
  readonly at: string;
}

/** The tags of a repository, as they were at a time (ISO 8601), with what was learned of some of them since. */
export interface KeptTags {
  readonly tags: readonly string[];
  readonly details: readonly Tag[];
  readonly at: string;
}

/** Of one list. More can't be looked at anyway, and a registry may be hostile. */
export const keptNames = { repositories: 200_000, tags: 50_000, details: 10_000 } as const;

/** Bytes of one file; more than the largest list that is written. */
const LARGEST = 64 * 1_048_576;

const common = { version: z.literal(1), at: z.iso.datetime() };
const about = z.object({
  address: z.string(),
  user: z.string().nullable(),
  repository: z.string().nullable(),
});
const repositoriesSchema = z.object({
  ...{ ...common, about },
  repositories: z.array(z.string()).max(keptNames.repositories),
});
const tagsSchema = z.object({
  ...{ ...common, about },
  tags: z.array(z.string()).max(keptNames.tags),
  details: z.array(tagSchema).max(keptNames.details),
});

/** What a file is about; it is written into the file, so that one in another's place is told apart. */
export interface About extends Viewer {
  readonly repository: string | null;
}

/** Reads a list of repositories; null where there is none, or one that is not what it should be. */
export async function readKeptRepositories(
  path: string,
  about: About,
): Promise<KeptRepositories | null> {
  const read = await readJsonFile(path, repositoriesSchema);
  if (!read || !isAbout(read.about, about)) return null;
  return { repositories: read.repositories.filter(isRepository), at: read.at };
}

/** Reads a list of tags; null where there is none, or one that is not what it should be. */
export async function readKeptTags(path: string, about: About): Promise<KeptTags | null> {
  const read = await readJsonFile(path, tagsSchema);
  if (!read || !isAbout(read.about, about)) return null;
  const tags = read.tags.filter(isTag);
  const known = new Set(tags);
  return { tags, details: read.details.filter(({ name }) => known.has(name)), at: read.at };
}

/** What such a file says. */
export function keptFileText(about: About, kept: KeptRepositories | KeptTags): string {
  const { address, user, repository } = about;
  return JSON.stringify({ version: 1, about: { address, user, repository }, ...kept });
}

async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const bytes = await readLimited(path, LARGEST);
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}

function isAbout(found: About, wanted: About): boolean {
  return (
    found.address === wanted.address &&
    found.user === wanted.user &&
    found.repository === wanted.repository
  );
}
