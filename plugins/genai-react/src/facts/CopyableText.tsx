import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    maxWidth: '100%',
    // The button is made for a toolbar; in a line of text its icon is as tall as the text.
    '& button': { color: theme.palette.text.secondary },
    '& button svg': {
      fontSize: '1.125rem',
      width: '1.125rem',
      height: '1.125rem',
    },
  },
  text: { overflowWrap: 'anywhere' },
  short: {
    maxWidth: 160,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
}));

/** @public */
export interface CopyableTextProps {
  text: string;
  /** Says what the button copies: `Copy the endpoint`. */
  label: string;
  /** On one line with an ellipsis, for tables; the full text is in the tooltip of the browser. */
  short?: boolean;
}

/** Text that one wants elsewhere, e.g. an address, with a button that copies it. @public */
export function CopyableText({ text, label, short }: CopyableTextProps) {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <code
        className={short ? classes.short : classes.text}
        title={short ? text : undefined}
      >
        {text}
      </code>
      <CopyTextButton
        text={text}
        tooltipText="Copied"
        aria-label={label}
        variant="tertiary"
      />
    </span>
  );
}
