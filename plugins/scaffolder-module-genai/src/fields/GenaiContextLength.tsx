import TextField from '@material-ui/core/TextField';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import { hasContextLength } from './engineTraits';
import { formValues } from './formValues';

const HELP =
  'Tokens of prompt and answer together. Empty: 8,192, or what the model knows if that is less.';

/**
 * Form field: length of the context, tokens. It is not there for an engine that keeps none, and leaves no value then: a length
 * that was meant for another engine would be refused.
 */
export function GenaiContextLength(
  props: FieldExtensionComponentProps<number>,
) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const shown = hasContextLength(formValues(props.formContext).engine);

  useEffect(() => {
    if (!shown && formData !== undefined) onChange(undefined);
  }, [shown, formData, onChange]);

  if (!shown) return null;
  const wrong =
    formData !== undefined && !(Number.isInteger(formData) && formData > 0);
  const invalid = Boolean(rawErrors?.length) || wrong;
  return (
    <TextField
      fullWidth
      margin="normal"
      variant="outlined"
      type="number"
      id={idSchema?.$id}
      label={schema.title ?? 'Context length'}
      required={required}
      value={formData ?? ''}
      error={invalid}
      helperText={
        wrong
          ? 'Must be a whole number of tokens.'
          : (schema.description ?? HELP)
      }
      inputProps={{ min: 1, step: 1 }}
      onChange={event =>
        onChange(
          event.target.value === '' ? undefined : Number(event.target.value),
        )
      }
    />
  );
}
