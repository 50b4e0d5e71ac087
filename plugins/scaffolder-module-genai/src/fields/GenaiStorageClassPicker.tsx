import type {
  GenaiStorageClass,
  StorageChoice,
  StorageMode,
} from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import LinearProgress from '@material-ui/core/LinearProgress';
import MenuItem from '@material-ui/core/MenuItem';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';
import { RadioOption } from './RadioOption';

const MODES: readonly { mode: StorageMode; title: string; line: string }[] = [
  {
    mode: 'PerReplica',
    title: 'A cache of each replica',
    line: 'Every server downloads the weights by itself. Any storage class will do.',
  },
  {
    mode: 'Shared',
    title: 'One volume for all replicas',
    line: 'A Job downloads the pinned revision once and compares checksums; servers only read it, offline. Needs a class with ReadWriteMany.',
  },
];

const SHARING = {
  Yes: 'ReadWriteMany: yes',
  No: 'ReadWriteMany: no',
  Unknown: 'ReadWriteMany: not known',
} as const;

/** Value of the menu for the class that the cluster takes when none is named. */
const DEFAULT = '';

const describe = ({ name, isDefault, readWriteMany }: GenaiStorageClass) =>
  `${name}${isDefault ? ' (default)' : ''} – ${SHARING[readWriteMany]}`;

/** What is wrong with a class for a mode, in a sentence; undefined when nothing is. */
function trouble(
  chosen: GenaiStorageClass | undefined,
  classes: readonly GenaiStorageClass[],
  { mode, className }: StorageChoice,
): string | undefined {
  const fitting = classes
    .filter(({ readWriteMany }) => mode !== 'Shared' || readWriteMany === 'Yes')
    .map(({ name }) => name);
  const instead =
    fitting.length > 0
      ? `Choose ${fitting.join(' or ')}.`
      : 'The cluster has no class that fits; ask the platform team.';
  if (!chosen) {
    return className
      ? `The cluster has no class ${className}. ${instead}`
      : `The cluster has no default class. ${instead}`;
  }
  return mode === 'Shared' && chosen.readWriteMany === 'No'
    ? `${chosen.name} makes volumes for one node alone. ${instead}`
    : undefined;
}

/**
 * Form field: where the weights lie. Storage classes are those of the form's cluster, each with whether several nodes can share a
 * volume of it; one that cannot is disabled while the replicas are to share.
 */
export function GenaiStorageClassPicker(
  props: FieldExtensionComponentProps<StorageChoice>,
) {
  const { formData = {}, onChange, rawErrors, required } = props;
  const { schema, idSchema } = props;
  const api = useGenaiApi();
  const { target } = formValues(props.formContext);
  const cluster = target?.cluster;
  const { value, loading, error } = useAsync(
    async () => (cluster ? api.getStorageClasses({ cluster }) : undefined),
    [api, cluster],
  );
  const classes = value?.items ?? [];
  const { mode = 'PerReplica', className } = formData;
  const choice = { mode, className };
  // A cluster that does not let its classes be read is no cluster without classes.
  const unreadable = value?.clusters.some(({ resources = [] }) =>
    resources.some(({ resource }) => resource.startsWith('storageclasses')),
  );
  const chosen = className
    ? classes.find(({ name }) => name === className)
    : classes.find(({ isDefault }) => isDefault);
  const wrong =
    value && !unreadable ? trouble(chosen, classes, choice) : undefined;
  const invalid =
    Boolean(rawErrors?.length) || Boolean(error) || Boolean(wrong);
  const id = idSchema?.$id ?? 'storage';
  const listed =
    !className || classes.some(({ name }) => name === className)
      ? classes
      : undefined;

  const help = () => {
    if (error) {
      return `The storage classes cannot be read: ${error.message}. Reload the page to try again.`;
    }
    if (!cluster) return 'Choose a cluster to see its storage classes.';
    if (unreadable) {
      return 'The portal may not read the storage classes of this cluster; the default class is used.';
    }
    if (wrong) return wrong;
    return mode === 'Shared' && chosen?.readWriteMany === 'Unknown'
      ? `Whether ${chosen.name} can be shared is not known: ask the platform team.`
      : schema.description;
  };

  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      required={required}
      error={invalid}
    >
      <FormLabel component="legend">
        {schema.title ?? 'Model storage'}
      </FormLabel>
      <RadioGroup
        name={id}
        value={mode}
        onChange={event =>
          onChange({ ...formData, mode: event.target.value as StorageMode })
        }
      >
        {MODES.map(each => (
          <RadioOption
            key={each.mode}
            id={`${id}-${each.mode}`}
            value={each.mode}
            title={each.title}
            lines={[each.line]}
          />
        ))}
      </RadioGroup>
      {loading && <LinearProgress aria-label="Reading the storage classes" />}
      <TextField
        select
        fullWidth
        margin="normal"
        id={`${id}-class`}
        label="Storage class"
        variant="outlined"
        disabled={!value}
        error={invalid}
        value={value && listed ? (className ?? DEFAULT) : DEFAULT}
        onChange={event =>
          onChange({ mode, className: event.target.value || undefined })
        }
      >
        <MenuItem value={DEFAULT}>The default of the cluster</MenuItem>
        {classes.map(each => (
          <MenuItem
            key={each.name}
            value={each.name}
            disabled={mode === 'Shared' && each.readWriteMany === 'No'}
          >
            {describe(each)}
          </MenuItem>
        ))}
      </TextField>
      <FormHelperText role={invalid ? 'alert' : 'status'}>
        {help()}
      </FormHelperText>
    </FormControl>
  );
}
