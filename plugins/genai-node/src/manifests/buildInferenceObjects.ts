import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { buildContainer } from '../servingRuntimes/buildContainer';
import type {
  EngineQuestion,
  EngineSpoke,
} from '../servingRuntimes/EngineSpoke';
import { engineQuestion } from '../servingRuntimes/engineQuestion';
import {
  imagesOf,
  type EngineRegistry,
} from '../servingRuntimes/EngineRegistry';
import { engineOf, withEngine } from '../servingRuntimes/engineOf';
import { engineImage, type EngineImages } from '../servingRuntimes/images';
import { startupSeconds } from '../servingRuntimes/loadProbes';
import { checkSpecAgainstFacts } from './checkSpecAgainstFacts';
import { checkedInferenceSpec } from './inferenceSpecText';
import type { KubernetesObjectLike } from './KubernetesObjectLike';
import {
  buildDisruptionBudget,
  buildPodMonitor,
  buildService,
  buildServiceAccount,
  buildServiceMonitor,
  type EndpointPort,
} from './objects/access';
import { asChartDeployment, asChartService } from './objects/chartOf';
import { buildDeployment, type ServingParts } from './objects/deployment';
import { buildEngineFiles, filesDigest } from './objects/engineFiles';
import { buildExposure } from './objects/exposure';
import { buildInferenceService } from './objects/inferenceService';
import { buildNetworkPolicy } from './objects/networkPolicy';
import { buildNimService } from './objects/nimService';
import { buildScaledObject } from './objects/scaledObject';
import { claimNameOf, modelCache } from './objects/storage';
import { buildDownload } from './objects/download';

/** What an adopter decides once for all services. @public */
export interface RenderOptions {
  /** Rows that replace those of our table of images. */
  images?: EngineImages;
  /** Engines that can be rendered. Default: ours. */
  engines?: EngineRegistry;
}

/**
 * Every object of an inference service, in the order in which they are best applied.
 *
 * @param spec - what the owners want
 * @param model - facts of the model; without them sizes follow from the storage, and the model is not checked
 * @throws InputError that names every field with which it could not run
 * @public
 */
export function buildInferenceObjects(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): KubernetesObjectLike[] {
  const checked = withEngine(checkedInferenceSpec(spec), options.engines);
  checkSpecAgainstFacts(checked, model, options);
  return makeInferenceObjects(checked, model, options);
}

/** The objects of a spec that is known to be right, or that differs from such a one only in what is to be found in them. */
export function makeInferenceObjects(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions,
): KubernetesObjectLike[] {
  return MAKERS[engineOf(spec).deployedBy](layOut(spec, model, options));
}

/** Everything that the objects share, whoever makes the pods. */
interface Layout {
  spec: InferenceSpec;
  spoke: EngineSpoke;
  question: EngineQuestion;
  parts: ServingParts;
  claim?: KubernetesObjectLike;
  /** The Job that fills a shared claim, with what it needs. */
  download?: readonly KubernetesObjectLike[];
  /** The engine's files, if it has any. */
  files?: KubernetesObjectLike;
  doors: readonly EndpointPort[];
}

function layOut(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions,
): Layout {
  const images = imagesOf(options);
  const spoke = engineOf(spec);
  const question = engineQuestion(spec, model, images);
  const { engine } = spec.spec;
  // The check refuses what has no image.
  const image = engine.image ?? engineImage(engine.name, question, images)!;
  const filesName = `${spec.metadata.name}-engine`;
  const built = buildContainer(spoke, question, image, filesName);
  const { container, volumes, files } = built;
  const cache = modelCache(spec);
  const weights = buildDownload(spoke, question, container, images);
  const { ports, metrics } = spoke;
  return {
    spec,
    spoke,
    question,
    parts: {
      container,
      volumes: [cache.volume, ...volumes],
      security: spoke.security(question),
      startupSeconds:
        startupSeconds(question.weightsBytes) + (weights?.waitSeconds ?? 0),
      ...(weights ? { reader: weights.reader } : {}),
      ...(files.length > 0 ? { podAnnotations: filesDigest(files) } : {}),
    },
    ...(cache.claim ? { claim: cache.claim } : {}),
    ...(weights ? { download: weights.objects } : {}),
    ...(files.length > 0
      ? { files: buildEngineFiles(spec, filesName, files) }
      : {}),
    doors: [
      { name: ports.httpName, port: ports.http },
      ...(metrics.port === ports.http
        ? []
        : [{ name: metrics.portName, port: metrics.port }]),
    ],
  };
}

const MAKERS: Readonly<
  Record<EngineSpoke['deployedBy'], (layout: Layout) => KubernetesObjectLike[]>
> = {
  Deployment: layout => [
    ...surroundings(layout),
    buildService(layout.spec, layout.doors),
    ...protection(layout),
    buildDeployment(layout.spec, layout.parts),
    ...serviceMonitor(layout),
    ...autoscaler(layout),
    ...exposed(layout),
  ],
  HelmChart: layout => [
    ...surroundings(layout),
    asChartService(buildService(layout.spec, layout.doors)),
    ...protection(layout),
    asChartDeployment(buildDeployment(layout.spec, layout.parts)),
    ...serviceMonitor(layout),
    ...exposed(layout),
  ],
  InferenceService: layout => [
    ...surroundings(layout),
    ...protection(layout),
    buildInferenceService(layout.spec, layout.parts),
    // KServe's Service has labels and port names of its own.
    ...(layout.spec.spec.monitoring
      ? [
          buildPodMonitor(
            layout.spec,
            layout.spoke.metrics.portName,
            layout.spoke.metrics.path,
          ),
        ]
      : []),
  ],
  NIMService: layout => [
    ...(layout.claim ? [layout.claim] : []),
    ...protection(layout),
    buildNimService(layout.spec, layout.parts, {
      cacheClaim: claimNameOf(layout.spec),
      port: layout.spoke.ports.http,
      sharedMemoryGib: layout.spoke.sharedMemoryGib(layout.question.gpuCount),
    }),
  ],
};

function surroundings({
  spec,
  claim,
  files,
  download = [],
}: Layout): KubernetesObjectLike[] {
  return [
    buildServiceAccount(spec),
    ...(claim ? [claim] : []),
    ...(files ? [files] : []),
    ...download,
  ];
}

function protection({ spec, doors }: Layout): KubernetesObjectLike[] {
  return [
    buildNetworkPolicy(
      spec,
      doors.map(({ port }) => port),
    ),
    buildDisruptionBudget(spec),
  ];
}

function serviceMonitor({ spec, spoke }: Layout): KubernetesObjectLike[] {
  const { portName, path } = spoke.metrics;
  return spec.spec.monitoring
    ? [buildServiceMonitor(spec, portName, path)]
    : [];
}

function autoscaler({ spec, spoke }: Layout): KubernetesObjectLike[] {
  const { autoscaling } = spec.spec;
  const { queueMetric } = spoke.metrics;
  return autoscaling && queueMetric
    ? [buildScaledObject(spec, autoscaling, queueMetric)]
    : [];
}

function exposed({ spec, spoke, doors }: Layout): KubernetesObjectLike[] {
  const { exposure } = spec.spec;
  return exposure
    ? [buildExposure(spec, exposure, doors[0], spoke.ports.basePath)]
    : [];
}
