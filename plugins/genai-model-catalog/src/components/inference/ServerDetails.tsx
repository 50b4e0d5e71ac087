import Grid from '@material-ui/core/Grid';
import {
  genaiModelServerReadPermission,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  FreshnessBanner,
  PageState,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { ModelServerStatus } from '../ModelServerStatus';
import { EndpointPanel } from './EndpointPanel';
import { MetricsPanel } from './MetricsPanel';
import { TimelinePanel } from './TimelinePanel';
import { TryItPanel } from './TryItPanel';

/** Metrics change without an event, so that no hint tells of them. */
const POLL_MS = 10_000;

/** One model server with its timeline, endpoint and metrics. */
export function ServerDetails({ server }: { server: ModelServer }) {
  const { cluster, namespace, name } = server;
  const api = useGenaiApi();
  const detail = useLiveResource(
    signal => api.getModelServer({ cluster, namespace, name }, { signal }),
    [api, cluster, namespace, name],
    { topics: ['model-servers'], pollMs: POLL_MS },
  );
  const { value, error, refreshedAt } = detail;
  if (!value) {
    return (
      <PageState
        resource={detail}
        what="Model server"
        permission={genaiModelServerReadPermission.name}
        isEmpty={() => false}
        empty={null}
      >
        {() => null}
      </PageState>
    );
  }
  return (
    <>
      {/* How fresh the clusters are stands above the list of servers. */}
      {error && (
        <FreshnessBanner
          clusters={[]}
          refreshedAt={refreshedAt}
          error={error}
        />
      )}
      <Grid container spacing={3}>
        <Grid item xs={12} md={6}>
          <EntityInfoCard title="State">
            <ModelServerStatus
              server={value.item}
              clusters={value.clusters}
              brief
            />
          </EntityInfoCard>
        </Grid>
        <Grid item xs={12} md={6}>
          <TimelinePanel detail={value} />
        </Grid>
        <Grid item xs={12} md={6}>
          <EndpointPanel server={value.item} />
        </Grid>
        <Grid item xs={12} md={6}>
          <Grid container spacing={3}>
            <Grid item xs={12}>
              <MetricsPanel metrics={value.metrics} />
            </Grid>
            <Grid item xs={12}>
              <TryItPanel server={value.item} />
            </Grid>
          </Grid>
        </Grid>
      </Grid>
    </>
  );
}
