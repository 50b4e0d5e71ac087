import type { Engine } from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import LinearProgress from '@material-ui/core/LinearProgress';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import useAsync from 'react-use/esm/useAsync';
import { formValues } from './formValues';

const useStyles = makeStyles(theme => ({
  option: { alignItems: 'flex-start', marginTop: theme.spacing(1) },
  radio: { paddingTop: 0, paddingBottom: 0 },
}));

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
export function GenaiEnginePicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors, required, schema, idSchema } = props;
  const classes = useStyles();
  const api = useGenaiApi();
  const { model } = formValues(props.formContext);
  const { value, loading, error } = useAsync(
    () => api.getEngines(model ? { model } : {}),
    [api, model],
  );
  const engines = value?.items ?? [];
  const selected = engines.find(({ engine }) => engine === formData);
  const invalid =
    Boolean(rawErrors?.length) || Boolean(error) || Boolean(selected?.refusal);
  const id = idSchema?.$id ?? 'engine';

  const help = () => {
    if (error) {
      return `The engines cannot be read: ${error.message}. Reload the page to try again.`;
    }
    return selected?.refusal
      ? `${selected.title} cannot serve ${model}. Choose another engine or model.`
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
      <FormLabel component="legend">{schema.title ?? 'Engine'}</FormLabel>
      {loading && <LinearProgress aria-label="Reading the engines" />}
      <RadioGroup
        name={id}
        value={formData ?? ''}
        onChange={event => onChange(event.target.value)}
      >
        {engines.map(engine => (
          <FormControlLabel
            key={engine.engine}
            className={classes.option}
            value={engine.engine}
            disabled={Boolean(engine.refusal)}
            control={
              <Radio
                color="primary"
                className={classes.radio}
                inputProps={
                  {
                    'aria-label': engine.title,
                    'aria-describedby': `${id}-${engine.engine}`,
                  } as object
                }
              />
            }
            label={
              <>
                <Typography variant="body1">{engine.title}</Typography>
                <div id={`${id}-${engine.engine}`}>
                  {linesOf(engine).map(line => (
                    <Typography
                      key={line}
                      variant="body2"
                      color="textSecondary"
                    >
                      {line}
                    </Typography>
                  ))}
                </div>
              </>
            }
          />
        ))}
      </RadioGroup>
      <FormHelperText role={invalid ? 'alert' : undefined}>
        {help()}
      </FormHelperText>
    </FormControl>
  );
}
