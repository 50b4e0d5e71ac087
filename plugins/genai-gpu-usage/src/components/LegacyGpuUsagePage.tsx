import { Header, Page } from '@backstage/core-components';
import { GpuUsagePage } from './GpuUsagePage';

/** {@link GpuUsagePage} with the shell that the old frontend system leaves to the page. */
export function LegacyGpuUsagePage() {
  return (
    <Page themeId="tool">
      <Header title="GPU usage" subtitle="Who holds which GPU" />
      <GpuUsagePage />
    </Page>
  );
}
