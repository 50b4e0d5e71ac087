import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { asRevision } from '../servingRuntimes/commandLine';
import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { RawContainer } from './raw';
import { readAsks } from './readAsks';

/** As much of NVIDIA's NIMService as is read (apps.nvidia.com/v1alpha1, operator 3.1). */
interface RawNimService {
  spec?: {
    image?: { repository?: string; tag?: string };
    replicas?: number;
    labels?: Record<string, string>;
    resources?: RawContainer['resources'];
  };
  status?: {
    state?: string;
    availableReplicas?: number;
    model?: { name?: string };
  };
}

/** The operator writes `Failed`; its API also names the longer word. */
const FAILED = new Set(['Failed', 'NIM_SERVICE_FAILED']);

/** NIMService of NVIDIA's NIM operator, which makes a Deployment and a Service of its name. */
export function projectNimService(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawNimService;
  const {
    annotations = {},
    creationTimestamp,
    generation,
    name,
  } = object.metadata;
  const asks = readAsks({ containers: [{ resources: spec?.resources }] });
  const conditions = readConditions(object);
  const failure = conditions.find(
    ({ type, status: holds }) => FAILED.has(type) && holds === 'True',
  );
  const modelId = annotations[ANNOTATIONS.model];
  const modelRevision = asRevision(annotations[ANNOTATIONS.modelRevision]);
  const [, path] =
    /(?:^|\/)nim\/([^:@]+)$/.exec(spec?.image?.repository ?? '') ?? [];
  const servedName =
    status?.model?.name ?? annotations[ANNOTATIONS.servedModel] ?? path;
  return {
    ...linkOf(object, 'nimservices', 'NIMService'),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(asks.length > 0 ? { asks } : {}),
    serving: {
      runtime: 'nim',
      ...(spec?.image?.tag ? { version: spec.image.tag } : {}),
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: 8000,
      basePath: '/v1',
      protocol: 'openai',
    },
    rollout: {
      ...(generation === undefined ? {} : { generation }),
      desired: spec?.replicas ?? 1,
      ready: status?.availableReplicas ?? 0,
      updated: 0,
      conditions,
    },
    // The operator's Service selects by this one label (GetStandardSelectorLabels).
    podLabels: { ...spec?.labels, app: name },
    namedPorts: { api: 8000 },
    custom: {
      ...(status?.state ? { phase: status.state } : {}),
      ...(failure?.reason ? { reason: failure.reason } : {}),
      ...(failure?.message ? { message: failure.message } : {}),
    },
  };
}
