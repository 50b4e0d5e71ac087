import type {
  InferencePlan,
  PlanCandidate,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatBytes,
  formatPrice,
  formatProduct,
  QUANTIZATION_NAMES,
  StateChip,
  useGenaiApi,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useCallback } from 'react';
import { PlanFrame, SEVERITIES } from './PlanFrame';
import { planQuestionFrom } from './planRequest';

const useStyles = makeStyles(theme => ({
  verdict: { margin: 0, fontWeight: 'bold' },
  list: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(3) },
}));

function hardware(candidate: PlanCandidate): string {
  const { gpuCount, vendor, contextLength, quantization } = candidate;
  return [
    `${gpuCount} × ${VENDOR_NAMES[vendor]} ${formatProduct(candidate)}`,
    `${contextLength.toLocaleString('en')} tokens`,
    QUANTIZATION_NAMES[quantization],
  ]
    .filter(Boolean)
    .join(', ');
}

/** What the namespace may have, and not what the hardware can. */
const isOfNamespace = ({ field }: PlanReason) =>
  field === 'namespace' || field === 'queue';

/** Reasons with what each weighs in words; nothing where there are none. */
function Reasons(props: { title?: string; reasons: readonly PlanReason[] }) {
  const classes = useStyles();
  const { title, reasons } = props;
  if (reasons.length === 0) return null;
  return (
    <Box mt={1}>
      {title && (
        <Typography variant="subtitle2" component="h4">
          {title}
        </Typography>
      )}
      <ul className={classes.list}>
        {reasons.map(({ code, message, severity }) => (
          <Typography component="li" variant="body2" key={`${code}-${message}`}>
            {SEVERITIES[severity]}
            {message}
          </Typography>
        ))}
      </ul>
    </Box>
  );
}

function PlanPanel({ plan }: { plan: InferencePlan }) {
  const classes = useStyles();
  const memory = plan.choice?.memory;
  const ways = plan.alternatives
    .filter(({ verdict }) => verdict === 'Fits' || verdict === 'Tight')
    .slice(0, 3);
  return (
    <>
      <h3 className={classes.verdict}>
        <StateChip state={plan.verdict} />
      </h3>
      <Typography variant="body2">{plan.summary}</Typography>
      <Reasons
        reasons={plan.reasons.filter(
          reason => reason.message !== plan.summary && !isOfNamespace(reason),
        )}
      />
      <Reasons
        title="Quota and queues"
        reasons={plan.reasons.filter(isOfNamespace)}
      />
      {memory && (
        <Typography variant="body2" color="textSecondary">
          {`Per GPU: ${formatBytes(memory.weightsBytesPerGpu)} weights, ${formatBytes(
            memory.overheadBytesPerGpu,
          )} engine, of ${formatBytes(memory.budgetBytesPerGpu)} usable.${
            memory.kvPoolTokens === undefined
              ? ''
              : ` Room for ${memory.kvPoolTokens.toLocaleString('en')} tokens of KV cache.`
          }`}
        </Typography>
      )}
      {plan.choice?.queue && (
        <Typography variant="body2" color="textSecondary">
          {`Kueue admits the pods through LocalQueue ${plan.choice.queue}.`}
        </Typography>
      )}
      {plan.choice?.pricePerHour && (
        <Typography variant="body2" color="textSecondary">
          {`${formatPrice(plan.choice.pricePerHour)} an hour for all replicas.`}
        </Typography>
      )}
      {plan.verdict !== 'Fits' && ways.length > 0 && (
        <Box mt={1}>
          <Typography variant="subtitle2" component="h4">
            What fits now
          </Typography>
          <ul className={classes.list}>
            {ways.map(way => (
              <Typography component="li" variant="body2" key={hardware(way)}>
                {hardware(way)}
              </Typography>
            ))}
          </ul>
        </Box>
      )}
    </>
  );
}

/** Form panel without a value: the verdict of the live clusters on the form as it stands. */
export function GenaiPlanPreview(props: FieldExtensionComponentProps<null>) {
  const api = useGenaiApi();
  const question = planQuestionFrom(
    (props.formContext as { formData?: Record<string, unknown> } | undefined)
      ?.formData,
  );
  const fault = question && 'fault' in question ? question.fault : undefined;
  const key =
    question && 'request' in question
      ? JSON.stringify(question.request)
      : undefined;
  const ask = useCallback(
    (asked: string, signal: AbortSignal) =>
      api.planInference(JSON.parse(asked), { signal }),
    [api],
  );
  return (
    <PlanFrame
      question={key}
      ask={ask}
      hint={
        fault ? (
          <Typography variant="body2" color="error">
            {`Nothing can be planned yet. ${fault}`}
          </Typography>
        ) : (
          <Typography variant="body2" color="textSecondary">
            Choose a model and where it runs to see whether it fits the GPUs
            that are free now.
          </Typography>
        )
      }
    >
      {plan => <PlanPanel plan={plan} />}
    </PlanFrame>
  );
}
