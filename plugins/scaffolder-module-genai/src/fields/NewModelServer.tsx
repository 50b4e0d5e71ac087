import { ragLlmEngineSchema } from '@promptside/backstage-plugin-genai-common';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import TextField from '@material-ui/core/TextField';
import type { GenaiAccelerator } from './formValues';
import { GenaiAcceleratorPicker } from './GenaiAcceleratorPicker';
import { GenaiEnginePicker } from './GenaiEnginePicker';
import { GenaiModelPicker } from './GenaiModelPicker';
import type { RagModelValue } from './ragChoices';

interface NewModelServerProps {
  id: string;
  value: RagModelValue;
  onChange(value: RagModelValue): void;
  /** Properties of the field around, for what a picker wants besides. */
  field: FieldExtensionComponentProps<RagModelValue>;
}

/** What a language model to be made is made of: the pickers of the inference path, reading this value in place of the form's. */
export function NewModelServer(props: NewModelServerProps) {
  const { id, value, onChange, field } = props;
  const { formContext } = field;
  const { formData: form } = (formContext ?? {}) as { formData?: object };
  const { model, engine, accelerator } = value;
  const put = (name: keyof RagModelValue, next: unknown) => {
    const { [name]: _, ...rest } = value;
    onChange(
      next === undefined || next === '' ? rest : { ...rest, [name]: next },
    );
  };

  function inner<T>(
    name: keyof RagModelValue,
    title: string,
    options: object = {},
  ): FieldExtensionComponentProps<T> {
    return {
      ...field,
      formData: value[name],
      onChange: (next: unknown) => put(name, next),
      schema: { title },
      uiSchema: { 'ui:options': options },
      idSchema: { $id: `${id}-${name}` },
      required: name === 'model',
      rawErrors: [],
      formContext: {
        ...formContext,
        formData: { ...form, model, engine, accelerator },
      },
    } as unknown as FieldExtensionComponentProps<T>;
  }

  return (
    <>
      <GenaiModelPicker {...inner<string>('model', 'Model to serve')} />
      <GenaiEnginePicker
        {...inner<string>('engine', 'Engine', {
          only: ragLlmEngineSchema.options,
        })}
      />
      <GenaiAcceleratorPicker
        {...inner<GenaiAccelerator>('accelerator', 'GPU')}
      />
      <TextField
        fullWidth
        margin="dense"
        variant="outlined"
        type="number"
        id={`${id}-contextTokens`}
        label="Context, tokens"
        helperText="Passages, question and answer together"
        value={value.contextTokens ?? ''}
        onChange={({ target }) =>
          put('contextTokens', target.value && Number(target.value))
        }
      />
      <TextField
        fullWidth
        margin="dense"
        variant="outlined"
        id={`${id}-tokenSecret`}
        label="Secret with a Hugging Face token"
        helperText="Only for gated models: the name of a Secret in the namespace with the key HF_TOKEN. The portal never reads it."
        value={value.tokenSecret ?? ''}
        onChange={({ target }) => put('tokenSecret', target.value)}
      />
    </>
  );
}
