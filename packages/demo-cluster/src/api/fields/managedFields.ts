import { ApiStatusError } from '../../store/ApiStatusError';
import { KubeObject, ManagedFieldsEntry } from '../../store/ObjectStore';
import { Schema } from '../../store/openapi';
import { FieldSet } from './FieldSet';
import { compare, fieldsOf, merge, without } from './typed';

/** Who writes, and how. */
export interface Writer {
  manager: string;
  apiVersion: string;
  subresource?: string;
  /** RFC 3339. */
  time: string;
}

interface Owner {
  entry: Omit<ManagedFieldsEntry, 'fieldsV1' | 'time'>;
  time?: string;
  fields: FieldSet;
}

type Owners = Map<string, Owner>;

/** Metadata that the server sets and nobody owns. */
const UNOWNED = FieldSet.from({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
});

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function keyOf(entry: Owner['entry']): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify([manager, operation, apiVersion, subresource]);
}

function ownersOf(object: KubeObject | undefined): Owners {
  const owners: Owners = new Map();
  for (const { fieldsV1, time, ...entry } of object?.metadata.managedFields ??
    []) {
    owners.set(keyOf(entry), { entry, time, fields: FieldSet.from(fieldsV1) });
  }
  return owners;
}

function entriesOf(owners: Owners): ManagedFieldsEntry[] | undefined {
  const entries = [...owners.values()]
    .filter(({ fields }) => !fields.isEmpty)
    .map(({ entry, time, fields }) => ({
      manager: entry.manager,
      operation: entry.operation,
      apiVersion: entry.apiVersion,
      ...(time && { time }),
      fieldsType: 'FieldsV1' as const,
      fieldsV1: fields.toFields(),
      ...(entry.subresource && { subresource: entry.subresource }),
    }));
  const rank = (entry: ManagedFieldsEntry) =>
    [
      entry.operation,
      entry.time ?? '',
      entry.manager,
      entry.apiVersion,
      entry.subresource ?? '',
    ].join('\u0000');
  entries.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return entries.length ? entries : undefined;
}

/** The part of an object that is compared, without what the server itself writes. */
function comparable(object: KubeObject): Record<string, unknown> {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** A new object has these structs already, so that nobody owns them as such. */
function nothing(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    ['metadata', 'spec', 'status', 'template']
      .filter(key => schema.properties?.[key]?.$ref)
      .map(key => [
        key,
        key === 'spec'
          ? { template: { metadata: {}, spec: {} }, strategy: {} }
          : {},
      ]),
  );
}

/** Which top fields a writer of this subresource can own. */
function inReach(
  fields: FieldSet,
  writer: Writer,
  hasStatus: boolean,
): FieldSet {
  if (writer.subresource === 'status') {
    return fields.filterTop(element => element === 'f:status');
  }
  return hasStatus
    ? fields.filterTop(element => element !== 'f:status')
    : fields;
}

function withFields(
  owners: Owners,
  entry: Owner['entry'],
  fields: FieldSet,
  time: string,
) {
  const key = keyOf(entry);
  const before = owners.get(key);
  if (fields.isEmpty) {
    owners.delete(key);
  } else if (!before || !before.fields.equals(fields)) {
    owners.set(key, { entry, fields, time });
  }
}

/**
 * Records who owns what after a create, update or patch. Fields that changed go from their owners to the writer.
 * @returns the object with its new `managedFields`
 */
export function trackUpdate(
  schema: Schema,
  live: KubeObject | undefined,
  next: KubeObject,
  writer: Writer,
  hasStatus: boolean,
): KubeObject {
  // Objects of controllers inside this process are not tracked until somebody applies them.
  if (live && !live.metadata.managedFields) {
    return next;
  }
  const owners = ownersOf(live);
  const { added, modified, removed } = compare(
    schema,
    live ? comparable(live) : nothing(schema),
    comparable(next),
  );
  const changed = inReach(added.union(modified), writer, hasStatus);
  const entry: Owner['entry'] = {
    manager: writer.manager,
    operation: 'Update',
    apiVersion: writer.apiVersion,
    fieldsType: 'FieldsV1',
    ...(writer.subresource && { subresource: writer.subresource }),
  };
  const mine = keyOf(entry);
  for (const [key, owner] of owners) {
    if (key !== mine) {
      const left = owner.fields.difference(changed).difference(removed);
      owners.set(key, { ...owner, fields: left });
    }
  }
  const before = owners.get(mine)?.fields ?? new FieldSet();
  withFields(
    owners,
    entry,
    before.difference(removed).union(changed).difference(UNOWNED),
    writer.time,
  );
  return {
    ...next,
    metadata: { ...next.metadata, managedFields: entriesOf(owners) },
  };
}

