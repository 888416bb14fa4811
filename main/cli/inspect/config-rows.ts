import type { Translator } from '../../../shared/i18n/index.ts';
import type { ImageConfig } from '../../../shared/model/image-details.ts';

type Row = readonly [label: string, text: string];

/** What a container starts with, a line for each thing that is stated; commands as in a Dockerfile. */
export function configRows(t: Translator, config: ImageConfig): readonly Row[] {
  const rows: readonly Row[] = [
    [t('cli.inspect.entrypoint'), command(config.entrypoint)],
    [t('cli.inspect.command'), command(config.command)],
    [t('cli.inspect.user'), config.user],
    [t('cli.inspect.workingDir'), config.workingDir],
    [t('cli.inspect.ports'), config.ports.join(', ')],
    [t('cli.inspect.volumes'), config.volumes.join(', ')],
    [t('cli.inspect.healthcheck'), command(config.healthcheck)],
    [t('cli.inspect.stopSignal'), config.stopSignal],
    ...list(t('cli.inspect.env'), config.env),
    ...list(
      t('cli.inspect.labels'),
      config.labels.map(([name, text]) => `${name}=${text}`),
    ),
  ];
  return rows.filter(([label, text]) => text !== '' || label === '');
}

function command(words: readonly string[] | null): string {
  return words === null ? '' : JSON.stringify(words);
}

/** One line each, the label before the first. */
function list(label: string, items: readonly string[]): readonly Row[] {
  return items.map((item, at) => [at === 0 ? label : '', item] as const);
}
