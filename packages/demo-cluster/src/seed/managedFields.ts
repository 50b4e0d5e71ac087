import { FieldsV1, ManagedFieldsEntry } from '../store/ObjectStore';

/** Fields by which the API server tells list items apart, the first that an item has. */
const ITEM_KEYS: ReadonlyArray<readonly string[]> = [
  ['containerPort', 'protocol'],
  ['mountPath'],
  ['uid'],
  ['type'],
  ['name'],
  ['ip'],
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const itemKey = (item: Record<string, unknown>): string | undefined => {
  const keys = ITEM_KEYS.find(names => names.every(name => name in item));
  return (
    keys &&
    `k:${JSON.stringify(Object.fromEntries(keys.map(key => [key, item[key]])))}`
  );
};

/** The set of all fields of a value in the notation of `managedFields`. Lists without keys count as one field. */
export function fieldsOf(value: unknown): FieldsV1 {
  if (Array.isArray(value)) {
    const entries = value.map(item => {
      const key = isObject(item) ? itemKey(item) : undefined;
      return key ? ([key, { '.': {}, ...fieldsOf(item) }] as const) : undefined;
    });
    return entries.every(entry => entry !== undefined)
      ? { '.': {}, ...Object.fromEntries(entries) }
      : {};
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, field]) => [
          `f:${name}`,
          fieldsOf(field),
        ]),
      )
    : {};
}

/** An entry of `managedFields` for a manager that wrote these fields. */
export function managedBy(
  manager: string,
  fieldsV1: FieldsV1,
  time: string,
  subresource?: string,
): ManagedFieldsEntry {
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource && { subresource }),
  };
}
