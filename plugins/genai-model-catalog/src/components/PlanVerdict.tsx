import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  InferencePlan,
  PlanCandidate,
  PlanMemory,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatCount,
  formatPrice,
  formatProduct,
  formatQuantity,
  QUANTIZATION_NAMES,
  quietColor,
  StateChip,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import { MemoryBar } from './MemoryBar';

const SHOWN_ALTERNATIVES = 5;

const useStyles = makeStyles(theme => ({
  section: { marginTop: theme.spacing(2), ...theme.typography.body2 },
  list: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
  ways: { listStyle: 'none', margin: 0, padding: 0 },
  way: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  text: { flex: '1 1 200px' },
  quiet: { color: quietColor(theme) },
}));

/** What fits besides the weights; an engine without KV cache is told by its longest text. */
function roomText(
  { contextLength }: PlanCandidate,
  { kvPoolTokens, maxConcurrencyRatio, longestContext }: PlanMemory,
): string {
  return kvPoolTokens === undefined || maxConcurrencyRatio === undefined
    ? `The engine keeps no KV cache. Texts of up to ${formatCount(longestContext)} tokens.`
    : `Room for ${formatCount(kvPoolTokens)} tokens of KV cache in a replica: ${maxConcurrencyRatio.toFixed(
        1,
      )} sequences of ${formatCount(contextLength)} tokens, or one of ${formatCount(longestContext)}.`;
}

/** `2 × NVIDIA H100 80GB HBM3, 8,192 tokens, FP8` */
export function describeCandidate(candidate: PlanCandidate): string {
  const { gpuCount, vendor, contextLength, quantization } = candidate;
  return [
    `${gpuCount} × ${VENDOR_NAMES[vendor]} ${formatProduct(candidate)}`,
    formatQuantity(contextLength, 'token'),
    QUANTIZATION_NAMES[quantization],
    candidate.kvCacheDtype &&
      `${candidate.kvCacheDtype.toUpperCase()} KV cache`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What decides, or what one should know besides; nothing where there is nothing. */
function Reasons(props: { title: string; reasons: readonly PlanReason[] }) {
  const classes = useStyles();
  const { title, reasons } = props;
  if (reasons.length === 0) return null;
  return (
    <div className={classes.section}>
      <Typography variant="subtitle2" component="h4">
        {title}
      </Typography>
      <ul className={classes.list}>
        {reasons.map(({ code, message }) => (
          <li key={`${code}/${message}`}>{message}</li>
        ))}
      </ul>
    </div>
  );
}

interface PlanVerdictProps {
  plan: InferencePlan;
  /** Calculates with an alternative. */
  onUse(candidate: PlanCandidate): void;
}

/** Verdict of a plan with its reasons, the memory of the GPUs and other ways. */
export function PlanVerdict({ plan, onUse }: PlanVerdictProps) {
  const classes = useStyles();
  const { choice, reasons, alternatives } = plan;
  const rest = reasons.filter(({ message }) => message !== plan.summary);
  const memory = choice?.memory;
  return (
    <>
      <StateChip state={plan.verdict} />
      <Typography>{plan.summary}</Typography>
      <Reasons
        title="Reasons"
        reasons={rest.filter(({ severity }) => severity === 'Blocking')}
      />
      <Reasons
        title="Good to know"
        reasons={rest.filter(({ severity }) => severity !== 'Blocking')}
      />
      {choice && (
        <div className={classes.section}>
          <Typography variant="subtitle2" component="h4">
            {describeCandidate(choice)}
          </Typography>
          <MemoryBar candidate={choice} />
          {memory && (
            <p className={classes.quiet}>
              {roomText(choice, memory)}
              {choice.freeCount !== undefined &&
                ` ${formatQuantity(choice.freeCount, 'GPU')} of this kind ${
                  choice.freeCount === 1 ? 'is' : 'are'
                } free.`}
            </p>
          )}
          {choice.pricePerHour && (
            <p className={classes.quiet}>
              {formatPrice(choice.pricePerHour)} an hour for all replicas.
            </p>
          )}
        </div>
      )}
      {alternatives.length > 0 && (
        <div className={classes.section}>
          <Typography variant="subtitle2" component="h4" gutterBottom>
            Other ways
          </Typography>
          <ul className={classes.ways}>
            {alternatives.slice(0, SHOWN_ALTERNATIVES).map(way => (
              <li
                key={`${way.cluster}/${way.resource}/${describeCandidate(way)}`}
                className={classes.way}
              >
                <StateChip
                  state={way.verdict}
                  hint={way.reasons.at(0)?.message}
                />
                <span className={classes.text}>{describeCandidate(way)}</span>
                <Button
                  size="small"
                  color="primary"
                  onClick={() => onUse(way)}
                  aria-label={`Use ${describeCandidate(way)}`}
                >
                  Use
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
