import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  option: { alignItems: 'flex-start', marginTop: theme.spacing(1) },
  radio: { paddingTop: 0, paddingBottom: 0 },
}));

/**
 * One choice of a `RadioGroup` with lines below its name. They are its description to a screen reader, and no tooltip, so that
 * everybody can read why a choice is disabled.
 */
export function RadioOption(props: {
  /** Unique on the page. */
  id: string;
  value: string;
  title: string;
  lines: readonly string[];
  disabled?: boolean;
}) {
  const { id, value, title, lines, disabled } = props;
  const classes = useStyles();
  return (
    <FormControlLabel
      className={classes.option}
      value={value}
      disabled={disabled}
      control={
        <Radio
          color="primary"
          className={classes.radio}
          inputProps={{ 'aria-label': title, 'aria-describedby': id } as object}
        />
      }
      label={
        <>
          <Typography variant="body1">{title}</Typography>
          <div id={id}>
            {lines.map(line => (
              <Typography key={line} variant="body2" color="textSecondary">
                {line}
              </Typography>
            ))}
          </div>
        </>
      }
    />
  );
}
