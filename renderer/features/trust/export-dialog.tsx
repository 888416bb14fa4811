import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ExportFormat } from '../../../shared/model/trust.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Shows a trust in a form for other machines, to be copied or saved. */
export function ExportDialog(props: {
  readonly address: string;
  readonly format: ExportFormat;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { address, format } = props;
  const made = useQuery(
    api.trust.export.queryOptions({ input: { address, format }, staleTime: 0, gcTime: 0 }),
  );
  const save = useMutation(api.trust.saveExport.mutationOptions());
  const problem = problemIn(made) ?? problemIn(save);
  const saved = save.data?.path ?? null;
  return (
    <Dialog
      wide
      opened
      title={t('registries.export.title', {
        address,
        format: t(`registries.export.format.${format}`),
      })}
      onClose={props.onClose}
    >
      <p>{t(`registries.export.does.${format}`)}</p>
      {made.isPending ? <StatusBadge tone="busy" word={t('registries.export.making')} /> : null}
      {made.data?.files.map(({ path, content }) => (
        <section key={path} className="export-file" aria-label={path}>
          <div className="export-head">
            <code dir="ltr">{path}</code>
            <CopyButton text={content} label={t('registries.export.copy', { path })} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <pre dir="ltr" tabIndex={0}>
            {content}
          </pre>
        </section>
      ))}
      {problem ? <ProblemNote problem={problem} /> : null}
      {saved === null ? null : <p role="status">{t('registries.export.saved', { path: saved })}</p>}
      <div className="dialog-actions">
        <Button variant="default" onClick={props.onClose}>
          {t('browse.close')}
        </Button>
        <Button
          data-autofocus
          disabled={!made.data}
          loading={save.isPending}
          onClick={() => save.mutate({ address, format })}
        >
          {t('registries.export.save')}
        </Button>
      </div>
    </Dialog>
  );
}
