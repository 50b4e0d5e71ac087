import { KubeObject } from '../../store/ObjectStore';
import { PrinterColumn, ResourceInfo } from '../../store/ResourceRegistry';
import { readPath } from './jsonPath';
import { EVENT_COLUMNS, OTHER_COLUMNS } from './otherColumns';
import { age } from './text';
import { AGE, WORKLOAD_COLUMNS } from './workloadColumns';

/** How one column is printed. */
export type Column = {
  name: string;
  type: string;
  format?: string;
  /** Above 0 the column is only shown by `-o wide`. */
  priority?: number;
  cell: (object: KubeObject, now: number) => string | number | boolean | null;
};

const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: ({ metadata }) => metadata.name,
};

function customColumn(column: PrinterColumn): Column {
  return {
    name: column.name,
    type: column.type,
    format: column.format,
    priority: column.priority,
    cell(object, now) {
      const values = readPath(object, column.jsonPath);
      if (values.length === 0) {
        return null;
      }
      const [value] = values;
      switch (column.type) {
        case 'integer':
        case 'number':
          return typeof value === 'number' ? value : null;
        case 'boolean':
          return typeof value === 'boolean' ? value : null;
        case 'date':
          return age(String(value), now);
        default:
          return values
            .map(each =>
              typeof each === 'object' ? JSON.stringify(each) : String(each),
            )
            .join(',');
      }
    },
  };
}

/** The columns of a resource. */
export function columnsOf({ group, plural, custom }: ResourceInfo): Column[] {
  if (custom) {
    return [
      NAME,
      ...(custom.columns.length ? custom.columns.map(customColumn) : [AGE]),
    ];
  }
  const key = `${group}/${plural}`;
  if (key === '/events') {
    return EVENT_COLUMNS;
  }
  return [NAME, ...(WORKLOAD_COLUMNS[key] ?? OTHER_COLUMNS[key] ?? [AGE])];
}
