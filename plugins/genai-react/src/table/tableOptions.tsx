import type { TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const PAGE_SIZE = 20;

/**
 * Options of our tables (`Table` of core-components): the filters above them search, and paging only starts where it is
 * needed.
 *
 * @public
 */
export function tableOptions(rowCount: number) {
  return {
    search: false,
    padding: 'dense' as const,
    paging: rowCount > PAGE_SIZE,
    pageSize: PAGE_SIZE,
    pageSizeOptions: [20, 50, 100],
    emptyRowsWhenPaging: false,
    draggable: false,
    // Columns as wide as their content; a narrow window scrolls instead of breaking words.
    tableLayout: 'auto' as const,
    headerStyle: { whiteSpace: 'nowrap' as const },
  };
}

/**
 * A column of numbers: right-aligned, so that digits stand below digits.
 *
 * @public
 */
export const numericColumn = {
  type: 'numeric' as const,
  align: 'right' as const,
};

/** Without it `Table` lets words break anywhere, and the columns are squeezed until they do. */
const WHOLE_WORDS = {
  wordBreak: 'normal' as const,
  overflowWrap: 'break-word' as const,
};

/**
 * Columns as wide as what stands in them, with words kept whole. `Table` gives columns without a width equal shares of the
 * table, so that a column of numbers takes what names need.
 *
 * @public
 */
export function fitColumns<T extends object>(
  columns: readonly TableColumn<T>[],
): TableColumn<T>[] {
  return columns.map(column => ({
    width: 'auto',
    ...column,
    cellStyle:
      typeof column.cellStyle === 'function'
        ? column.cellStyle
        : { ...WHOLE_WORDS, ...column.cellStyle },
  }));
}

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2) },
}));

/** Stands in a table when no row passes the filters. @public */
export function NoMatch() {
  const classes = useStyles();
  return (
    <Typography variant="body2" className={classes.root}>
      Nothing matches the filters.
    </Typography>
  );
}

/**
 * For `emptyContent` of a table. One element for ever: `Table` makes a new body, without focus and open tooltips, whenever
 * it is given another one.
 *
 * @public
 */
export const noMatch = <NoMatch />;
