import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import SearchIcon from '@material-ui/icons/Search';
import type { ReactNode } from 'react';
import { quietColor } from '../view/quietColor';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(2),
    '& label:not(.Mui-focused)': { color: quietColor(theme) },
  },
  field: { minWidth: 160, maxWidth: 280 },
  search: { flex: '1 1 200px', maxWidth: 360 },
}));

/** @public */
export interface FilterBarProps {
  children: ReactNode;
  /** Removes all filters; absent when none is set. */
  onClear?: () => void;
}

/** One line of filters above a view. @public */
export function FilterBar({ children, onClear }: FilterBarProps) {
  const classes = useStyles();
  return (
    <div className={classes.bar} role="search" aria-label="Filters">
      {children}
      {onClear && (
        <Button size="small" color="primary" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

/** @public */
export interface FilterSelectProps {
  id: string;
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  /** What stands there while none is chosen; default `All`. */
  allLabel?: string;
  onChange(value: string | undefined): void;
}

/**
 * Chooses one value or all. A value from the URL that is not among the options stays visible and can be removed.
 *
 * @public
 */
export function FilterSelect(props: FilterSelectProps) {
  const { id, label, value, options, allLabel = 'All', onChange } = props;
  const classes = useStyles();
  const known = value === undefined || options.some(o => o.value === value);
  const all = known ? options : [...options, { value: value!, label: value! }];
  return (
    <TextField
      select
      id={id}
      label={label}
      size="small"
      variant="outlined"
      className={classes.field}
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
      InputLabelProps={{ shrink: true, id: `${id}-label` }}
      SelectProps={{ displayEmpty: true, labelId: `${id}-label` }}
    >
      <MenuItem value="">{allLabel}</MenuItem>
      {all.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** @public */
export interface FilterSearchProps {
  id: string;
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
}

/** Free text filter. @public */
export function FilterSearch({
  id,
  label,
  value,
  onChange,
}: FilterSearchProps) {
  const classes = useStyles();
  return (
    <TextField
      id={id}
      label={label}
      type="search"
      size="small"
      variant="outlined"
      className={classes.search}
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
      InputLabelProps={{ shrink: true }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" aria-hidden />
          </InputAdornment>
        ),
      }}
    />
  );
}

/**
 * Whether any of the texts contains the search words, ignoring case; every word must occur.
 *
 * @public
 */
export function matchesSearch(
  search: string | undefined,
  texts: readonly (string | undefined)[],
): boolean {
  if (!search) return true;
  const haystack = texts.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => haystack.includes(word));
}
