import { hashText } from '../../../seed/random';
import { Cluster } from '../../Cluster';
import { withCondition } from '../../conditions';
import { EventRecorder } from '../../EventRecorder';
import { Condition, Meta } from '../../kubeTypes';
import { controllerReference } from '../../podFactory';
import { SimResource, SimResources } from '../../resources';
import { objectKey, SimController, splitKey } from '../../SimController';
import { ownerKeys } from '../ownerKeys';
import { isRefusal, OperatorSpoke, Part } from './OperatorSpoke';

/** What a part was made from, so that defaults of the API and numbers of autoscalers do not look like a change. */
const SOURCE_HASH = 'promptside.io/simulated-source';

type Owner = { apiVersion: string; kind: string; metadata: Meta };

/**
 * Plays an operator: keeps what it makes of its objects, and their statuses. What bears the name of a part and belongs to
 * somebody else is left alone.
 */
export function createOperatorController<R extends SimResource>(
  cluster: Cluster,
  events: EventRecorder,
  spoke: OperatorSpoke<R>,
): SimController {
  const ensure = (owner: Owner, { resource, object }: Part) => {
    const { namespace } = owner.metadata;
    const { name } = object.metadata;
    const hash = String(hashText(JSON.stringify(object)));
    const annotations = { ...object.metadata.annotations, [SOURCE_HASH]: hash };
    const existing = cluster.get(resource, namespace, name);
    if (!existing) {
      cluster.create(resource, {
        ...object,
        metadata: {
          ...object.metadata,
          namespace,
          annotations,
          ownerReferences: [controllerReference(owner)],
          generation: 1,
        },
      } as unknown as SimResources[typeof resource]);
      return;
    }
    const { ownerReferences = [], annotations: old } = existing.metadata;
    const isOurs = ownerReferences.some(
      ({ uid }) => uid === owner.metadata.uid,
    );
    if (isOurs && old?.[SOURCE_HASH] !== hash) {
      cluster.modify(
        resource,
        existing,
        current =>
          ({
            ...current,
            metadata: {
              ...current.metadata,
              labels: object.metadata.labels,
              annotations: { ...current.metadata.annotations, ...annotations },
            },
            spec: { ...current.spec, ...object.spec },
          }) as SimResources[typeof resource],
      );
    }
  };

  const write = (
    object: SimResources[R],
    { conditions, ...status }: ReturnType<typeof spoke.status>,
  ) => {
    const now = cluster.timestamp();
    cluster.modify(
      spoke.resource,
      object,
      current => {
        const before = (current as { status?: { conditions?: Condition[] } })
          .status?.conditions;
        const types = new Set(conditions.map(({ type }) => type));
        return {
          ...current,
          status: {
            ...status,
            conditions: conditions.reduce<Condition[]>(
              (list, condition) => withCondition(list, condition, now),
              (before ?? []).filter(({ type }) => types.has(type)),
            ),
          },
        };
      },
      'status',
    );
  };

  return {
    name: spoke.component,
    initialKeys: () => cluster.list(spoke.resource).map(objectKey),
    keysOf(change) {
      const { namespace, labels } = change.object.metadata;
      const name =
        change.resource === 'pods' && spoke.podLabel
          ? labels?.[spoke.podLabel]
          : undefined;
      return name
        ? [`${namespace}/${name}`]
        : ownerKeys(change, spoke.resource, spoke.kind, spoke.dependents);
    },
    reconcile(key) {
      const object = cluster.get(spoke.resource, ...splitKey(key));
      if (!object || object.metadata.deletionTimestamp) return;
      const owner = object as Owner;
      const made = spoke.parts(object, cluster);
      if (isRefusal(made)) {
        events.record(owner, {
          type: 'Warning',
          reason: made.reason,
          message: made.message,
          component: spoke.component,
        });
        write(object, spoke.status(object, { cluster, refusal: made }));
        return;
      }
      for (const part of made) ensure(owner, part);
      write(object, spoke.status(object, { cluster }));
    },
  };
}
