import { Container } from '../sim/kubeTypes';
import { MetricDialect } from './engineMetrics';
import { flagValue } from './modelFacts';

/** A server of OpenAI's API as one engine ships it. */
export interface OpenAiEngine {
  /** Name in logs and in the words of the server. */
  title: string;
  /** Image without registry, tag and digest. */
  image: RegExp;
  /** Port of the API unless a flag says otherwise. */
  port: number;
  portFlags: readonly string[];
  /** Where the API's routes begin. */
  basePath: string;
  /** Routes that answer 200 once it listens. */
  health: readonly RegExp[];
  metrics: { path: string; dialect: MetricDialect };
  /** Bytes of the image, rounded. */
  imageBytes: number;
}

const V1 = { basePath: '/v1', portFlags: ['--port'] };
const HEALTH = [/^\/health$/];
const prometheus = (dialect: MetricDialect) => ({ path: '/metrics', dialect });

/** Engines that the demo plays, by their images. The first that matches counts. */
export const OPENAI_ENGINES: readonly OpenAiEngine[] = [
  {
    ...V1,
    title: 'vLLM',
    image: /(^|\/)(llm-scaler-)?vllm(-openai)?(-[a-z0-9-]+)?$/,
    port: 8000,
    health: [/^\/(health|ping)$/],
    metrics: prometheus('vllm'),
    imageBytes: 9_800_000_000,
  },
  {
    ...V1,
    // The image of KServe's LLMInferenceService.
    title: 'vLLM of llm-d',
    image: /(^|\/)llm-d-cuda$/,
    port: 8000,
    health: HEALTH,
    metrics: prometheus('vllm'),
    imageBytes: 11_000_000_000,
  },
  {
    ...V1,
    title: "KServe's Hugging Face server",
    image: /(^|\/)huggingfaceserver$/,
    port: 8080,
    portFlags: ['--http_port'],
    basePath: '/openai/v1',
    health: [
      /^\/$/,
      /^\/v2\/health\/(live|ready)$/,
      /^\/v2\/models\/[^/]+\/ready$/,
    ],
    metrics: prometheus('vllm'),
    imageBytes: 10_400_000_000,
  },
  {
    ...V1,
    title: 'NIM',
    image: /(^|\/)nim\/[a-z0-9._-]+\/[a-z0-9._-]+$/,
    port: 8000,
    health: [/^\/v1\/health\/(live|ready)$/],
    metrics: { path: '/v1/metrics', dialect: 'vllm' },
    imageBytes: 12_500_000_000,
  },
  {
    ...V1,
    title: 'KAITO',
    image: /(^|\/)kaito-base$/,
    port: 5000,
    health: HEALTH,
    metrics: prometheus('vllm'),
    imageBytes: 9_200_000_000,
  },
  {
    ...V1,
    title: 'Text Generation Inference',
    image: /(^|\/)text-generation-inference$/,
    port: 80,
    health: [/^\/(health|ping)$/],
    metrics: prometheus('tgi'),
    imageBytes: 7_600_000_000,
  },
  {
    ...V1,
    title: 'SGLang',
    image: /(^|\/)sglang(-rocm)?$/,
    port: 30_000,
    health: [/^\/health(_generate)?$/],
    metrics: prometheus('sglang'),
    imageBytes: 11_800_000_000,
  },
  {
    ...V1,
    title: 'Triton',
    image: /(^|\/)tritonserver$/,
    port: 9000,
    portFlags: ['--openai-port'],
    health: [/^\/health\/ready$/],
    metrics: { path: '/metrics', dialect: 'vllm' },
    imageBytes: 13_000_000_000,
  },
  {
    ...V1,
    title: 'llama.cpp',
    image: /(^|\/)llama\.cpp$/,
    port: 8080,
    health: HEALTH,
    metrics: prometheus('llama-cpp'),
    imageBytes: 1_900_000_000,
  },
];

/** Image without tag and digest. */
export function repositoryOf({ image }: Container): string {
  return image.replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, '');
}

/** The engine in a container, from its image; `undefined` for any other. */
export function openAiEngineOf(container: Container): OpenAiEngine | undefined {
  const repository = repositoryOf(container);
  return OPENAI_ENGINES.find(({ image }) => image.test(repository));
}

/** Port that a container's engine listens on. */
export function enginePort(engine: OpenAiEngine, container: Container): number {
  const asked = engine.portFlags
    .map(flag => flagValue(container, flag))
    .find(value => value !== undefined);
  return Number(asked ?? engine.port);
}
