import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { RagPlan } from '@promptside/backstage-plugin-genai-common';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { fieldProps } from '../__testUtils__/fieldProps';
import { GenaiRagPlanPreview } from './GenaiRagPlanPreview';
import { ragPlanRequestFrom } from './ragPlanRequest';

const server = setupServer();
registerMswTestHooks(server);
const PLANS = '*/api/genai/v1/rag-plans';
jest.setTimeout(30_000);
// The panel waits for a pause in typing first.
const PATIENCE = { timeout: 20_000 };

const FORM = {
  name: 'handbook',
  target: { cluster: 'demo', namespace: 'team-search' },
  store: { kind: 'pgvector', create: true },
  embedding: {
    model: 'big',
    dimension: 3072,
    maxTokens: 512,
    url: 'https://embed.example.com',
    secret: 'embeddings/key',
  },
  llm: { create: true, model: 'Qwen/Qwen3-8B', contextTokens: 8192 },
  history: { mode: 'None' },
  schedule: '',
};

const show = (form: object) =>
  renderInTestApp(
    <GenaiRagPlanPreview
      {...fieldProps<null>(null, jest.fn(), form as Record<string, unknown>)}
    />,
  );

const PLAN: RagPlan = {
  verdict: 'DoesNotFit',
  summary: 'It would not work: all GPUs are taken',
  reasons: [
    {
      code: 'HalfPrecision',
      field: 'embedding.dimension',
      severity: 'Info',
      message: '3072 are kept in half precision (halfvec)',
    },
    {
      code: 'NoFreeGpus',
      field: 'llm',
      severity: 'Blocking',
      message: 'all GPUs are taken',
    },
  ],
  llmPlan: {
    model: 'Qwen/Qwen3-8B',
    engine: 'vllm',
    verdict: 'DoesNotFit',
    summary: 'No GPU is free',
    reasons: [
      {
        code: 'NoFreeGpus',
        severity: 'Blocking',
        message: 'all GPUs are taken',
      },
    ],
    alternatives: [],
    quota: [],
    replicas: 1,
  },
  clusters: [],
};

describe('GenaiRagPlanPreview', () => {
  it('asks for what is missing', async () => {
    await show({ ...FORM, store: {} });
    expect(
      screen.getByText(/Choose a namespace, a vector store and both models/),
    ).toBeInTheDocument();
  });

  it('shows the verdict, the rule of the dimension and the plan of the language model', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(PLANS, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(PLAN);
      }),
    );
    await show(FORM);
    expect(
      await screen.findByText(PLAN.summary, {}, PATIENCE),
    ).toBeInTheDocument();
    expect(
      screen.getByText('3072 are kept in half precision (halfvec)'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: /New language model/ }),
    ).toBeInTheDocument();
    // Told once, with the plan that it is of.
    expect(screen.getAllByText('Refused: all GPUs are taken')).toHaveLength(1);
    expect(JSON.stringify(asked)).not.toContain('embeddings/key');
    expect(asked).toHaveLength(1);
  });

  it('says that the plan cannot be made', async () => {
    server.use(
      http.post(PLANS, () =>
        HttpResponse.json(
          { error: { name: 'NotAllowedError', message: 'not yours' } },
          { status: 403 },
        ),
      ),
    );
    await show(FORM);
    expect(
      await screen.findByText(/The plan cannot be made/, {}, PATIENCE),
    ).toBeInTheDocument();
  });
});

describe('what is asked of the planner', () => {
  it('is nothing while a value is out of range, and leaves out what is empty', () => {
    const llm = { ...FORM.llm, url: '', accelerator: null };
    expect(ragPlanRequestFrom({ ...FORM, llm })).toMatchObject({
      llm: FORM.llm,
    });
    expect(ragPlanRequestFrom({ ...FORM, llm })).not.toHaveProperty('schedule');
    expect(
      ragPlanRequestFrom({ ...FORM, llm: { ...llm, engine: 'tei' } }),
    ).toBe(undefined);
    expect(ragPlanRequestFrom(undefined)).toBe(undefined);
  });
});
