import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import Grid from '@material-ui/core/Grid';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useEffect, useMemo } from 'react';
import {
  fromRepoUrl,
  gitHostsOf,
  repositoryFault,
  toRepoUrl,
  type Repository,
} from './gitHosts';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Form field: where the new repository goes. Unlike the stock picker it needs no list of hosts in the template: it offers the
 * hosts that the portal is configured for, so one template serves every portal. It starts with the first of them, the team
 * that owns the service and the service's name.
 */
export function GenaiRepositoryPicker(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange, required, idSchema, formContext } = props;
  const integrations = useApi(scmIntegrationsApiRef);
  const config = useApi(configApiRef);
  const hosts = useMemo(
    () => gitHostsOf(integrations, config),
    [integrations, config],
  );
  const values = (formContext?.formData ?? {}) as Record<string, unknown>;
  const suggested: Repository = {
    host: hosts[0]?.host ?? '',
    owner: textOf(values.owner).split('/').pop() ?? '',
    repo: textOf(values.name),
  };
  const suggestion = toRepoUrl(suggested);
  useEffect(() => {
    if (formData === undefined) onChange(suggestion);
  }, [formData, onChange, suggestion]);

  const repository = formData === undefined ? suggested : fromRepoUrl(formData);
  const fault = repositoryFault(repository);
  const change = (part: Partial<Repository>) =>
    onChange(toRepoUrl({ ...repository, ...part }));

  return (
    <FormControl
      fullWidth
      margin="normal"
      required={required}
      error={Boolean(fault)}
    >
      <Grid container spacing={2}>
        <Grid item xs={12} sm={4}>
          <TextField
            select
            fullWidth
            id={`${idSchema?.$id}-host`}
            label="Git host"
            required={required}
            variant="outlined"
            value={
              hosts.some(({ host }) => host === repository.host)
                ? repository.host
                : ''
            }
            onChange={event => change({ host: event.target.value })}
          >
            {hosts.map(({ host, title }) => (
              <MenuItem key={host} value={host}>
                {title}
              </MenuItem>
            ))}
          </TextField>
        </Grid>
        <Grid item xs={12} sm={4}>
          <TextField
            fullWidth
            id={`${idSchema?.$id}-owner`}
            label="Organisation or group"
            required={required}
            variant="outlined"
            value={repository.owner}
            onChange={event => change({ owner: event.target.value.trim() })}
          />
        </Grid>
        <Grid item xs={12} sm={4}>
          <TextField
            fullWidth
            id={`${idSchema?.$id}-repo`}
            label="Repository"
            required={required}
            variant="outlined"
            value={repository.repo}
            onChange={event => change({ repo: event.target.value.trim() })}
          />
        </Grid>
      </Grid>
      <FormHelperText>
        {fault ?? 'It is created; a repository of that name must not exist yet'}
      </FormHelperText>
    </FormControl>
  );
}

/** Stops the form at a repository that no host would take. */
export function validateRepository(
  value: string | undefined,
  validation: { addError(message: string): void },
) {
  const fault = repositoryFault(fromRepoUrl(value));
  if (fault) validation.addError(fault);
}
