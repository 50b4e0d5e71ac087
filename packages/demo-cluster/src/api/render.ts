import { KubeObject, ObjectMeta } from '../store/ObjectStore';
import { ResourceInfo } from '../store/ResourceRegistry';
import { columnsOf } from './table/columns';

/** A cell of a table: text or a whole number; `null` is nothing. */
export type Cell = string | number | boolean | null;

/** A column as clients are told about it. */
export type ColumnDefinition = {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
};

/** What `kubectl get` prints. */
export type Table = {
  kind: 'Table';
  apiVersion: 'meta.k8s.io/v1';
  metadata: Record<string, unknown>;
  columnDefinitions: ColumnDefinition[] | null;
  rows: Array<{ cells: Cell[]; object?: unknown }>;
};

/** An object's metadata as clients get it that want nothing else. */
export function metadataOnly({ metadata }: KubeObject): {
  kind: 'PartialObjectMetadata';
  apiVersion: 'meta.k8s.io/v1';
  metadata: ObjectMeta;
} {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  };
}

/** Prints objects as rows; ages are told at `now`. */
export function tableOf(
  resource: ResourceInfo,
  objects: KubeObject[],
  options: {
    now: number;
    metadata: Record<string, unknown>;
    includeObject: string;
    withoutColumns?: boolean;
  },
): Table {
  const columns = columnsOf(resource);
  const objectOf = (object: KubeObject): { object?: unknown } => {
    switch (options.includeObject) {
      case 'None':
        return {};
      case 'Object':
        return { object };
      default:
        return { object: metadataOnly(object) };
    }
  };
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: options.withoutColumns
      ? null
      : columns.map(({ name, type, format, priority }) => ({
          name,
          type,
          format: format ?? '',
          description: name,
          priority: priority ?? 0,
        })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object, options.now)),
      ...objectOf(object),
    })),
  };
}
