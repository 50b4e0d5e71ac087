import { Table } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  genaiInferencePlanPermission,
  genaiModelReadPermission,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  fitColumns,
  formatCount,
  FreshnessBanner,
  noMatch,
  PageState,
  StatePanel,
  tableOptions,
  useGenaiApi,
  useLiveResource,
  useNarrow,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import { MODEL_FILTER_KEYS, passesFilters } from '../modelFilters';
import { rootRouteRef } from '../routes';
import { countRunning } from '../runningServers';
import { useModelPath } from '../useModelPath';
import { LayoutToggle } from './LayoutToggle';
import { ModelCards } from './ModelCards';
import { modelColumns, type ModelRow } from './modelColumns';
import { ModelFilterBar, vendorOf } from './ModelFilterBar';
import { useModelFits } from './useModelFits';
import { useModelServers } from './useModelServers';

/** How the models are shown: `cards`, or a table for anything else. */
const LAYOUT_KEYS = ['layout'] as const;

/** Curated models with the facts that decide where they run, whether they fit now and how many servers run them. */
export function ModelsView() {
  const api = useGenaiApi();
  const models = useLiveResource(signal => api.getModels({ signal }), [api], {
    topics: [],
  });
  return (
    <PageState
      resource={models}
      what="Model catalog"
      permission={genaiModelReadPermission.name}
      isEmpty={({ items }) => items.length === 0}
      empty={<StatePanel title="The catalog has no models" />}
    >
      {({ items }) => <Models items={items} />}
    </PageState>
  );
}

function Models({ items }: { items: readonly Model[] }) {
  const [filters, setFilters] = useUrlFilters(MODEL_FILTER_KEYS);
  const [{ layout }, setLayout] = useUrlFilters(LAYOUT_KEYS);
  const isNarrow = useNarrow();
  const columns = useMemo(() => fitColumns(modelColumns(isNarrow)), [isNarrow]);
  const root = useRouteRef(rootRouteRef);
  const pathOf = useModelPath();
  const { fits, fitOf } = useModelFits(items, vendorOf(filters.vendor));
  const servers = useModelServers();
  const rows = items
    .map<ModelRow>(model => ({
      ...model,
      weightsBytes: model.variants[0].weightsBytes,
      fit: fitOf.get(model.id),
      runningCount: countRunning(model, servers.value),
      path: pathOf(model.id),
      serversPath: `${root()}?q=${encodeURIComponent(model.id)}`,
    }))
    .filter(row =>
      passesFilters({ ...row, verdict: row.fit?.verdict }, filters),
    );
  const title = `Models (${formatCount(rows.length)})`;
  const subtitle =
    !fits.value && !fits.error
      ? 'Checking what fits the clusters now'
      : undefined;
  return (
    <>
      {fits.value && (
        <FreshnessBanner
          clusters={fits.value.clusters}
          refreshedAt={fits.refreshedAt}
          error={fits.error}
        />
      )}
      <ModelFilterBar models={items} filters={filters} onChange={setFilters} />
      {!fits.value && fits.error && (
        <PageState
          dense
          resource={fits}
          what="Fit of the models"
          permission={genaiInferencePlanPermission.name}
          isEmpty={() => false}
          empty={null}
        >
          {() => null}
        </PageState>
      )}
      <LayoutToggle
        layout={layout}
        onChange={next => setLayout({ layout: next })}
      />
      {layout === 'cards' ? (
        <ModelCards rows={rows} title={title} subtitle={subtitle} />
      ) : (
        <Table<ModelRow>
          title={title}
          subtitle={subtitle}
          columns={columns}
          data={rows}
          options={tableOptions(rows.length)}
          emptyContent={noMatch}
        />
      )}
    </>
  );
}
