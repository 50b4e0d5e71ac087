import type { Engine } from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import LinearProgress from '@material-ui/core/LinearProgress';
import RadioGroup from '@material-ui/core/RadioGroup';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';
import { RadioOption } from './RadioOption';

const PLATFORMS: Readonly<Record<string, string>> = {
  nvidia: 'NVIDIA',
  amd: 'AMD',
  intel: 'Intel',
  gaudi: 'Intel Gaudi',
  cpu: 'processor cores',
};

/** Lines under an engine's name: why not, or on what; then what to know of the project. */
function linesOf({ platforms, refusal, notice }: Engine): string[] {
  const devices = platforms.map(name => PLATFORMS[name] ?? name).join(', ');
  return [
    refusal ? `Not for this model: ${refusal}` : `Runs on ${devices}`,
    ...(notice ? [notice] : []),
  ];
}

/**
 * Form field: chooses the serving engine. Which of them can serve the form's `model` is asked anew when that changes; the
 * reason stands beside each that cannot, and not in a tooltip, so that everybody can read it.
 */
export function GenaiEnginePicker(
  props: FieldExtensionComponentProps<string, { only?: readonly string[] }>,
) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const api = useGenaiApi();
  const { model } = formValues(props.formContext);
  const { value, loading, error } = useAsync(
    () => api.getEngines(model ? { model } : {}),
    [api, model],
  );
  // Those that cannot serve the model go last, with their reasons.
  const only = props.uiSchema?.['ui:options']?.only;
  const offered = (value?.items ?? []).filter(
    each => !only || only.includes(each.engine),
  );
  const engines = offered.sort(
    (a, b) => Number(Boolean(a.refusal)) - Number(Boolean(b.refusal)),
  );
  const [instead] = engines.filter(({ refusal }) => !refusal);
  const selected = engines.find(({ engine }) => engine === formData);
  const invalid =
    Boolean(rawErrors?.length) || Boolean(error) || Boolean(selected?.refusal);
  const id = idSchema?.$id ?? 'engine';

  // A model narrows the engines: one that cannot serve it gives way to the first that can, which is said.
  const [left, setLeft] = useState<{ title: string; model?: string }>();
  const refused = selected?.refusal && instead ? selected.title : undefined;
  useEffect(() => {
    if (!refused) return;
    setLeft({ title: refused, model });
    onChange(instead.engine);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each engine that cannot
  }, [refused, model]);

  const gaveWay =
    left && left.model === model && selected
      ? `${left.title} cannot serve ${model}, so ${selected.title} was chosen.`
      : undefined;

  const help = () => {
    if (error) {
      return `The engines cannot be read: ${error.message}. Reload the page to try again.`;
    }
    return selected?.refusal
      ? `${selected.title} cannot serve ${model}. Choose another engine or model.`
      : (gaveWay ?? schema.description);
  };

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      required={required}
      error={invalid}
    >
      <FormLabel component="legend">{schema.title ?? 'Engine'}</FormLabel>
      {loading && <LinearProgress aria-label="Reading the engines" />}
      <RadioGroup
        name={id}
        value={formData ?? ''}
        onChange={event => onChange(event.target.value)}
      >
        {engines.map(engine => (
          <RadioOption
            key={engine.engine}
            id={`${id}-${engine.engine}`}
            value={engine.engine}
            title={engine.title}
            disabled={Boolean(engine.refusal)}
            lines={linesOf(engine)}
          />
        ))}
      </RadioGroup>
      <FormHelperText role={invalid ? 'alert' : 'status'}>
        {help()}
      </FormHelperText>
    </FormControl>
  );
}
