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
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useCallback } from 'react';
import { PlanFrame, SEVERITIES } from './PlanFrame';
import { ragPlanRequestFrom } from './ragPlanRequest';

const useStyles = makeStyles(theme => ({
  heading: { margin: 0 },
  list: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(3) },
}));

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
  const api = useGenaiApi();
  const { formData } = (props.formContext ?? {}) as {
    formData?: Record<string, unknown>;
  };
  const request = ragPlanRequestFrom(formData);
  const key = request && JSON.stringify(request);
  const ask = useCallback(
    (question: string, signal: AbortSignal) =>
      api.planRag(JSON.parse(question), { signal }),
    [api],
  );
  return (
    <PlanFrame
      question={key}
      ask={ask}
      hint={
        <Typography variant="body2" color="textSecondary">
          Choose a namespace, a vector store and both models to see whether they
          go together.
        </Typography>
      }
    >
      {plan => <RagPlanPanel plan={plan} />}
    </PlanFrame>
  );
}
