import { Cluster } from '../../Cluster';
import { findCondition } from '../../conditions';
import { Condition, Container, PodSpec } from '../../kubeTypes';
import { InferenceService } from '../../operatorTypes';
import { isPodReady } from '../../podReadiness';
import { Deployment } from '../../workloadTypes';
import { OperatorSpoke, OperatorView, Part } from './OperatorSpoke';

const RELEASE = 'v0.20.0';
const CONTAINER = 'kserve-container';
const NAME_LABEL = 'serving.kserve.io/inferenceservice';

/** Containers of the runtimes that the demo's KServe knows, by model format. */
const RUNTIMES: Readonly<Record<string, { name: string; image: string }>> = {
  huggingface: {
    name: 'kserve-huggingfaceserver',
    image: `kserve/huggingfaceserver:${RELEASE}-gpu`,
  },
};

const predictorName = ({ metadata }: InferenceService) =>
  `${metadata.name}-predictor`;

/** Address inside the cluster. */
const addressOf = (service: InferenceService) =>
  `http://${predictorName(service)}.${service.metadata.namespace}.svc.cluster.local`;

const podSpecOf = (service: InferenceService): PodSpec => {
  const {
    labels: _labels,
    annotations: _annotations,
    minReplicas: _minReplicas,
    maxReplicas: _maxReplicas,
    deploymentStrategy: _strategy,
    model,
    ...pod
  } = service.spec.predictor;
  const {
    modelFormat,
    runtime: _runtime,
    storageUri,
    ...own
  } = model ?? { modelFormat: { name: '' } };
  const container: Container = {
    image: RUNTIMES[modelFormat.name]?.image ?? '',
    args: [`--model_name=${service.metadata.name}`],
    ports: [{ name: 'http1', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 10 },
    ...own,
    name: CONTAINER,
  };
  if (!storageUri) return { ...pod, containers: [container] };
  const mount = { name: 'kserve-provision-location', mountPath: '/mnt/models' };
  return {
    ...pod,
    initContainers: [
      {
        name: 'storage-initializer',
        image: `kserve/storage-initializer:${RELEASE}`,
        args: [storageUri, mount.mountPath],
        volumeMounts: [mount],
        securityContext: container.securityContext,
      },
    ],
    containers: [
      {
        ...container,
        args: [...(container.args ?? []), `--model_dir=${mount.mountPath}`],
        volumeMounts: [
          ...(container.volumeMounts ?? []),
          { ...mount, readOnly: true },
        ],
      },
    ],
    volumes: [...(pod.volumes ?? []), { name: mount.name, emptyDir: {} }],
  };
};

const partsOf = (service: InferenceService): Part[] => {
  const { name } = service.metadata;
  const { predictor } = service.spec;
  const selector = { app: `isvc.${predictorName(service)}` };
  const labels = {
    ...predictor.labels,
    ...selector,
    component: 'predictor',
    [NAME_LABEL]: name,
  };
  const template = podSpecOf(service);
  const [port] = template.containers[0].ports ?? [];
  return [
    {
      resource: 'deployments',
      object: {
        metadata: { name: predictorName(service), labels },
        spec: {
          replicas: predictor.minReplicas ?? 1,
          selector: { matchLabels: selector },
          strategy: predictor.deploymentStrategy,
          template: {
            metadata: { labels, annotations: predictor.annotations },
            spec: template,
          },
        },
      },
    },
    {
      resource: 'services',
      object: {
        metadata: { name: predictorName(service), labels },
        spec: {
          type: 'ClusterIP',
          selector,
          ports: [
            {
              name: port?.name ?? predictorName(service),
              port: 80,
              targetPort: port?.containerPort ?? 8080,
              protocol: 'TCP',
            },
          ],
        },
      },
    },
  ];
};

/** What KServe says of its component, from the Deployment's conditions (PropagateRawStatus of 0.20). */
const predictorReady = (deployment: Deployment | undefined): Condition => {
  const type = 'PredictorReady';
  const of = (name: string) =>
    findCondition(deployment?.status?.conditions, name);
  const available = of('Available');
  const progressing = of('Progressing');
  const failure = of('ReplicaFailure');
  const told = (status: Condition['status'], from: Condition): Condition => ({
    type,
    status,
    reason: from.reason,
    message: from.message,
  });
  if (failure?.status === 'True') return told('False', failure);
  if (available?.status === 'False') return told('False', available);
  if (progressing?.status === 'False') return told('False', progressing);
  if (available?.status === 'True') return told('True', available);
  return progressing
    ? told('Unknown', progressing)
    : { type, status: 'Unknown' };
};

const podsOf = (cluster: Cluster, deployment: Deployment | undefined) =>
  cluster
    .controlledBy('replicasets', deployment?.metadata.uid)
    .flatMap(set => cluster.controlledBy('pods', set.metadata.uid))
    .filter(({ metadata }) => !metadata.deletionTimestamp);

/** How far the model is (PropagateModelStatus of 0.20): the first pod speaks for all. */
const modelStatus = (
  cluster: Cluster,
  deployment: Deployment | undefined,
  isReady: boolean,
) => {
  const pods = podsOf(cluster, deployment);
  const copies = (failedCopies: number) => ({
    failedCopies,
    totalCopies: pods.filter(isPodReady).length,
  });
  const at = (transitionStatus: string, state: string, failed = 0) => ({
    transitionStatus,
    states: {
      activeModelState: isReady ? 'Loaded' : '',
      targetModelState: state,
    },
    copies: copies(failed),
  });
  if (isReady) return at('UpToDate', 'Loaded');
  const status = pods[0]?.status?.containerStatuses?.find(
    ({ name }) => name === CONTAINER,
  );
  const ended =
    status?.state.terminated ??
    (status?.state.waiting?.reason === 'CrashLoopBackOff'
      ? status.lastState.terminated
      : undefined);
  if (!ended || ended.exitCode === 0) return at('InProgress', 'Pending');
  return {
    ...at('BlockedByFailedLoad', 'FailedToLoad', 1),
    lastFailureInfo: {
      reason: 'ModelLoadFailed',
      message: ended.message,
      exitCode: ended.exitCode,
      location: pods[0].metadata.name,
    },
  };
};

const statusOf = (
  service: InferenceService,
  { cluster, refusal }: OperatorView,
) => {
  const url = addressOf(service);
  if (refusal) {
    return {
      modelStatus: {
        transitionStatus: 'InvalidSpec',
        states: { activeModelState: '', targetModelState: 'FailedToLoad' },
        copies: { failedCopies: 0, totalCopies: 0 },
        lastFailureInfo: refusal,
      },
      conditions: (['PredictorReady', 'Ready'] as const).map(
        (type): Condition => ({ type, status: 'False', ...refusal }),
      ),
    };
  }
  const deployment = cluster.get(
    'deployments',
    service.metadata.namespace,
    predictorName(service),
  );
  const predictor = predictorReady(deployment);
  const isReady = predictor.status === 'True';
  const ready: Condition = isReady
    ? { type: 'Ready', status: 'True' }
    : { ...predictor, type: 'Ready' };
  return {
    // KServe copies the Deployment's, which counts on its own.
    ...(deployment?.status?.observedGeneration === undefined
      ? {}
      : { observedGeneration: deployment.status.observedGeneration }),
    ...(isReady ? { url, address: { url } } : {}),
    components: { predictor: isReady ? { url } : {} },
    modelStatus: modelStatus(cluster, deployment, isReady),
    conditions: [
      predictor,
      {
        type: 'IngressReady',
        status: isReady ? 'True' : 'False',
        ...(isReady ? {} : { reason: 'Predictor ingress not created' }),
      } as Condition,
      ready,
    ],
  };
};

/** KServe for InferenceServices in Standard mode, with its Hugging Face runtime alone. */
export const inferenceServiceSpoke: OperatorSpoke<'inferenceservices'> = {
  component: 'v1beta1Controllers',
  resource: 'inferenceservices',
  kind: 'InferenceService',
  dependents: ['deployments', 'services'],
  podLabel: NAME_LABEL,
  parts(service) {
    const { model } = service.spec.predictor;
    const format = model?.modelFormat.name ?? '';
    const runtime = RUNTIMES[format];
    if (!runtime) {
      return {
        reason: 'NoSupportingRuntime',
        message: `No runtime found to support predictor with model type: {${format} <nil>}`,
      };
    }
    if (model?.runtime && model.runtime !== runtime.name) {
      return {
        reason: 'RuntimeNotRecognized',
        message: `Specified runtime ${model.runtime} does not exist`,
      };
    }
    return partsOf(service);
  },
  status: statusOf,
};
