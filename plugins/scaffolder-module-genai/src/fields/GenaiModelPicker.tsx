import type { Model } from '@promptside/backstage-plugin-genai-common';
import {
  formatBytes,
  StateChip,
  useGenaiApi,
} from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Autocomplete from '@material-ui/lab/Autocomplete';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';
import { useFits } from './useFits';

const billions = (count: number) =>
  `${(count / 1e9).toLocaleString('en', { maximumSignificantDigits: 3 })}B`;

/** What models do, in the order in which they are offered. */
const TASK_NAMES: Readonly<Record<Model['task'], string>> = {
  'text-generation': 'Text generation',
  'image-text-to-text': 'Text and images',
  embedding: 'Embedding',
  rerank: 'Reranking',
};
const TASKS = Object.keys(TASK_NAMES);

const useStyles = makeStyles(theme => ({
  fit: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    color: theme.palette.text.primary,
  },
}));

/** What a person compares models by, in one line. */
export function describeModel(model: Model): string {
  const smallest = Math.min(...model.variants.map(v => v.weightsBytes));
  return [
    `${billions(model.parameterCount)} parameters`,
    `${formatBytes(smallest)} of weights`,
    `${model.contextLength.toLocaleString('en')} tokens`,
    model.embeddingDimension && `${model.embeddingDimension} dimensions`,
    model.variants.some(({ quantization }) => quantization === 'gguf')
      ? 'GGUF'
      : undefined,
    model.license,
    model.gated ? 'gated: needs an accepted licence and a token' : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
}

/**
 * Form field: chooses a model of the catalog by its Hugging Face id. Once the form has a `target`, each model says whether it
 * fits that cluster now with the form's engine.
 */
export function GenaiModelPicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const classes = useStyles();
  const api = useGenaiApi();
  const { value, loading, error } = useAsync(() => api.getModels(), [api]);
  const models = useMemo(
    () =>
      [...(value?.items ?? [])].sort(
        (a, b) => TASKS.indexOf(a.task) - TASKS.indexOf(b.task),
      ),
    [value],
  );
  const fits = useFits(models, formValues(props.formContext));
  const fit = formData ? fits.get(formData) : undefined;
  const selected = models.find(({ id }) => id === formData) ?? null;
  const help = error
    ? `The models cannot be read: ${error.message}. Reload the page to try again.`
    : undefined;

  return (
    <FormControl
      fullWidth
      margin="normal"
      required={required}
      error={Boolean(rawErrors?.length) || Boolean(error)}
    >
      <Autocomplete<Model>
        id={idSchema?.$id}
        options={models}
        loading={loading}
        value={selected}
        groupBy={({ task }) => TASK_NAMES[task]}
        getOptionLabel={({ id }) => id}
        getOptionSelected={(option, current) => option.id === current.id}
        onChange={(_event, model) => onChange(model?.id)}
        renderOption={model => (
          <div>
            <Typography variant="body1">{model.id}</Typography>
            {fits.has(model.id) && (
              <StateChip state={fits.get(model.id)!.verdict} />
            )}
            <Typography variant="body2" color="textSecondary">
              {describeModel(model)}
            </Typography>
          </div>
        )}
        renderInput={params => (
          <TextField
            {...params}
            label={schema.title ?? 'Model'}
            required={required}
            variant="outlined"
            error={Boolean(rawErrors?.length) || Boolean(error)}
          />
        )}
      />
      <FormHelperText>
        {help ?? (selected ? describeModel(selected) : schema.description)}
      </FormHelperText>
      {selected && fit && (
        <FormHelperText component="div" className={classes.fit}>
          <StateChip state={fit.verdict} />
          <span>{fit.summary}</span>
        </FormHelperText>
      )}
    </FormControl>
  );
}
