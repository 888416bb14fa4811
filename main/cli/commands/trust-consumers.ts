import type { Translator } from '../../../shared/i18n/index.ts';
import type { FoundConsumer } from '../../../shared/model/consumer.ts';
import { consumerFacts } from '../../../shared/model/consumer-facts.ts';
import { defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent trust consumers`: the programs on this machine that can be made to trust a registry. */
export const trustConsumers = defineCommand(
  {
    name: 'trust consumers',
    about: 'cli.trustConsumers.about',
    args: [],
    options: {},
    examples: ['trust consumers', 'trust consumers --json'],
  },
  async ({ client, json, out, err, signal, t }) => {
    const found = await client.trust.consumers(undefined, { signal });
    if (json) {
      const consumers = found.map((consumer) => ({ ...consumer, ...consumerFacts[consumer.id] }));
      out.json({ consumers });
      return 0;
    }
    if (found.length === 0) err.line(t('cli.trustConsumers.empty'));
    for (const consumer of found) {
      const mark = consumer.preselected ? paint('good', '✓') : paint('dim', '–');
      const name = paint('bold', t(`common.consumer.${consumer.id}`));
      out.line(`${mark} ${name} (${consumer.id})`);
      for (const line of factLines(t, consumer)) out.line(`    ${line}`);
    }
    if (found.length > 0) out.line(paint('dim', t('cli.trustConsumers.legend')));
    return 0;
  },
);

function factLines(t: Translator, consumer: FoundConsumer): readonly string[] {
  const { reach, effect, ranHere, plainHttp } = consumerFacts[consumer.id];
  const reachWords = t(`common.reach.${reach}`);
  const rows = [
    [t('cli.trustConsumers.place'), consumer.place],
    [t('cli.trustConsumers.evidence'), consumer.evidence],
    [
      t('cli.trustConsumers.reach'),
      reach === 'every-server' ? paint('warn', reachWords) : reachWords,
    ],
    [t('cli.trustConsumers.effect'), t(`common.effect.${effect}`)],
  ].map(([label = '', words = '']) => [paint('dim', label), words]);
  return [
    ...setInColumns(rows),
    ...(consumer.elevated ? [t('cli.trustConsumers.elevated')] : []),
    ...(plainHttp ? [] : [t('cli.trustConsumers.noPlainHttp')]),
    paint('dim', t(ranHere ? 'cli.trustConsumers.ranHere' : 'cli.trust.notRunHere')),
  ];
}
