import type { PlanQuota } from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import Grid from '@material-ui/core/Grid';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import useAsync from 'react-use/esm/useAsync';
import { QuotaBars } from './QuotaBars';

/** Value of the field: where a service runs. */
export interface GenaiTarget {
  cluster: string;
  namespace: string;
}

/** What the bars below do not tell: that there is no quota, and which resources the namespace may not use at all. */
function quotaText(quota: readonly PlanQuota[]): string | undefined {
  if (quota.length === 0) return 'No GPU quota is set for this namespace';
  const refused = quota
    .filter(({ hard }) => hard === 0)
    .map(({ resource }) => resource.replace(/^requests\./, ''));
  return refused.length > 0
    ? `The quota allows none of ${refused.join(', ')}`
    : undefined;
}

/** The team, where the namespace's own name does not tell it. */
const ownerText = (namespace: string, owner: string | undefined) => {
  const team = owner?.split('/').pop();
  return team && team !== namespace ? ` (${team})` : '';
};

/** Form field: cluster and namespace, with what is left of the namespace's GPU quota. */
export function GenaiTargetPicker(
  props: FieldExtensionComponentProps<Partial<GenaiTarget>>,
) {
  const { formData, onChange, rawErrors, required, idSchema } = props;
  const api = useGenaiApi();
  const { value, loading, error } = useAsync(() => api.getNamespaces(), [api]);
  const clusters = value?.clusters ?? [];
  const namespaces = (value?.items ?? [])
    .filter(({ cluster }) => cluster === formData?.cluster)
    // Those that a team owns come first: they are what a developer looks for.
    .sort(
      (a, b) =>
        Number(Boolean(b.owner)) - Number(Boolean(a.owner)) ||
        a.name.localeCompare(b.name),
    );
  const selected = namespaces.find(({ name }) => name === formData?.namespace);
  const invalid = Boolean(rawErrors?.length) || Boolean(error);

  const help = () => {
    if (error) {
      return `The namespaces cannot be read: ${error.message}. Reload the page to try again.`;
    }
    if (loading) return 'Reading the clusters …';
    if (clusters.length === 0) {
      return 'No cluster is configured; ask the platform team to add one to the kubernetes configuration';
    }
    return selected ? quotaText(selected.quota) : undefined;
  };

  return (
    <FormControl fullWidth margin="normal" required={required} error={invalid}>
      <Grid container spacing={2}>
        <Grid item xs={12} sm={6}>
          <TextField
            select
            fullWidth
            id={`${idSchema?.$id}-cluster`}
            label="Cluster"
            required={required}
            variant="outlined"
            value={value ? (formData?.cluster ?? '') : ''}
            error={invalid && !formData?.cluster}
            onChange={event => onChange({ cluster: event.target.value })}
          >
            {clusters.map(({ name, title, state }) => (
              <MenuItem key={name} value={name}>
                {title ?? name}
                {state === 'Live' ? '' : ` (${state})`}
              </MenuItem>
            ))}
          </TextField>
        </Grid>
        <Grid item xs={12} sm={6}>
          <TextField
            select
            fullWidth
            id={`${idSchema?.$id}-namespace`}
            label="Namespace"
            required={required}
            variant="outlined"
            disabled={!formData?.cluster}
            value={selected ? selected.name : ''}
            error={invalid && !formData?.namespace}
            onChange={event =>
              onChange({ ...formData, namespace: event.target.value })
            }
          >
            {namespaces.map(({ name, owner }) => (
              <MenuItem key={name} value={name}>
                {name}
                {ownerText(name, owner)}
              </MenuItem>
            ))}
          </TextField>
        </Grid>
      </Grid>
      <FormHelperText>{help()}</FormHelperText>
      {selected && <QuotaBars quota={selected.quota} />}
    </FormControl>
  );
}
