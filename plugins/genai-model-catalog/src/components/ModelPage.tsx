import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/core-plugin-api';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import SearchIcon from '@material-ui/icons/Search';
import {
  genaiModelReadPermission,
  type Model,
  type ModelsResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  PageState,
  StatePanel,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { modelRouteRef, rootRouteRef } from '../routes';
import { ModelFacts } from './ModelFacts';
import { ModelRuns } from './ModelRuns';
import { PlanCalculator } from './PlanCalculator';

/** The model whose page it is; ids of the hub do not differ by case alone. */
const findModel = ({ items }: ModelsResponse, id: string) =>
  items.find(model => model.id.toLowerCase() === id.toLowerCase());

/** One model: its facts, whether it fits, where it runs. */
export function ModelPage() {
  const { organisation, name } = useRouteRefParams(modelRouteRef);
  const id = `${organisation}/${name}`;
  const catalog = `${useRouteRef(rootRouteRef)()}?view=catalog`;
  const api = useGenaiApi();
  const models = useLiveResource(signal => api.getModels({ signal }), [api], {
    topics: [],
  });
  return (
    <>
      <Typography variant="body2" component="nav" aria-label="Up">
        <Link to={catalog}>Model catalog</Link>
      </Typography>
      <PageState
        resource={models}
        what="Model"
        permission={genaiModelReadPermission.name}
        isEmpty={answer => !findModel(answer, id)}
        empty={
          <StatePanel
            icon={<SearchIcon />}
            title={`The catalog has no model ${id}`}
            action={
              <LinkButton to={catalog} variant="contained" color="primary">
                All models
              </LinkButton>
            }
          >
            A file of models in the configuration of the portal can add it.
          </StatePanel>
        }
      >
        {answer => <ModelDetails model={findModel(answer, id)!} />}
      </PageState>
    </>
  );
}

function ModelDetails({ model }: { model: Model }) {
  return (
    <>
      <Typography variant="h3" component="h2" gutterBottom>
        {model.title}
      </Typography>
      <Grid container spacing={3}>
        <Grid item xs={12} lg={7}>
          <PlanCalculator model={model} />
        </Grid>
        <Grid item xs={12} lg={5}>
          <Grid container spacing={3}>
            <Grid item xs={12}>
              <ModelRuns model={model} />
            </Grid>
            <Grid item xs={12}>
              <ModelFacts model={model} />
            </Grid>
          </Grid>
        </Grid>
      </Grid>
    </>
  );
}
