import { Header, Page } from '@backstage/core-components';
import { VectorStoresPage } from './VectorStoresPage';

/** {@link VectorStoresPage} with the shell that the old frontend system leaves to the page. */
export function LegacyVectorStoresPage() {
  return (
    <Page themeId="tool">
      <Header title="Vector stores" subtitle="Where embeddings are kept" />
      <VectorStoresPage />
    </Page>
  );
}
