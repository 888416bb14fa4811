import { Button } from '@mantine/core';
import Container from 'lucide-react/icons/container';
import FlaskConical from 'lucide-react/icons/flask-conical';
import { problemIn } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { EngineLine } from './engine-line.tsx';
import './home-screen.css';
import { MarkedLists } from './marked-lists.tsx';
import { PasteField } from './paste-field.tsx';
import { RegistryOverview } from './registry-overview.tsx';
import { useRegistries } from './use-registries.ts';

/** Where one begins: one field to paste into, and the registries that are there already. */
export function HomeScreen() {
  const t = useWords();
  const registries = useRegistries();
  const problem = problemIn(registries);
  if (problem) {
    return (
      <Page title={t('registries.rail.title')} documentTitle={t('registries.rail.title')}>
        <ProblemNote problem={problem} actions={{ retry: () => void registries.refetch() }} />
      </Page>
    );
  }
  if (!registries.data) return null;
  const isFirstRun = registries.data.length === 0;
  const title = isFirstRun ? t('registries.home.welcome') : t('registries.rail.title');
  return (
    <Page title={title} documentTitle={title}>
      <div className={isFirstRun ? 'home home-first' : 'home'}>
        {isFirstRun ? (
          <>
            <Container size={40} strokeWidth={1.25} aria-hidden="true" className="home-mark" />
            <p className="home-lead">{t('registries.home.lead')}</p>
          </>
        ) : null}
        <PasteField />
        {isFirstRun ? (
          <>
            <Button
              variant="default"
              leftSection={<FlaskConical size={14} aria-hidden="true" />}
              onClick={() => goTo({ screen: 'add', text: '', demo: true })}
            >
              {t('registries.home.demo')}
            </Button>
            <p className="dimmed home-hint">{t('registries.home.demoHint')}</p>
            <EngineLine />
          </>
        ) : (
          <>
            <RegistryOverview registries={registries.data} />
            <MarkedLists />
          </>
        )}
      </div>
    </Page>
  );
}
