import { EmptyState, InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import {
  ANNOTATIONS,
  genaiVectorStoreReadPermission,
} from '@promptside/backstage-plugin-genai-common';
import {
  PageState,
  StateChip,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { LineageGraph } from './LineageGraph';
import { LineageTable } from './LineageTable';

/** Tab "Lineage" of a RAG service: embedding model, collection, store, language model and GPUs, and which connection is broken. */
export function EntityLineageContent() {
  const { entity } = useEntity();
  const { annotations = {}, name } = entity.metadata;
  const cluster = annotations[ANNOTATIONS.cluster];
  const namespace = annotations[ANNOTATIONS.namespace];
  if (!cluster || !namespace) {
    return (
      <EmptyState
        missing="field"
        title="Nobody says where it runs"
        description={`Give the entity the annotations ${ANNOTATIONS.cluster} and ${ANNOTATIONS.namespace}.`}
      />
    );
  }
  return (
    <Lineage
      cluster={cluster}
      namespace={namespace}
      name={annotations[ANNOTATIONS.ragService] ?? name}
    />
  );
}

interface LineageProps {
  cluster: string;
  namespace: string;
  name: string;
}

function Lineage({ cluster, namespace, name }: LineageProps) {
  const api = useGenaiApi();
  const answer = useLiveResource(
    signal => api.getRagLineage({ cluster, namespace, name }, { signal }),
    [api, cluster, namespace, name],
    { topics: ['vector-stores', 'model-servers'] },
  );
  return (
    <PageState
      resource={answer}
      what="Lineage"
      permission={genaiVectorStoreReadPermission.name}
      needs={['pods', 'deployments.apps', 'statefulsets.apps']}
      isEmpty={({ item }) => item.edges.length === 0}
      empty={
        <EmptyState
          missing="info"
          title="The service tells nothing of what it stands on"
          description="Render its rag.yaml again, and apply the manifests."
        />
      }
    >
      {({ item }) => (
        <Grid container spacing={2}>
          <Grid item xs={12}>
            <InfoCard
              title="What it stands on"
              action={
                // The header pulls its action into the corner.
                <Box p={2}>
                  <StateChip state={item.state} />
                </Box>
              }
            >
              <LineageGraph lineage={item} />
            </InfoCard>
          </Grid>
          <Grid item xs={12}>
            <LineageTable lineage={item} />
          </Grid>
        </Grid>
      )}
    </PageState>
  );
}