function describe({
  manager,
  operation,
  apiVersion,
  subresource,
}: Owner['entry']) {
  const name =
    JSON.stringify(manager) +
    (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function conflictError(conflicts: Array<{ owner: Owner; fields: FieldSet }>) {
  const all = conflicts
    .map(({ owner, fields }) => ({
      who: describe(owner.entry),
      paths: fields.paths(),
    }))
    .sort((a, b) => (a.who < b.who ? -1 : 1));
  const count = all.reduce((sum, { paths }) => sum + paths.length, 0);
  const message =
    count === 1
      ? `Apply failed with 1 conflict: conflict with ${all[0].who}: ${all[0].paths[0]}`
      : `Apply failed with ${count} conflicts: ${all
          .map(
            ({ who, paths }) =>
              `conflicts with ${who}:\n${paths.map(path => `- ${path}`).join('\n')}`,
          )
          .join('\n')}`;
  return new ApiStatusError(409, 'Conflict', message, {
    causes: all.flatMap(({ who, paths }) =>
      paths.map(field => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${who}`,
        field,
      })),
    ),
  });
}

/** What `kubectl apply` without server-side apply had written, if it did. */
function lastApplied(schema: Schema, live: KubeObject): FieldSet {
  try {
    return fieldsOf(
      schema,
      JSON.parse(live.metadata.annotations?.[LAST_APPLIED] ?? '{}'),
    );
  } catch {
    return new FieldSet();
  }
}

/**
 * Server-side apply: lays `applied` over the live object, takes out what this manager applied before and nobody owns any
 * more, and settles who owns what. Throws 409 with one cause per field when another manager owns a different value.
 */
export function apply(
  schema: Schema,
  live: KubeObject | undefined,
  applied: KubeObject,
  writer: Writer,
  options: { force: boolean; hasStatus: boolean },
): KubeObject {
  const owners = ownersOf(live);
  if (live && owners.size === 0) {
    const entry: Owner['entry'] = {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: writer.apiVersion,
      fieldsType: 'FieldsV1',
    };
    withFields(
      owners,
      entry,
      fieldsOf(schema, comparable(live)).difference(UNOWNED),
      writer.time,
    );
  }
  const entry: Owner['entry'] = {
    manager: writer.manager,
    operation: 'Apply',
    apiVersion: writer.apiVersion,
    fieldsType: 'FieldsV1',
    ...(writer.subresource && { subresource: writer.subresource }),
  };
  const mine = keyOf(entry);
  const before = owners.get(mine)?.fields ?? new FieldSet();
  const claimed = inReach(
    fieldsOf(schema, comparable(applied)).difference(UNOWNED),
    writer,
    options.hasStatus,
  );
  const base = live ? comparable(live) : nothing(schema);
  const merged = merge(schema, live ? base : undefined, comparable(applied));
  let owned = claimed;
  for (const [key, owner] of owners) {
    if (key !== mine) {
      owned = owned.union(owner.fields);
    }
  }
  const next = without(
    schema,
    merged,
    before.difference(owned),
    owned,
  ) as KubeObject;

  const { added, modified, removed } = compare(schema, base, next);
  const changed = added.union(modified);
  const conflicts = [...owners]
    .filter(([key]) => key !== mine)
    .map(([key, owner]) => ({
      key,
      owner,
      fields: owner.fields.intersection(changed),
    }))
    .filter(({ fields }) => !fields.isEmpty);
  if (conflicts.length && !options.force) {
    const allowed =
      live && writer.manager === 'kubectl'
        ? lastApplied(schema, live)
        : new FieldSet();
    if (conflicts.some(({ fields }) => !fields.difference(allowed).isEmpty)) {
      throw conflictError(conflicts);
    }
  }
  for (const { key, owner, fields } of conflicts) {
    owners.set(key, { ...owner, fields: owner.fields.difference(fields) });
  }
  for (const [key, owner] of owners) {
    if (key !== mine) {
      owners.set(key, { ...owner, fields: owner.fields.difference(removed) });
    }
  }
  withFields(owners, entry, claimed, writer.time);
  return {
    ...next,
    metadata: { ...next.metadata, managedFields: entriesOf(owners) },
  };
}
