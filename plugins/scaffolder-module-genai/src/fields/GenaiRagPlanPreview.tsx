import type {
  PlanReason,
  RagPlan,
  RagServerPlan,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatPrice,
  StateChip,
  useGenaiApi,
} from '@promptside/backstage-plugin-genai-react';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect, useState } from 'react';
import { ragPlanRequestFrom } from './ragPlanRequest';

const useStyles = makeStyles(theme => ({
  panel: { padding: theme.spacing(2), marginTop: theme.spacing(2) },
  heading: { margin: 0 },
  list: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(3) },
}));

// Typing must not send a request per key.
const PAUSE_MS = 400;

const SEVERITIES: Record<PlanReason['severity'], string> = {
  Blocking: 'Refused: ',
  Warning: 'Careful: ',
  Info: '',
};

function Reasons({ reasons }: { reasons: readonly PlanReason[] }) {
  const classes = useStyles();
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.list}>
      {reasons.map(({ code, field, message, severity }) => (
        <Typography
          component="li"
          variant="body2"
          key={`${code}-${field}-${message}`}
        >
          {SEVERITIES[severity]}
          {message}
        </Typography>
      ))}
    </ul>
  );
}

/** What the plan of inference says of a server that is to be made. */
function ServerPlan(props: { title: string; plan: RagServerPlan }) {
  const classes = useStyles();
  const { title, plan } = props;
  const { choice, verdict, summary, reasons } = plan;
  return (
    <Box mt={2}>
      <h4 className={classes.heading}>
        {title} <StateChip state={verdict} />
      </h4>
      <Typography variant="body2">{summary}</Typography>
      <Reasons reasons={reasons.filter(({ message }) => message !== summary)} />
      {choice?.pricePerHour && (
        <Typography variant="body2" color="textSecondary">
          {`${formatPrice(choice.pricePerHour)} an hour for all replicas.`}
        </Typography>
      )}
    </Box>
  );
}

function RagPlanPanel({ plan }: { plan: RagPlan }) {
  const classes = useStyles();
  const { verdict, summary, reasons, embeddingPlan, llmPlan } = plan;
  // The plans of the servers tell theirs below, under their own names.
  const own = reasons.filter(
    ({ field, message }) =>
      !(field === 'embedding' && embeddingPlan) &&
      !(field === 'llm' && llmPlan) &&
      !summary.endsWith(`: ${message}`),
  );
  return (
    <>
      <h3 className={classes.heading}>
        <StateChip state={verdict} />
      </h3>
      <Typography variant="body2">{summary}</Typography>
      <Reasons reasons={own} />
      {embeddingPlan && (
        <ServerPlan title="New embedding server" plan={embeddingPlan} />
      )}
      {llmPlan && <ServerPlan title="New language model" plan={llmPlan} />}
    </>
  );
}

/**
 * Form panel without a value: whether the RAG service of the form would work. Dimension against store and model, chunks and passages
 * against what the models read, what exists at the addresses, and the plans of the servers that are to be made.
 */
export function GenaiRagPlanPreview(props: FieldExtensionComponentProps<null>) {
  const classes = useStyles();
  const api = useGenaiApi();
  const { formData } = (props.formContext ?? {}) as {
    formData?: Record<string, unknown>;
  };
  const request = ragPlanRequestFrom(formData);
  const key = request && JSON.stringify(request);
  const [state, setState] = useState<{
    loading: boolean;
    plan?: RagPlan;
    error?: Error;
  }>({ loading: false });

  useEffect(() => {
    if (!key) {
      setState({ loading: false });
      return undefined;
    }
    const abort = new AbortController();
    setState(({ plan }) => ({ loading: true, plan }));
    const timer = setTimeout(() => {
      api.planRag(JSON.parse(key), { signal: abort.signal }).then(
        plan => setState({ loading: false, plan }),
        error => {
          if (!abort.signal.aborted) setState({ loading: false, error });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, key]);

  return (
    <Paper
      variant="outlined"
      className={classes.panel}
      component="section"
      aria-label="Plan"
      aria-live="polite"
      aria-busy={state.loading}
    >
      {state.loading && <LinearProgress aria-label="Checking the clusters" />}
      {!key && (
        <Typography variant="body2" color="textSecondary">
          Choose a namespace, a vector store and both models to see whether they
          go together.
        </Typography>
      )}
      {state.error && (
        <Typography variant="body2" color="error">
          {`The plan cannot be made: ${state.error.message}`}
        </Typography>
      )}
      {state.plan && <RagPlanPanel plan={state.plan} />}
    </Paper>
  );
}
