import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';
import { serverChoices, type RagModelValue } from './ragChoices';
import { NewModelServer } from './NewModelServer';
import { RagPicker, type RagInput } from './RagPicker';

const MODEL: RagInput = { name: 'model', label: 'Model' };
const EMBEDDING: RagInput[] = [
  MODEL,
  { name: 'dimension', label: 'Dimension', number: true },
  { name: 'maxTokens', label: 'Tokens that it reads', number: true },
];
const LLM: RagInput[] = [
  MODEL,
  { name: 'contextTokens', label: 'Context, tokens', number: true },
];
const ADDRESS: RagInput = { name: 'url', label: 'Address' };
const SECRET: RagInput = {
  name: 'secret',
  label: 'Secret with the key of its API',
  help: 'Only where it asks for one: name or name/key of a Secret in the namespace; the key is "api-key" unless said. The portal never reads it.',
};

/**
 * Form field: a model server that runs, a new language model with the pickers of the inference path, or one at an address. With `ui:options: { task: embedding }` servers of embeddings, and new ones
 * of the catalog's embedding models.
 */
export function GenaiModelServerPicker(
  props: FieldExtensionComponentProps<
    RagModelValue,
    { task?: 'embedding' | 'llm' }
  >,
) {
  const { formData, onChange, rawErrors, required, idSchema, formContext } =
    props;
  const task = props.uiSchema['ui:options']?.task ?? 'llm';
  const api = useGenaiApi();
  const cluster = formValues(formContext).target?.cluster;
  const { value, error } = useAsync(async () => {
    const [servers, models] = await Promise.all([
      api.getModelServers({ cluster, limit: 500 }),
      api.getModels(),
    ]);
    return { servers: servers.items, models: models.items };
  }, [api, cluster]);
  const choices = useMemo(
    () => serverChoices(task, value?.servers ?? [], value?.models ?? []),
    [task, value],
  );
  const facts = task === 'embedding' ? EMBEDDING : LLM;
  const id = idSchema?.$id ?? task;
  const isNewLlm = task === 'llm' && formData?.create === true;
  const inputs = formData?.create ? facts : [ADDRESS, ...facts, SECRET];
  const picker = (
    <RagPicker
      id={id}
      label={task === 'embedding' ? 'Embedding model' : 'Language model'}
      required={required}
      choices={choices}
      value={formData}
      onChange={onChange}
      inputs={isNewLlm ? [] : inputs}
      help={
        error
          ? `The model servers cannot be read: ${error.message}. One at an address can still be named.`
          : 'Choose one, or fill in the fields below'
      }
      error={Boolean(rawErrors?.length)}
    />
  );
  return (
    <>
      {picker}
      {isNewLlm && (
        <NewModelServer
          id={id}
          value={formData}
          onChange={onChange}
          field={props as FieldExtensionComponentProps<RagModelValue>}
        />
      )}
    </>
  );
}
