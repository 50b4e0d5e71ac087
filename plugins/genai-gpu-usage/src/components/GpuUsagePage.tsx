import { Content } from '@backstage/core-components';
import {
  genaiGpuReadPermission,
  type GpuOverview,
} from '@promptside/backstage-plugin-genai-common';
import {
  PageState,
  useGenaiApi,
  useLiveResource,
  useUrlFilters,
  ViewTabs,
} from '@promptside/backstage-plugin-genai-react';
import { FILTER_KEYS, filterOverview, viewOf } from '../filters';
import { GpuAllocationTable } from './GpuAllocationTable';
import { GpuFilterBar } from './GpuFilterBar';
import { GpuOverviewTables } from './GpuOverviewTables';
import { GpuTotals } from './GpuTotals';
import { GpuTree } from './GpuTree';
import { NoGpus } from './NoGpus';

const VIEW_TITLES = [
  { view: 'overview', title: 'Overview' },
  { view: 'nodes', title: 'Nodes' },
  { view: 'allocations', title: 'Allocations' },
] as const;

/**
 * All GPUs of all clusters: how many, of which kind, who holds them. Three views on the same filters, which are kept in
 * the URL. Without page shell, which the frontend system provides.
 */
export function GpuUsagePage() {
  const api = useGenaiApi();
  const overview = useLiveResource(
    signal => api.getGpuOverview({}, { signal }),
    [api],
    { topics: ['gpus', 'clusters'] },
  );
  return (
    <Content>
      <PageState
        resource={overview}
        what="GPU usage"
        permission={genaiGpuReadPermission.name}
        needs={['nodes']}
        isEmpty={value =>
          value.groups.length === 0 && value.pending.length === 0
        }
        empty={<NoGpus />}
      >
        {value => <GpuUsage overview={value} />}
      </PageState>
    </Content>
  );
}

function GpuUsage({ overview }: { overview: GpuOverview }) {
  const [filters, setFilters] = useUrlFilters(FILTER_KEYS);
  const view = viewOf(filters);
  const visible = filterOverview(overview, filters);
  return (
    <>
      <GpuFilterBar
        overview={overview}
        filters={filters}
        view={view}
        onChange={setFilters}
      />
      <GpuTotals groups={visible.groups} pending={visible.pending} />
      <ViewTabs
        views={VIEW_TITLES}
        current={view}
        onChange={next => setFilters({ view: next })}
      >
        {view === 'overview' && (
          <GpuOverviewTables
            visible={visible}
            clusters={overview.clusters}
            team={filters.team}
          />
        )}
        {view === 'nodes' && (
          <GpuTree filters={filters} clusters={overview.clusters} />
        )}
        {view === 'allocations' && (
          <GpuAllocationTable filters={filters} clusters={overview.clusters} />
        )}
      </ViewTabs>
    </>
  );
}
