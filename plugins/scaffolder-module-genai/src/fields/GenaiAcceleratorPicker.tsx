import {
  CountBar,
  useGenaiApi,
} from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import LinearProgress from '@material-ui/core/LinearProgress';
import RadioGroup from '@material-ui/core/RadioGroup';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import useAsync from 'react-use/esm/useAsync';
import { acceleratorKey, acceleratorOptions } from './acceleratorOptions';
import { formValues, type GenaiAccelerator } from './formValues';
import { RadioOption } from './RadioOption';

/** Value of the radio button that leaves the choice to the plan. */
const ANY = 'any';

/**
 * Form field: narrows the plan to one kind of GPU of the form's cluster, with what is free of it; MIG slices are kinds of their
 * own. The first choice leaves it to the plan, and is no value. A kind that the form's engine has no image for stands last, with
 * the reason.
 */
export function GenaiAcceleratorPicker(
  props: FieldExtensionComponentProps<GenaiAccelerator>,
) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const api = useGenaiApi();
  const values = formValues(props.formContext);
  const { engine } = values;
  const cluster = values.target?.cluster;
  const gpus = useAsync(
    async () => (cluster ? api.getGpuOverview({ cluster }) : undefined),
    [api, cluster],
  );
  // Without the engines every kind is offered: the plan refuses what cannot be.
  const engines = useAsync(() => api.getEngines(), [api]);
  const chosen = engines.value?.items.find(each => each.engine === engine);
  const options = acceleratorOptions(gpus.value?.groups ?? [], chosen);
  const key = formData?.resource ? acceleratorKey(formData) : ANY;
  const selected = options.find(option => option.key === key);
  const lost = key !== ANY && Boolean(gpus.value) && !selected;
  const invalid =
    Boolean(rawErrors?.length) ||
    Boolean(gpus.error) ||
    lost ||
    Boolean(selected?.refusal);
  const id = idSchema?.$id ?? 'accelerator';

  const help = () => {
    if (!cluster) return 'Choose a cluster to see its GPUs.';
    if (gpus.error) {
      return `The GPUs cannot be read: ${gpus.error.message}. The plan chooses all the same.`;
    }
    if (lost) {
      return `Cluster ${cluster} has no ${formData?.product ?? formData?.resource}. Choose another GPU.`;
    }
    if (gpus.value && options.length === 0) {
      return `Cluster ${cluster} has no GPUs.`;
    }
    return selected?.refusal ?? schema.description;
  };

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      required={required}
      error={invalid}
    >
      <FormLabel component="legend">{schema.title ?? 'GPU'}</FormLabel>
      {gpus.loading && <LinearProgress aria-label="Reading the GPUs" />}
      <RadioGroup
        name={id}
        value={key}
        onChange={event =>
          onChange(
            options.find(option => option.key === event.target.value)?.value,
          )
        }
      >
        <RadioOption
          id={`${id}-any`}
          value={ANY}
          title="Any"
          lines={['The plan takes the smallest that suffices']}
        />
        {options.map((option, index) => (
          <RadioOption
            key={option.key}
            id={`${id}-${index}`}
            value={option.key}
            title={option.title}
            disabled={Boolean(option.refusal)}
            lines={[
              option.facts,
              ...(option.refusal
                ? [`Not with this engine: ${option.refusal}`]
                : []),
            ]}
          />
        ))}
      </RadioGroup>
      {selected && (
        <CountBar
          counts={selected.counts}
          what={`${selected.title} in cluster ${cluster}`}
        />
      )}
      <FormHelperText role={invalid ? 'alert' : undefined}>
        {help()}
      </FormHelperText>
    </FormControl>
  );
}
