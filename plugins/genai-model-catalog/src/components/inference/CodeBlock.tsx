import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', alignItems: 'flex-start' },
  code: {
    flex: '1 1 auto',
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1.5),
    overflowX: 'auto',
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
    <div className={classes.root}>
      {/* It scrolls, so that the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.code} tabIndex={0} aria-label={label}>
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
