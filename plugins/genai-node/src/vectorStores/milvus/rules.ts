import { commonRules } from '../commonRules';
import { namesOf } from '../namesOf';
import { fail, pass } from '../ruleWords';
import type { StoreObservation } from '../StoreObservation';
import type { RuleCheck } from '../VectorStoreSpoke';

/** Rules of Milvus, of the operator or of a Helm release. */
export function milvusRules(observation: StoreObservation): RuleCheck[] {
  return [
    ...checkParts(observation),
    ...checkMode(observation),
    ...checkRetention(observation),
    ...checkQueue(observation),
    ...commonRules(observation),
  ];
}

/** Which component it is: the operator's one word is the same for all. */
function checkParts({ parts }: StoreObservation): RuleCheck[] {
  const components = parts[0].store.milvus?.components ?? [];
  const wanted = components.filter(({ desired }) => desired > 0);
  if (wanted.length === 0) return [];
  const sick = wanted.filter(({ ready, desired }) => ready < desired);
  if (sick.length === 0) return [pass('Deployments')];
  const dead = sick.some(({ ready }) => ready === 0);
  return [
    fail('Deployments', 'Degraded', {
      reason: dead ? 'ComponentDown' : 'ReplicasMissing',
      message: sick
        .map(
          ({ name, ready, desired }) =>
            `${name} has ${ready} of ${desired} replicas`,
        )
        .join(', '),
    }),
  ];
}

function checkMode({ parts, replicas }: StoreObservation): RuleCheck[] {
  const [{ store, resource }] = parts;
  const standalone =
    resource === 'milvuses'
      ? store.milvus?.mode === 'standalone'
      : parts.length === 1;
  if (!standalone || replicas.desired === 0) return [];
  return [
    fail('Redundancy', 'Notice', {
      reason: 'SingleInstance',
      message: 'Standalone: every component is in one process on one node',
    }),
  ];
}

/** The operator's default deletes etcd and object storage with the resource. */
function checkRetention({ parts }: StoreObservation): RuleCheck[] {
  const deleted = parts[0].store.milvus?.deletedWith ?? [];
  return deleted.length === 0
    ? []
    : [
        fail('Retention', 'Notice', {
          reason: 'DataDeletedWithResource',
          message: `Deleting the Milvus resource deletes the data in ${namesOf(deleted)}: set deletionPolicy to Retain`,
        }),
      ];
}

function checkQueue({ parts }: StoreObservation): RuleCheck[] {
  const { milvus } = parts[0].store;
  if (milvus?.queueIsPersistent !== false) return [];
  return [
    fail('Queue', 'Notice', {
      reason: 'EphemeralQueue',
      message: `The message stream ${milvus.messageStream} keeps writes that are not flushed in the container's file system`,
    }),
  ];
}
