import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    '& button': { color: theme.palette.text.secondary },
    '& button svg': {
      fontSize: '1.125rem',
      width: '1.125rem',
      height: '1.125rem',
    },
  },
  code: {
    flex: '1 1 auto',
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1.5),
    // Broken in sight rather than cut off: what is copied has no line breaks of its own.
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.default,
    color: theme.palette.text.primary,
    fontSize: theme.typography.body2.fontSize,
  },
}));

interface CodeBlockProps {
  text: string;
  /** What it is: `curl call`. */
  label: string;
}

/** Code with a button that copies it. One colour: the themes of the highlighters lack contrast. */
export function CodeBlock({ text, label }: CodeBlockProps) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label={label}>
      <pre className={classes.code}>
        <code>{text}</code>
      </pre>
      <CopyTextButton
        text={text}
        tooltipText="Copied"
        aria-label={`Copy the ${label}`}
        variant="tertiary"
      />
    </div>
  );
}
