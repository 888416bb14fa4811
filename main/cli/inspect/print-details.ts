import { formatAge, formatBytes } from '../../../shared/i18n/index.ts';
import type { ImageDetails, PlatformEntry, Referrer } from '../../../shared/model/image-details.ts';
import type { CommandContext } from '../command.ts';
import type { NamedImage } from '../read-image.ts';
import { setInColumns } from '../text/columns.ts';
import { formatMoment } from '../text/moment.ts';
import { paint } from '../text/paint.ts';
import { configRows } from './config-rows.ts';
import { layerRows } from './layer-rows.ts';

/** Prints what is known of an image for people. */
export function printDetails(
  context: CommandContext,
  { name }: NamedImage,
  details: ImageDetails,
  referrers: readonly Referrer[],
): void {
  const { out, t } = context;
  const { kind, detail, image, annotations } = details;
  const more = detail === null ? '' : ` ${detail}`;
  out.line(`${paint('bold', name)}  ${t(`cli.kind.${kind}`)}${more}`);
  printPairs(context, summaryRows(context, details));
  if (details.platforms.length > 0) {
    section(context, t('cli.inspect.platforms'));
    const rows = details.platforms.map((entry) => platformRow(context, entry, image?.digest));
    for (const line of setInColumns(rows, [1])) out.line(`  ${line}`);
  }
  if (image?.config) {
    const rows = configRows(t, image.config);
    if (rows.length > 0) {
      section(context, t('cli.inspect.config'));
      printPairs(context, rows);
    }
  }
  if (image && image.layers.length + image.history.length > 0) {
    section(context, t('cli.inspect.layers', { count: image.layers.length }));
    for (const line of setInColumns(layerRows(t, image), [0])) out.line(`  ${line}`);
  }
  if (referrers.length > 0) {
    section(context, t('cli.inspect.referrers'));
    const rows = referrers.map((referrer) => referrerRow(context, referrer));
    for (const line of setInColumns(rows, [2])) out.line(`  ${line}`);
  }
  if (annotations.length > 0) {
    section(context, t('cli.inspect.annotations'));
    printPairs(context, annotations);
  }
}

type Rows = readonly (readonly [label: string, text: string])[];

function summaryRows(context: CommandContext, details: ImageDetails): Rows {
  const { t, clock } = context;
  const { digest, mediaType, storedSize, image, subject } = details;
  const bytes = (size: number | null | undefined) =>
    typeof size === 'number' ? formatBytes(t.locale, size) : t('cli.inspect.unknown');
  const created = image?.created ?? null;
  const isOne = image === null || image.digest === digest;
  const rows: Rows = [
    [t('cli.inspect.digest'), digest],
    [t('cli.inspect.type'), mediaType],
    ...(isOne ? [] : ([[t('cli.inspect.stored'), bytes(storedSize)]] as const)),
    ...(subject === null ? [] : ([[t('cli.inspect.subject'), subject]] as const)),
    ...(isOne ? [] : ([[t('cli.inspect.shown'), shownText(details)]] as const)),
    ...(isOne && image?.platform ? ([[t('cli.inspect.for'), image.platform]] as const) : []),
    [t('cli.inspect.size'), bytes(isOne ? storedSize : image?.size)],
  ];
  const age =
    created && `${formatMoment(t, created)} (${formatAge(t.locale, created, clock.now())})`;
  return [
    ...rows,
    ...(age ? ([[t('cli.inspect.created'), age]] as const) : []),
    ...(image?.author ? ([[t('cli.inspect.author'), image.author]] as const) : []),
  ];
}

/** Which image of an index the rest is about. */
function shownText({ image }: ImageDetails): string {
  return [image?.platform, image?.digest].filter(Boolean).join('  ');
}

function platformRow(
  { t }: CommandContext,
  { platform, digest, size, missing }: PlatformEntry,
  shown: string | undefined,
): readonly string[] {
  const name = platform ?? t('cli.inspect.noPlatform');
  const amount = size === null ? '?' : formatBytes(t.locale, size);
  return [
    digest === shown ? paint('bold', name) : name,
    missing ? paint('warn', t('cli.inspect.missing')) : amount,
    paint('dim', digest),
  ];
}

function referrerRow(
  { t }: CommandContext,
  { kind, type, platform, size, digest }: Referrer,
): readonly string[] {
  const what = [t(`cli.kind.${kind}`), platform].filter(Boolean).join(', ');
  return [what, type, formatBytes(t.locale, size), paint('dim', digest)];
}

function section({ out }: CommandContext, title: string): void {
  out.line();
  out.line(paint('bold', title));
}

function printPairs({ out }: CommandContext, rows: Rows): void {
  const cells = rows.map(([label, text]) => [paint('dim', label), text]);
  for (const line of setInColumns(cells)) out.line(`  ${line}`);
}
