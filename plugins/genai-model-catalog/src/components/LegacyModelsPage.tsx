import { Header, Page } from '@backstage/core-components';
import { ModelsPage } from './ModelsPage';

/** {@link ModelsPage} with the shell that the old frontend system leaves to the page. */
export function LegacyModelsPage() {
  return (
    <Page themeId="tool">
      <Header title="Models" subtitle="What runs, and what could" />
      <ModelsPage />
    </Page>
  );
}
