import type {
  InferencePlan,
  PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { registerMswTestHooks } from '@backstage/test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import plugin from '../plugin';
import { templateRouteRef } from '../routes';
import { demoCluster, gemma, ready } from '../__fixtures__/modelAnswers';

const BASE_URL = 'http://localhost:7007';
const API = `${BASE_URL}/api/genai/v1`;
const PAGE = '/models/google/gemma-2-9b-it';
const GIB = 2 ** 30;
const server = setupServer();

jest.setTimeout(30_000);

const h100: PlanCandidate = {
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
  memory: {
    weightsBytes: 17 * GIB,
    weightsBytesPerGpu: 17 * GIB,
    kvBytesPerToken: 344_064,
    kvBytesAtContext: 2 * GIB,
    overheadBytesPerGpu: 3 * GIB,
    deviceBytes: 80 * GIB,
    budgetBytesPerGpu: 72 * GIB,
    kvPoolTokens: 212_992,
    maxConcurrencyRatio: 26,
    longestContext: 8192,
  },
  freeCount: 3,
};

const plan: InferencePlan = {
  model: gemma.id,
  engine: 'vllm',
  verdict: 'Fits',
  summary: 'Gemma 2 9B runs on 1 GPU H100 for a replica.',
  reasons: [],
  choice: h100,
  alternatives: [
    {
      ...h100,
      vendor: 'amd',
      product: 'AMD_Instinct_MI300X_OAM',
      resource: 'amd.com/gpu',
      quantization: 'fp8',
      memory: undefined,
    },
  ],
  quota: [],
  replicas: 1,
  clusters: [demoCluster],
};

const asked: Record<string, unknown>[] = [];

function servePlan(answer: InferencePlan = plan) {
  server.use(
    http.post(`${API}/inference-plans`, async ({ request }) => {
      asked.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json(answer);
    }),
  );
}

function refusal(status: number, name: string) {
  return HttpResponse.json(
    {
      error: { name, message: 'not today' },
      response: { statusCode: status },
    },
    { status },
  );
}

function serve(
  servers: object[] = [ready],
  clusters: object[] = [demoCluster],
) {
  asked.length = 0;
  server.use(
    http.get(`${API}/models`, () => HttpResponse.json({ items: [gemma] })),
    http.get(`${API}/model-servers`, () =>
      HttpResponse.json({
        items: servers,
        totalCount: servers.length,
        clusters,
      }),
    ),
  );
  servePlan();
}

const open = (url: string) =>
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [url],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/create/templates/:namespace/:templateName': templateRouteRef,
    },
    apis: [mockApis.discovery({ baseUrl: BASE_URL })],
  });

