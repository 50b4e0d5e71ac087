import type { Fact, ResourceKey } from '../facts/Fact';
import { projectBackup, projectScheduledBackup } from '../facts/projectBackup';
import { projectClaim } from '../facts/projectClaim';
import { projectCluster } from '../facts/projectCluster';
import { projectCrd } from '../facts/projectCrd';
import { projectEvent } from '../facts/projectEvent';
import { projectInferenceService } from '../facts/projectInferenceService';
import { projectKaitoWorkspace } from '../facts/projectKaitoWorkspace';
import { projectKubeAiModel } from '../facts/projectKubeAiModel';
import { projectLlmInferenceService } from '../facts/projectLlmInferenceService';
import { projectMilvus } from '../facts/projectMilvus';
import { projectNamespace } from '../facts/projectNamespace';
import { projectNimService } from '../facts/projectNimService';
import { projectNode } from '../facts/projectNode';
import { projectPod } from '../facts/projectPod';
import {
  projectClusterQueue,
  projectLocalQueue,
  projectCohort,
  projectResourceFlavor,
} from '../facts/projectQueues';
import { projectQuota } from '../facts/projectQuota';
import { projectService } from '../facts/projectService';
import { projectStorageClass } from '../facts/projectStorageClass';
import {
  projectDeployment,
  projectJob,
  projectReplicaSet,
  projectStatefulSet,
} from '../facts/projectWorkload';
import type { AddedKnowledge } from './AddedKnowledge';
import type { WatchedResource } from './WatchedResource';

/** One word for lists, one for the objects of a watch; servers that know neither send everything. */
const METADATA_ONLY = [
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'application/json',
].join(', ');

/**
 * What live state reads of a cluster, in the order in which it is asked for. Pods come first: their list is the longest by far
 * and goes on while the others follow each other, so that it is the last to be whole.
 * The ClusterRole of the installation grants `list` and `watch` on exactly these.
 *
 * @param added - what an adopter knows beyond this package; it changes what is recognised, not what is read
 * @public
 */
export function watchedResources(
  added: AddedKnowledge = {},
): readonly WatchedResource[] {
  return [
    core('pods', 'Needed', raw => projectPod(raw, added)),
    core('namespaces', 'Needed', projectNamespace),
    core('nodes', 'Needed', projectNode),
    inGroup('deployments', 'apps/v1', 'Needed', raw =>
      projectDeployment(raw, added),
    ),
    inGroup('statefulsets', 'apps/v1', 'Needed', raw =>
      projectStatefulSet(raw, added),
    ),
    inGroup('replicasets', 'apps/v1', 'Needed', raw =>
      projectReplicaSet(raw, added),
    ),
    inGroup('jobs', 'batch/v1', 'Optional', projectJob),
    core('services', 'Optional', projectService),
    core('persistentvolumeclaims', 'Optional', projectClaim),
    core('resourcequotas', 'Optional', projectQuota),
    inGroup(
      'storageclasses',
      'storage.k8s.io/v1',
      'Optional',
      projectStorageClass,
    ),
    core('events', 'Optional', projectEvent),
    {
      ...inGroup(
        'customresourcedefinitions',
        'apiextensions.k8s.io/v1',
        'Optional',
        projectCrd,
      ),
      // Their schemas are megabytes; only names are read.
      accept: METADATA_ONLY,
    },
    custom(
      'inferenceservices',
      'serving.kserve.io/v1beta1',
      'inferenceservices',
      projectInferenceService,
    ),
    llmInferenceServices(),
    custom(
      'nimservices',
      'apps.nvidia.com/v1alpha1',
      'nimservices',
      projectNimService,
    ),
    custom(
      'kaitoworkspaces',
      'kaito.sh/v1beta1',
      'workspaces',
      projectKaitoWorkspace,
    ),
    custom('kubeaimodels', 'kubeai.org/v1', 'models', projectKubeAiModel),
    custom('cnpgclusters', 'postgresql.cnpg.io/v1', 'clusters', projectCluster),
    custom('cnpgbackups', 'postgresql.cnpg.io/v1', 'backups', projectBackup),
    custom(
      'cnpgscheduledbackups',
      'postgresql.cnpg.io/v1',
      'scheduledbackups',
      projectScheduledBackup,
    ),
    custom('milvuses', 'milvus.io/v1beta1', 'milvuses', projectMilvus),
    kueue('localqueues', projectLocalQueue),
    kueue('clusterqueues', projectClusterQueue),
    kueue('cohorts', projectCohort),
    kueue('resourceflavors', projectResourceFlavor),
  ];
}

/**
 * The same with the knowledge of this package alone.
 *
 * @public
 */
export const WATCHED_RESOURCES: readonly WatchedResource[] = watchedResources();

type Project = (raw: unknown) => Fact | undefined;

function core(
  key: ResourceKey,
  need: WatchedResource['need'],
  project: Project,
): WatchedResource {
  return {
    key,
    path: `/api/v1/${key}`,
    apiGroup: '',
    plural: key,
    need,
    project: guarded(project),
  };
}

function inGroup(
  key: ResourceKey,
  groupVersion: string,
  need: WatchedResource['need'],
  project: Project,
  plural: string = key,
): WatchedResource {
  const [apiGroup] = groupVersion.split('/');
  return {
    key,
    path: `/apis/${groupVersion}/${plural}`,
    apiGroup,
    plural,
    need,
    project: guarded(project),
  };
}

function custom(
  key: ResourceKey,
  groupVersion: string,
  plural: string,
  project: Project,
): WatchedResource {
  const resource = inGroup(key, groupVersion, 'Optional', project, plural);
  return { ...resource, crd: `${plural}.${resource.apiGroup}` };
}

/** KServe serves v1alpha2 since 0.17, and v1alpha1 before it and beside it; what is read is the same in both. There is no newer one. */
function llmInferenceServices(): WatchedResource {
  const key = 'llminferenceservices';
  const group = 'serving.kserve.io';
  return {
    ...custom(key, `${group}/v1alpha2`, key, projectLlmInferenceService),
    otherPaths: [`/apis/${group}/v1alpha1/${key}`],
  };
}

/** Kueue serves v1beta1 beside v1beta2 since 0.14, and before it alone; what is read is the same in both. */
function kueue(key: ResourceKey, project: Project): WatchedResource {
  const group = 'kueue.x-k8s.io';
  return {
    ...custom(key, `${group}/v1beta2`, key, project),
    otherPaths: [`/apis/${group}/v1beta1/${key}`],
  };
}

/**
 * One object in an impossible shape (`containers: 7`) must not end the list it came in; it leaves no fact, as an object
 * without identity does.
 */
function guarded(project: Project): Project {
  return raw => {
    try {
      return project(raw);
    } catch {
      return undefined;
    }
  };
}
