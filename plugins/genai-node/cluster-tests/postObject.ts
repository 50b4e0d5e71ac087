import { request } from 'node:https';
import type { KubernetesObjectLike } from '../src';

/** What the API server says to an object. */
export interface PostAnswer {
  status: number;
  /** Message of a refusal; empty when the object is accepted. */
  message: string;
  /** Warnings beside an accepted object. */
  warnings: string[];
}

/** Plural of each kind that is written here; discovery would tell the same. */
const PLURALS: Readonly<Record<string, string>> = {
  Application: 'applications',
  Cluster: 'clusters',
  ConfigMap: 'configmaps',
  CronJob: 'cronjobs',
  Database: 'databases',
  Deployment: 'deployments',
  GitRepository: 'gitrepositories',
  HelmRelease: 'helmreleases',
  HelmRepository: 'helmrepositories',
  HTTPRoute: 'httproutes',
  Ingress: 'ingresses',
  InferenceService: 'inferenceservices',
  Job: 'jobs',
  LLMInferenceService: 'llminferenceservices',
  Kustomization: 'kustomizations',
  Milvus: 'milvuses',
  Model: 'models',
  Namespace: 'namespaces',
  NIMService: 'nimservices',
  NetworkPolicy: 'networkpolicies',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Pod: 'pods',
  PodMonitor: 'podmonitors',
  PodDisruptionBudget: 'poddisruptionbudgets',
  Pooler: 'poolers',
  ScaledObject: 'scaledobjects',
  ScheduledBackup: 'scheduledbackups',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  ServiceMonitor: 'servicemonitors',
  StatefulSet: 'statefulsets',
  Workspace: 'workspaces',
};

function environment(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must be set, see docs/contributing/test-lanes.md`);
  }
  return value;
}

function pathOf({ apiVersion, kind, metadata }: KubernetesObjectLike): string {
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const place = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  return `${root}/${apiVersion}${place}/${PLURALS[kind]}`;
}

/** Creates an object, or asks with a strict dry run whether it could be created. */
export function postObject(
  object: KubernetesObjectLike,
  options: { dryRun: boolean },
): Promise<PostAnswer> {
  const query = new URLSearchParams({
    fieldValidation: 'Strict',
    ...(options.dryRun ? { dryRun: 'All' } : {}),
  });
  return new Promise((resolve, reject) => {
    const call = request(
      `${environment('PROMPTSIDE_KUBE_URL')}${pathOf(object)}?${query}`,
      {
        method: 'POST',
        ca: Buffer.from(environment('PROMPTSIDE_KUBE_CA'), 'base64'),
        headers: {
          Authorization: `Bearer ${environment('PROMPTSIDE_KUBE_TOKEN')}`,
          'Content-Type': 'application/json',
        },
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          resolve({
            status,
            message: status < 300 ? '' : text,
            warnings: [response.headers.warning ?? []].flat(),
          });
        });
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(object));
  });
}
