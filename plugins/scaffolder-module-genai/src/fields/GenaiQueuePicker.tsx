import type { NamespaceQueue } from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';

/** Value of the menu for the queue that the plan takes when none is named. */
const UNNAMED = '';

function describe({
  name,
  clusterQueue,
  pendingCount,
  stopped,
}: NamespaceQueue) {
  const facts = [
    stopped && `admits nothing: ${stopped}`,
    pendingCount !== undefined && `${pendingCount} waiting`,
  ].filter(Boolean);
  return `${name} (ClusterQueue ${clusterQueue}${facts.map(fact => `, ${fact}`).join('')})`;
}

/**
 * Form field: the LocalQueue of Kueue that admits the pods. It is there only where the form's namespace has one, and lets go of a
 * queue that another namespace had.
 */
export function GenaiQueuePicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const api = useGenaiApi();
  const { target } = formValues(props.formContext);
  const { cluster, namespace } = target ?? {};
  const { value, error } = useAsync(
    async () => (cluster && namespace ? api.getNamespaces() : undefined),
    [api, cluster, namespace],
  );
  const queues =
    value?.items.find(
      item => item.cluster === cluster && item.name === namespace,
    )?.queues ?? [];
  const selected = queues.find(({ name }) => name === formData);
  const foreign = Boolean(formData && value && !selected);

  useEffect(() => {
    if (foreign) onChange(undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each queue that is not of this namespace
  }, [foreign, formData]);

  if (error && formData) {
    return (
      <FormControl fullWidth margin="normal" error>
        <FormHelperText role="alert">
          {`The queues cannot be read: ${error.message}. "${formData}" stays chosen; reload the page to try again.`}
        </FormHelperText>
      </FormControl>
    );
  }
  if (queues.length === 0) return null;

  const invalid = Boolean(rawErrors?.length) || Boolean(selected?.stopped);
  const help = () => {
    if (selected?.stopped) {
      return `${selected.name} admits nothing now (${selected.stopped}). Choose another queue, or ask who runs it.`;
    }
    return selected?.admissionChecks
      ? `Before anything starts ${selected.admissionChecks.join(', ')} must agree, too: free quota is no promise.`
      : (schema.description ??
          'Kueue starts the pods when the queue has quota left.');
  };

  return (
    <FormControl fullWidth margin="normal" required={required} error={invalid}>
      <TextField
        select
        fullWidth
        id={idSchema?.$id ?? 'queue'}
        label={schema.title ?? 'Queue'}
        variant="outlined"
        error={invalid}
        value={selected?.name ?? UNNAMED}
        onChange={event => onChange(event.target.value || undefined)}
      >
        <MenuItem value={UNNAMED}>
          The only one, or the one called default
        </MenuItem>
        {queues.map(queue => (
          <MenuItem key={queue.name} value={queue.name}>
            {describe(queue)}
          </MenuItem>
        ))}
      </TextField>
      <FormHelperText role={invalid ? 'alert' : 'status'}>
        {help()}
      </FormHelperText>
    </FormControl>
  );
}
