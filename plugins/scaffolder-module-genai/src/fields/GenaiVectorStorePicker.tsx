import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';
import { storeChoices, type RagStoreValue } from './ragChoices';
import { RagPicker, type RagInput } from './RagPicker';

const URL_INPUT: RagInput = { name: 'url', label: 'Address of the store' };
const SECRET_INPUT: RagInput = {
  name: 'secret',
  label: 'Secret with the address of PostgreSQL',
  help: 'As name or name/key, in the namespace of the service; the key is "uri" unless said. The portal never reads it.',
};

/** Form field: a vector store that runs, a new one, or one at an address. */
export function GenaiVectorStorePicker(
  props: FieldExtensionComponentProps<RagStoreValue>,
) {
  const { formData, onChange, rawErrors, required, idSchema, formContext } =
    props;
  const api = useGenaiApi();
  const cluster = formValues(formContext).target?.cluster;
  const { value, error } = useAsync(
    () => api.getVectorStores({ cluster, limit: 500 }),
    [api, cluster],
  );
  const choices = useMemo(() => storeChoices(value?.items ?? []), [value]);
  const { kind, create } = formData ?? {};
  const known = kind === 'pgvector' ? [SECRET_INPUT] : [URL_INPUT];
  return (
    <RagPicker
      id={idSchema?.$id ?? 'store'}
      label="Vector store"
      required={required}
      choices={choices}
      value={formData}
      onChange={onChange}
      inputs={kind && !create ? known : []}
      help={
        error &&
        `The vector stores cannot be read: ${error.message}. One at an address can still be named.`
      }
      error={Boolean(rawErrors?.length)}
    />
  );
}
