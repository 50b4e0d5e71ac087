import { badRequest, invalid, notFound } from '../store/ApiStatusError';
import { isRecord } from '../store/json';
import { KubeObject } from '../store/ObjectStore';
import { mediaType, parseJson, readBody, readObject } from './body';
import { ResourceContext } from './context';
import { trackUpdate } from './fields/managedFields';
import { requestedObject } from './read';
import { sendValue } from './respond';
import { at, JsonNode, node } from './schema/nodes';
import { readPath, writePath } from './table/jsonPath';
import { selectorText } from './table/workloadColumns';
import { FieldErrors } from './validate/errors';
import { writerOf } from './write/commit';
import { patchValue } from './write/handlers';
import { WriteOptions, writeOptions } from './write/options';

function pathsOf(context: ResourceContext) {
  return (
    context.resource.custom?.scalePaths ?? {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: undefined,
    }
  );
}

function scaleOf(context: ResourceContext, object: KubeObject): JsonNode {
  const paths = pathsOf(context);
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const replicas = readPath(object, paths.specReplicasPath)[0];
  const selector = context.resource.custom
    ? paths.labelSelectorPath && readPath(object, paths.labelSelectorPath)[0]
    : selectorText(at(object, 'spec', 'selector'));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Zero is left out by the real server, too.
    spec: replicas ? { replicas } : {},
    status: {
      replicas: readPath(object, paths.statusReplicasPath)[0] ?? 0,
      ...(selector ? { selector } : {}),
    },
  };
}

function commitScale(
  context: ResourceContext,
  old: KubeObject,
  wanted: JsonNode,
  options: WriteOptions,
): KubeObject {
  const { resource, store } = context;
  const replicas = at(wanted, 'spec', 'replicas') ?? 0;
  if (!Number.isInteger(replicas)) {
    throw badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  }
  if ((replicas as number) < 0) {
    const errors = new FieldErrors();
    errors.invalid(
      'spec.replicas',
      replicas,
      'must be greater than or equal to 0',
    );
    throw invalid(
      resource.custom ? { group: 'autoscaling', kind: 'Scale' } : resource,
      old.metadata.name,
      errors.errors,
    );
  }
  const version = node(wanted.metadata).resourceVersion;
  const changed = writePath(
    old,
    pathsOf(context).specReplicasPath,
    replicas,
  ) as KubeObject;
  const next = trackUpdate(
    resource.schema,
    old,
    {
      ...changed,
      metadata: {
        ...old.metadata,
        ...(typeof version === 'string' && { resourceVersion: version }),
      },
    },
    writerOf(context, options),
    Boolean(resource.subresources.status),
  );
  return options.dryRun ? next : store.update(resource, next);
}

/** Answers the `scale` subresource. Throws 422 for a negative number of replicas. */
export async function scale(context: ResourceContext): Promise<void> {
  const { request, response, query, resource, requested, info } = context;
  const old = requestedObject(context);
  if (info.verb === 'get') {
    sendValue(request, response, 200, scaleOf(context, old));
    return;
  }
  if (!old) {
    throw notFound(resource, requested.name ?? '');
  }
  let wanted: JsonNode;
  if (info.verb === 'patch') {
    const text = (await readBody(request)).toString('utf8');
    const { value } = parseJson(text);
    wanted = patchValue(
      mediaType(request),
      { ...resource, schema: {} },
      scaleOf(context, old),
      value,
    );
  } else {
    wanted = (await readObject(request)).value;
  }
  if (!isRecord(wanted)) {
    throw badRequest('the object provided is unrecognized');
  }
  const options = writeOptions(
    query,
    info.verb === 'patch' ? 'PatchOptions' : 'UpdateOptions',
  );
  const next = commitScale(context, old, wanted, options);
  sendValue(request, response, 200, scaleOf(context, next));
}
