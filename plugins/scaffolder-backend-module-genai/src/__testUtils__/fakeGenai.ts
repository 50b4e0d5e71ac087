import type {
  InferencePlan,
  PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS } from '@promptside/backstage-plugin-genai-node';
import { http, HttpResponse } from 'msw';
import type { setupServer } from 'msw/node';

const BASE_URL = 'http://portal.test/api/genai';

/** Where the fakes of the portal's plugins answer. */
export const discovery = {
  getBaseUrl: async (id: string) => `http://portal.test/api/${id}`,
  getExternalBaseUrl: async (id: string) => `http://portal.test/api/${id}`,
};

/** Hardware that fits a model of 7 to 9 billion parameters. */
export const CHOICE: PlanCandidate = {
  cluster: 'demo',
  vendor: 'nvidia',
  product: 'NVIDIA-H100-80GB-HBM3',
  resource: 'nvidia.com/gpu',
  sharing: 'Whole',
  gpuCount: 1,
  tensorParallelSize: 1,
  quantization: 'none',
  contextLength: 8192,
  verdict: 'Fits',
  reasons: [],
};

/** A plan that lets the task go on, and what the test says otherwise. */
export const planOf = (
  changes: Partial<InferencePlan> = {},
): InferencePlan => ({
  model: 'google/gemma-2-9b-it',
  engine: 'vllm',
  verdict: 'Fits',
  summary: 'It runs on 1 GPU.',
  reasons: [],
  choice: CHOICE,
  alternatives: [],
  quota: [],
  replicas: 1,
  clusters: [],
  ...changes,
});

/** Routes of genai-backend, to be answered by msw. */
export const ROUTES = {
  models: `${BASE_URL}/v1/models`,
  lookup: `${BASE_URL}/v1/models/lookup`,
  plans: `${BASE_URL}/v1/inference-plans`,
  ragPlans: `${BASE_URL}/v1/rag-plans`,
  modelServer: `${BASE_URL}/v1/model-servers/:cluster/:namespace/:name`,
  lineage: `${BASE_URL}/v1/lineage/:cluster/:namespace/:name`,
};

/** Makes genai-backend know the curated models and find room for each. */
export function answerWell(server: ReturnType<typeof setupServer>): void {
  server.use(
    http.get(ROUTES.models, () => HttpResponse.json({ items: CURATED_MODELS })),
    http.post(ROUTES.plans, () => HttpResponse.json(planOf())),
    http.get(ROUTES.modelServer, ({ params }) =>
      HttpResponse.json({
        item: {
          cluster: params.cluster,
          namespace: params.namespace,
          name: params.name,
          kind: 'Deployment',
          uid: 'u1',
          runtime: 'vllm',
          state: 'Ready',
          evidence: [],
          replicas: { desired: 1, ready: 1 },
          gpus: [],
        },
        allocations: [],
        events: [],
        clusters: [],
      }),
    ),
    http.get(ROUTES.lineage, ({ params }) =>
      HttpResponse.json({
        item: {
          cluster: params.cluster,
          namespace: params.namespace,
          name: params.name,
          state: 'Whole',
          service: { state: 'Ready', replicas: { desired: 2, ready: 2 } },
          nodes: [],
          edges: [],
        },
        clusters: [],
      }),
    ),
  );
}

/** An answer as Backstage's error middleware gives it. */
export const refusal = (status: number, name: string, message: string) =>
  HttpResponse.json(
    { error: { name, message }, response: { statusCode: status } },
    { status },
  );

/** What may come back from genai-backend instead of an answer, and how an action tells it. */
export const REFUSALS: [
  status: number,
  name: string,
  said: string,
  told: RegExp,
][] = [
  [400, 'InputError', 'model: is bad', /: model: is bad$/],
  [401, 'AuthenticationError', 'Illegal token', /sign in again.*Illegal token/],
  [
    403,
    'NotAllowedError',
    'The permission genai.inference.plan is missing',
    /: The permission genai\.inference\.plan is missing$/,
  ],
  [404, 'NotFoundError', 'no such model', /: no such model$/],
  [500, 'ServiceUnavailableError', 'broken', /: broken$/],
  [503, 'ServiceUnavailableError', 'not yet ready', /: not yet ready$/],
];
