import { KubeObject } from '../../store/ObjectStore';
import { Schema } from '../../store/openapi';
import { PrinterColumn, ResourceInfo } from '../../store/ResourceRegistry';
import { at, JsonNode, node, nodes, texts } from '../schema/nodes';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const PART_VERBS = ['get', 'patch', 'update'];

/** The fields every object has, so that a definition need not repeat them. */
function withObjectFields(schema: Schema): Schema {
  return {
    ...schema,
    type: 'object',
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
      },
    },
  };
}

function columnsOf(version: JsonNode): PrinterColumn[] {
  return nodes(version.additionalPrinterColumns).map(column => ({
    name: String(column.name),
    type: String(column.type),
    jsonPath: String(column.jsonPath),
    format: column.format as string | undefined,
    priority: column.priority as number | undefined,
    description: column.description as string | undefined,
  }));
}

/** The resources that a CustomResourceDefinition defines, its storage version first. */
export function resourcesOf(definition: KubeObject): ResourceInfo[] {
  const spec = node(definition.spec);
  const names = node(spec.names);
  const kind = String(names.kind);
  const group = String(spec.group);
  const versions = nodes(spec.versions);
  const storage = String(versions.find(version => version.storage)?.name);
  return versions
    .filter(version => version.served)
    .sort((a, b) => Number(b.storage ?? false) - Number(a.storage ?? false))
    .map(version => {
      const name = String(version.name);
      const parts = node(version.subresources);
      const scale = parts.scale ? node(parts.scale) : undefined;
      return {
        group,
        version: name,
        plural: String(names.plural),
        kind,
        listKind: String(names.listKind ?? `${kind}List`),
        singular: String(names.singular ?? kind.toLowerCase()),
        namespaced: spec.scope === 'Namespaced',
        verbs: VERBS,
        shortNames: texts(names.shortNames),
        categories: texts(names.categories),
        subresources: {
          ...(parts.status !== undefined && {
            status: { group, version: name, kind, verbs: PART_VERBS },
          }),
          ...(scale && {
            scale: {
              group: 'autoscaling',
              version: 'v1',
              kind: 'Scale',
              verbs: PART_VERBS,
            },
          }),
        },
        schema: withObjectFields(
          (at(version, 'schema', 'openAPIV3Schema') ?? {}) as Schema,
        ),
        generations: true,
        custom: {
          columns: columnsOf(version),
          storageVersion: storage,
          selectableFields: nodes(version.selectableFields).map(field =>
            String(field.jsonPath).replace(/^\./, ''),
          ),
          ...(scale && {
            scalePaths: {
              specReplicasPath: String(scale.specReplicasPath),
              statusReplicasPath: String(scale.statusReplicasPath),
              labelSelectorPath: scale.labelSelectorPath as string | undefined,
            },
          }),
        },
      };
    });
}
