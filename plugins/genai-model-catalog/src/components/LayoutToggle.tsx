import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { makeStyles } from '@material-ui/core/styles';
import TableIcon from '@material-ui/icons/ViewList';
import CardsIcon from '@material-ui/icons/ViewModule';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginBottom: theme.spacing(1),
  },
}));

interface LayoutToggleProps {
  /** `cards`, or a table for anything else. */
  layout: string | undefined;
  onChange(layout: 'cards' | undefined): void;
}

/** Chooses between a table and cards; two buttons, of which one is pressed. */
export function LayoutToggle({ layout, onChange }: LayoutToggleProps) {
  const classes = useStyles();
  const isCards = layout === 'cards';
  const looks = (pressed: boolean) => ({
    'aria-pressed': pressed,
    variant: pressed ? ('contained' as const) : ('outlined' as const),
  });
  return (
    <div className={classes.root}>
      <ButtonGroup size="small" disableElevation aria-label="Layout">
        <Button
          {...looks(!isCards)}
          startIcon={<TableIcon aria-hidden />}
          onClick={() => onChange(undefined)}
        >
          Table
        </Button>
        <Button
          {...looks(isCards)}
          startIcon={<CardsIcon aria-hidden />}
          onClick={() => onChange('cards')}
        >
          Cards
        </Button>
      </ButtonGroup>
    </div>
  );
}
