import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { AddedEngine } from './AddedEngine';
import type { AddedServingRuntime } from './AddedServingRuntime';
import {
  noFp8Cache,
  notice,
  PLATFORM_NAMES,
  quantizationLimits,
  refusal,
} from './commonLimits';
import type {
  EngineCache,
  EngineMetrics,
  EngineQuestion,
  EngineSpoke,
  LimitsQuestion,
} from './EngineSpoke';
import { hubToken, variables } from './hubVariables';
import { loadProbes } from './loadProbes';
import { cacheVariables, modelSource } from './modelSource';
import { multiGpuSharedMemory } from './multiGpuSharedMemory';

const PORT_NAME = 'http';

/**
 * An added runtime with the answers that a spoke of ours gives, so that nothing beyond this file tells the two apart.
 *
 * @param like - the engine of ours whose memory rules it is planned with
 */
export function addedSpoke(
  runtime: AddedServingRuntime,
  engine: AddedEngine,
  like: EngineSpoke,
): EngineSpoke {
  const { title } = runtime;
  const cache = cacheOf(engine);
  const { name, port, probes, notice: ofProject } = engine;
  const appName = name.split('/')[1];
  return {
    engine: name,
    title,
    runtime: runtime.runtime ?? 'unknown',
    appName,
    deployedBy: 'Deployment',
    sizedAs: engine.sizedAs,
    tasks: engine.tasks,
    servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
    ports: {
      http: port,
      httpName: PORT_NAME,
      basePath: engine.basePath ?? '/v1',
    },
    metrics: metricsOf(runtime, engine),
    container: question => ({
      name: appName,
      ...commandOf(engine, question, cache),
    }),
    probes: ({ weightsBytes }) => loadProbes(weightsBytes, PORT_NAME, probes),
    sharedMemoryGib: gpuCount =>
      engine.sharedMemoryGib?.(gpuCount) ?? multiGpuSharedMemory(gpuCount),
    cache,
    ...(engine.readsSharedWeights
      ? {}
      : {
          bringsWeights: 'it was added as one that downloads them by itself',
        }),
    security: () =>
      engine.security ?? {
        level: 'restricted',
        userId: 10_001,
        readOnlyRootFilesystem: true,
      },
    limits: question => limitsOf(title, engine, like.title, question),
    specLimits: () => [],
    ...(ofProject ? { notice: ofProject } : {}),
  };
}

function cacheOf({ cache = {} }: AddedEngine): EngineCache {
  const { modelPath = '/models', homePath = '/home/engine' } = cache;
  return {
    modelPath,
    homePath,
    homeSize: '20Gi',
    variables: {
      HOME: homePath,
      HF_HOME: `${modelPath}/huggingface`,
      XDG_CACHE_HOME: `${homePath}/.cache`,
      ...cache.variables,
    },
  };
}

function metricsOf(
  { metrics }: AddedServingRuntime,
  { port: http, queueMetric }: AddedEngine,
): EngineMetrics {
  const port = metrics?.port ?? http;
  return {
    portName: port === http ? PORT_NAME : 'metrics',
    port,
    path: metrics?.path ?? '/metrics',
    names: metrics?.names ?? {},
    ...(queueMetric ? { queueMetric } : {}),
  };
}

function commandOf(
  engine: AddedEngine,
  question: EngineQuestion,
  cache: EngineCache,
) {
  const source = modelSource(question.spec, cache);
  const { command, args, ...own } = engine.run({ ...question, source });
  return {
    ...(command ? { command } : {}),
    args,
    env: [
      ...variables({
        ...cacheVariables(question.spec, cache),
        ...own.variables,
      }),
      ...hubToken(question.spec),
    ],
  };
}

function limitsOf(
  title: string,
  engine: AddedEngine,
  like: string,
  question: LimitsQuestion,
): PlanReason[] {
  const { platform, ownImage } = question;
  return [
    ...(ownImage
      ? []
      : [
          refusal(
            'VendorNotSupported',
            'vendor',
            `${title} does not run on ${PLATFORM_NAMES[platform]}: it was added without an image for them. Choose another engine or vendor.`,
          ),
        ]),
    ...quantizationLimits(title, question, new Set(engine.quantizations)),
    ...(engine.fp8Cache ? [] : noFp8Cache(title, question)),
    ...(engine.limits?.(question) ?? []),
    notice(
      'SizedAsAnother',
      `The memory of ${title} is calculated as that of ${like}, which it was added as most alike.`,
    ),
  ];
}
