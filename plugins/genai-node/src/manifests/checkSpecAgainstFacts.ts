import { InputError } from '@backstage/errors';
import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { readAcceleratorResource } from '../accelerators';
import { variantOfSpec } from '../models/variantOfSpec';
import { parseQuantity } from '../quantities';
import { engineLimits } from '../servingRuntimes/engineLimits';
import { engineQuestion } from '../servingRuntimes/engineQuestion';
import { imagesOf } from '../servingRuntimes/EngineRegistry';
import { engineOf } from '../servingRuntimes/engineOf';
import { engineImage } from '../servingRuntimes/images';
import { sharedWeightsLimits } from '../servingRuntimes/sharedWeightsLimits';
import { formatCount, formatGib } from '../sizing/format';
import { tensorParallelProblem } from '../sizing/tensorParallel';
import type { RenderOptions } from './buildInferenceObjects';
import { checkDelivery } from './delivery/checkDelivery';

const GIB = 2 ** 30;

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * What no schema of single fields can tell: a spec that would render to something the cluster refuses or the engine cannot
 * start with.
 *
 * @throws InputError with all of it, each led by its field
 */
export function checkSpecAgainstFacts(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): void {
  const problems = [
    ...checkName(spec),
    ...checkAccelerator(spec),
    ...checkEngine(spec, model, options),
    ...checkMonitoring(spec),
    ...checkAutoscaling(spec),
    ...checkExposure(spec),
    ...checkStorage(spec, model),
    ...checkDelivery(spec),
    ...(model ? checkModel(spec, model) : []),
  ];
  if (problems.length > 0) {
    throw new InputError(`inference.yaml: ${problems.join('; ')}`);
  }
}

function* checkName({ metadata }: InferenceSpec) {
  if (metadata.name === 'vllm') {
    yield 'metadata.name: must not be "vllm": the Service of that name would break every other vLLM in the namespace';
  }
}

function* checkAccelerator({ spec }: InferenceSpec) {
  if (!spec.accelerator) return;
  if (spec.cpu) {
    yield 'spec.cpu: is for services without spec.accelerator; remove one of them';
  }
  const { vendor, resource, count } = spec.accelerator;
  const known = readAcceleratorResource(resource);
  if (known?.vendor !== vendor) {
    yield `spec.accelerator.resource: "${resource}" is no GPU resource of ${vendor}`;
  } else if (known.sharing !== 'Whole' && count > 1) {
    yield `spec.accelerator.count: must be 1, for several "${resource}" do not work together`;
  }
}

/** Where a reason of an engine belongs in the file. */
const FIELDS: Readonly<Record<string, string>> = {
  engine: 'spec.engine.name',
  image: 'spec.engine.image',
  authSecret: 'spec.engine.authSecret',
  imagePullSecret: 'spec.engine.imagePullSecret',
  accessMode: 'spec.storage.accessMode',
  storageMode: 'spec.storage.mode',
  storageSize: 'spec.storage.size',
  model: 'spec.model.id',
  file: 'spec.model.file',
  servedName: 'spec.model.servedName',
  tokenSecret: 'spec.model.tokenSecret',
  revision: 'spec.model.revision',
  quantization: 'spec.model.quantization',
  vendor: 'spec.accelerator.vendor',
  resource: 'spec.accelerator.resource',
  product: 'spec.accelerator.product',
  gpuCount: 'spec.accelerator.count',
  kvCacheDtype: 'spec.kvCacheDtype',
};

function* checkEngine(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions,
) {
  const images = imagesOf(options);
  const question = engineQuestion(spec, model, images);
  const spoke = engineOf(spec);
  const refused = [
    ...engineLimits(spoke, question),
    ...spoke.specLimits(question),
    ...sharedWeightsLimits(spoke, question),
  ].filter(({ severity }) => severity === 'Blocking');
  for (const { field, message } of refused) {
    yield `${FIELDS[field ?? 'engine'] ?? 'spec.engine.name'}: ${message}`;
  }
  const { image, name } = spec.spec.engine;
  const pinned = engineImage(name, question, images);
  if (refused.length === 0 && !image && !pinned) {
    yield `spec.engine.image: there is no pinned ${spoke.title} image for ${question.deviceName}; name one, or choose another product`;
  }
  if (
    pinned &&
    !/(:(?!latest$)[A-Za-z0-9_][\w.-]*|@sha256:[0-9a-f]{64})$/.test(pinned)
  ) {
    yield `spec.engine.name: the configured image "${pinned}" of ${spoke.title} has no fixed tag or digest; images are pinned`;
  }
}

function* checkMonitoring({ spec }: InferenceSpec) {
  for (const [key, value] of Object.entries(spec.monitoring?.labels ?? {})) {
    if (!LABEL_KEY.test(key)) {
      yield `spec.monitoring.labels.${key}: is no label key`;
    }
    if (!LABEL_VALUE.test(value)) {
      yield `spec.monitoring.labels.${key}: "${value}" is no label value`;
    }
  }
}

function* checkAutoscaling(spec: InferenceSpec) {
  const { autoscaling, monitoring, replicas } = spec.spec;
  if (!autoscaling) return;
  const { title, deployedBy, metrics } = engineOf(spec);
  if (deployedBy !== 'Deployment' || !metrics.queueMetric) {
    yield `spec.autoscaling: is not written for ${title}, whose own controller or chart sets the replicas; leave it out`;
  }
  if (autoscaling.maxReplicas <= replicas) {
    yield `spec.autoscaling.maxReplicas: ${autoscaling.maxReplicas} is not more than the ${replicas} of spec.replicas`;
  }
  if (!monitoring) {
    yield 'spec.monitoring: is needed for spec.autoscaling, which asks Prometheus how many requests wait';
  }
}

function* checkExposure(spec: InferenceSpec) {
  const { title, deployedBy } = engineOf(spec);
  if (
    spec.spec.exposure &&
    (deployedBy === 'InferenceService' || deployedBy === 'NIMService')
  ) {
    yield `spec.exposure: is not written for ${title}, which has a Service and routes of its own; leave it out`;
  }
}

function* checkStorage({ spec }: InferenceSpec, model: Model | undefined) {
  const size = parseQuantity(spec.storage.size) ?? 0;
  const needed = model ? variantOfSpec(spec, model).weightsBytes : GIB;
  if (size < needed) {
    yield `spec.storage.size: ${spec.storage.size} is less than the ${formatGib(
      needed,
    )} that ${model ? 'the weights' : 'any model'} need`;
  }
}

function* checkModel(whole: InferenceSpec, model: Model) {
  const { spec } = whole;
  const spoke = engineOf(whole);
  if (spec.contextLength > model.contextLength) {
    yield `spec.contextLength: ${formatCount(
      spec.contextLength,
    )} is more than the ${formatCount(model.contextLength)} tokens that ${
      model.title
    } knows`;
  }
  const { count = 1 } = spec.accelerator ?? {};
  // llama.cpp gives layers to GPUs, not shares of them.
  const problem =
    (spoke.sizedAs ?? spoke.engine) === 'llama-cpp'
      ? undefined
      : tensorParallelProblem(model, count);
  if (problem) {
    yield `spec.accelerator.count: ${model.title} does not run on ${count} GPUs: ${problem}`;
  }
  const original = spec.model.id.toLowerCase() === model.id.toLowerCase();
  if (model.gated && original && !spec.model.tokenSecret) {
    yield `spec.model.tokenSecret: ${model.id} is gated; accept its licence, put a token into a Secret and name that here`;
  }
}