describe('page of a model', () => {
  registerMswTestHooks(server);

  it('shows facts, verdict, memory of the GPU and where it runs', async () => {
    serve();
    const { container } = open(PAGE);
    expect(
      await screen.findByRole('heading', { name: 'Gemma 2 9B' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Gated: the hub wants/)).toBeInTheDocument();
    expect(await screen.findByText(plan.summary)).toBeInTheDocument();
    expect(
      screen.getByRole('img', {
        name: 'Memory of one GPU: Weights 17 GiB, Engine 3 GiB, KV cache, one sequence 2 GiB, KV cache, left 50 GiB, Free 8 GiB',
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'ranker' }),
    ).toBeInTheDocument();
    const { violations } = await axe.run(container, {
      runOnly: ['wcag2a', 'wcag2aa'],
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => [id, nodes[0].html]),
    ).toEqual([]);
  });

  it('calculates with what is in the URL and what is typed, and deploys with it', async () => {
    serve();
    open(`${PAGE}?replicas=2&kv=fp8&cluster=demo`);
    await screen.findByText(plan.summary);
    expect(asked).toEqual([
      {
        model: gemma.id,
        contextLength: 8192,
        replicas: 2,
        kvCacheDtype: 'fp8',
        cluster: 'demo',
      },
    ]);
    fireEvent.change(screen.getByLabelText('Context in tokens'), {
      target: { value: '4096' },
    });
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({ contextLength: 4096, replicas: 2 }),
    );
    const deploy = screen.getByRole('button', { name: 'Deploy Gemma 2 9B' });
    const url = new URL(deploy.getAttribute('href')!, BASE_URL);
    expect(JSON.parse(url.searchParams.get('formData')!)).toEqual({
      model: gemma.id,
      contextLength: 4096,
      replicas: 2,
      target: { cluster: 'demo' },
    });
  });

  it('sends nothing for a value out of range, says why and keeps the last plan', async () => {
    serve();
    open(PAGE);
    await screen.findByText(plan.summary);
    const field = screen.getByLabelText('Replicas');
    fireEvent.change(field, { target: { value: '65' } });
    expect(await screen.findByText(/Too big/)).toBeInTheDocument();
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText(plan.summary)).toBeInTheDocument();
    fireEvent.change(field, { target: { value: '6' } });
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ replicas: 6 }));
    expect(asked).toHaveLength(2);
  });

  it('keeps the last good plan beside the error of the next', async () => {
    serve();
    open(PAGE);
    await screen.findByText(plan.summary);
    server.use(
      http.post(`${API}/inference-plans`, () =>
        refusal(503, 'ServiceUnavailableError'),
      ),
    );
    fireEvent.change(screen.getByLabelText('Replicas'), {
      target: { value: '3' },
    });
    expect(await screen.findByText(/not today/)).toBeInTheDocument();
    expect(screen.getByText(plan.summary)).toBeInTheDocument();
  });

  it('tells why it does not fit and calculates with another way at a click', async () => {
    serve();
    servePlan({
      ...plan,
      verdict: 'DoesNotFit',
      summary: 'No GPU of this kind is free.',
      reasons: [
        {
          code: 'NoFreeGpus',
          severity: 'Blocking',
          message: '0 of 8 GPUs are free.',
        },
      ],
    });
    open(PAGE);
    expect(await screen.findByText('Does not fit')).toBeInTheDocument();
    expect(screen.getByText('0 of 8 GPUs are free.')).toBeInTheDocument();
    fireEvent.click(
      screen.getByRole('button', {
        name: 'Use 1 × AMD Instinct MI300X OAM, 8,192 tokens, FP8',
      }),
    );
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({
        vendor: 'amd',
        product: 'AMD_Instinct_MI300X_OAM',
        quantization: 'fp8',
        gpuCount: 1,
      }),
    );
  });

  it('says that it runs nowhere only when all clusters could be read', async () => {
    serve([]);
    open(PAGE);
    expect(await screen.findByText('Nowhere')).toBeInTheDocument();
  });

  it('does not say so when the workloads are forbidden', async () => {
    serve(
      [],
      [
        {
          ...demoCluster,
          state: 'Degraded',
          resources: [{ resource: 'pods', state: 'Forbidden' }],
        },
      ],
    );
    open(PAGE);
    expect(
      await screen.findByText('The portal may not read the clusters'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Nowhere')).not.toBeInTheDocument();
  });

  it('marks the state of a stale cluster', async () => {
    serve([ready], [{ ...demoCluster, state: 'Stale' }]);
    open(PAGE);
    expect(await screen.findByText(/last known state/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ranker' })).toBeInTheDocument();
  });

  it('shows the facts without the right to plan, and names it', async () => {
    serve();
    server.use(
      http.post(`${API}/inference-plans`, () =>
        refusal(403, 'NotAllowedError'),
      ),
    );
    open(PAGE);
    expect(await screen.findByText('genai.inference.plan')).toBeInTheDocument();
    expect(screen.getByText('9.2B')).toBeInTheDocument();
  });

  it('says which model the catalog lacks and leads back', async () => {
    serve();
    open('/models/nobody/nothing');
    expect(
      await screen.findByText('The catalog has no model nobody/nothing'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'All models' })).toHaveAttribute(
      'href',
      '/models?view=catalog',
    );
  });

  it('tells when the backend plugin is missing', async () => {
    server.use(
      http.get(`${API}/models`, () => new HttpResponse(null, { status: 404 })),
    );
    open(PAGE);
    expect(
      await screen.findByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });
});
