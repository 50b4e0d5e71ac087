import Slider from '@material-ui/core/Slider';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  InferencePlan,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  FilterSelect,
  formatCount,
  formatProduct,
  formatQuantity,
  QUANTIZATION_NAMES,
  quietColor,
  VENDOR_NAMES,
  type UrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import {
  contextSteps,
  planTexts,
  stepOf,
  type PlanKey,
} from '../planParameters';
import { NumberField } from './NumberField';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    '& label:not(.Mui-focused):not(.Mui-error)': { color: quietColor(theme) },
  },
  context: { gridColumn: '1 / -1', padding: theme.spacing(0, 1) },
}));

/** As people name context lengths: 131072 tokens are `128K`. */
const shortContext = (tokens: number) =>
  tokens % 1024 === 0 ? `${tokens / 1024}K` : formatCount(tokens);

interface PlanFieldsProps {
  model: Model;
  parameters: UrlFilters<PlanKey>;
  faults: Partial<Record<PlanKey, string>>;
  /** The last plan: it names clusters and GPUs that can be chosen. */
  plan?: InferencePlan;
  onChange(patch: Partial<Record<PlanKey, string | undefined>>): void;
}

/** What a plan is calculated for. Whatever is left open the planner chooses. */
export function PlanFields(props: PlanFieldsProps) {
  const { model, parameters, faults, plan, onChange } = props;
  const classes = useStyles();
  const texts = planTexts(model, parameters);
  const steps = contextSteps(model.contextLength);
  const candidates = plan
    ? [...(plan.choice ? [plan.choice] : []), ...plan.alternatives]
    : [];
  const products = new Map(
    candidates.flatMap(candidate =>
      candidate.product ? [[candidate.product, formatProduct(candidate)]] : [],
    ),
  );
  const number = (key: 'context' | 'replicas' | 'gpus', label: string) => (
    <NumberField
      id={`plan-${key}`}
      label={label}
      value={(key === 'gpus' ? parameters.gpus : texts[key]) ?? ''}
      placeholder={key === 'gpus' ? 'Fewest' : undefined}
      fault={faults[key]}
      onChange={value => onChange({ [key]: value })}
    />
  );
  const select = (
    key: PlanKey,
    label: string,
    options: readonly { value: string; label: string }[],
    openLabel = 'Any',
  ) => (
    <FilterSelect
      id={`plan-${key}`}
      label={label}
      value={parameters[key]}
      options={options}
      allLabel={openLabel}
      onChange={value => onChange({ [key]: value })}
    />
  );
  return (
    <div className={classes.root} role="group" aria-label="Plan for">
      <div className={classes.context}>
        <Typography variant="body2" id="plan-context-slider">
          Context length
        </Typography>
        <Slider
          aria-labelledby="plan-context-slider"
          value={stepOf(steps, Number(texts.context))}
          min={0}
          max={steps.length - 1}
          marks={steps.map((step, value) => ({
            value,
            // Every second label, counted from the end: they would else run into each other.
            label:
              (steps.length - 1 - value) % 2 === 0
                ? shortContext(step)
                : undefined,
          }))}
          getAriaValueText={value => formatQuantity(steps[value], 'token')}
          onChange={(_event, value) =>
            onChange({ context: String(steps[value as number]) })
          }
        />
      </div>
      {number('context', 'Context in tokens')}
      {number('replicas', 'Replicas')}
      {number('gpus', 'GPUs a replica')}
      {select(
        'weights',
        'Weights',
        [...new Set(model.variants.map(v => v.quantization))].map(value => ({
          value,
          label: QUANTIZATION_NAMES[value] ?? `Original, ${model.dtype}`,
        })),
        'As published',
      )}
      {select(
        'kv',
        'KV cache',
        [{ value: 'fp8', label: 'FP8' }],
        'As the model',
      )}
      {select(
        'vendor',
        'GPU vendor',
        Object.entries(VENDOR_NAMES).map(([value, label]) => ({
          value,
          label,
        })),
      )}
      {select(
        'product',
        'GPU',
        [...products].map(([value, label]) => ({ value, label })),
      )}
      {select(
        'cluster',
        'Cluster',
        (plan?.clusters ?? []).map(({ name, title }) => ({
          value: name,
          label: title ?? name,
        })),
      )}
    </div>
  );
}
