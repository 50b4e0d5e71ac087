import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { InferencePlan } from '@promptside/backstage-plugin-genai-common';
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { fieldProps } from '../__testUtils__/fieldProps';
import { GenaiPlanPreview } from './GenaiPlanPreview';

const server = setupServer();
registerMswTestHooks(server);
const BASE = '*/api/genai/v1';
const MODEL = 'google/gemma-2-9b-it';

const plan = (overrides: Partial<InferencePlan>): InferencePlan => ({
  model: MODEL,
  engine: 'vllm',
  verdict: 'Fits',
  summary: 'One L4 has room for it',
  reasons: [],
  alternatives: [],
  quota: [],
  replicas: 1,
  clusters: [],
  ...overrides,
});

describe('GenaiPlanPreview', () => {
  const context = {
    model: MODEL,
    target: { cluster: 'demo', namespace: 'team-search' },
    engine: 'tgi',
    contextLength: 8192,
    replicas: 1,
  };

  it('asks for what is missing', async () => {
    await renderInTestApp(
      <GenaiPlanPreview {...fieldProps<null>(null, jest.fn(), {})} />,
    );
    expect(screen.getByText(/Choose a model and where/)).toBeInTheDocument();
  });

  it.each([
    [{ contextLength: 99_999_999 }, 'Context length: at most 10,000,000.'],
    [{ contextLength: 0 }, 'Context length: at least 1.'],
    [{ replicas: 0 }, 'Replicas: at least 1.'],
    [{ replicas: 65 }, 'Replicas: at most 64.'],
    [{ replicas: 1.5 }, /^Nothing can be planned yet. Replicas: /],
  ])('names the field that cannot be planned with: %j', async (part, text) => {
    await renderInTestApp(
      <GenaiPlanPreview
        {...fieldProps<null>(null, jest.fn(), { ...context, ...part })}
      />,
    );
    expect(
      screen.getByText(
        typeof text === 'string' ? `Nothing can be planned yet. ${text}` : text,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Choose a model/)).not.toBeInTheDocument();
  });

  it('shows verdict, reasons and what would fit instead', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(`${BASE}/inference-plans`, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(
          plan({
            verdict: 'DoesNotFit',
            summary: 'No free GPU is large enough',
            reasons: [
              {
                code: 'NoFreeGpus',
                severity: 'Blocking',
                message: 'All 4 L4 are taken',
              },
            ],
            alternatives: [
              {
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
              },
            ],
          }),
        );
      }),
    );
    await renderInTestApp(
      <GenaiPlanPreview {...fieldProps<null>(null, jest.fn(), context)} />,
    );
    expect(await screen.findByText('Does not fit')).toBeInTheDocument();
    expect(screen.getByText('Refused: All 4 L4 are taken')).toBeInTheDocument();
    expect(
      screen.getByText('1 × NVIDIA H100 80GB HBM3, 8,192 tokens'),
    ).toBeInTheDocument();
    expect(asked).toEqual([
      {
        model: MODEL,
        engine: 'tgi',
        cluster: 'demo',
        namespace: 'team-search',
        contextLength: 8192,
        replicas: 1,
      },
    ]);
  });

  it('plans for the chosen GPU, and leaves out what an engine does not know', async () => {
    const asked: Record<string, unknown>[] = [];
    server.use(
      http.post(`${BASE}/inference-plans`, async ({ request }) => {
        asked.push((await request.json()) as Record<string, unknown>);
        return HttpResponse.json(plan({}));
      }),
    );
    const accelerator = { vendor: 'amd', resource: 'amd.com/gpu' };
    await renderInTestApp(
      <GenaiPlanPreview
        {...fieldProps<null>(null, jest.fn(), {
          ...context,
          engine: 'tei',
          accelerator,
        })}
      />,
    );
    await screen.findByText('Fits');
    expect(asked[0]).toMatchObject(accelerator);
    expect(asked[0]).not.toHaveProperty('contextLength');
    expect(asked[0]).not.toHaveProperty('product');
  });

  it('shows what quota and queue say apart from the hardware, and who admits the pods', async () => {
    server.use(
      http.post(`${BASE}/inference-plans`, () =>
        HttpResponse.json(
          plan({
            verdict: 'Tight',
            reasons: [
              {
                code: 'QueueBorrows',
                field: 'queue',
                severity: 'Warning',
                message: '2 more can be borrowed.',
              },
              {
                code: 'NoQuota',
                field: 'namespace',
                severity: 'Info',
                message: 'Nothing limits it.',
              },
              { code: 'Other', severity: 'Info', message: 'By the way.' },
            ],
            choice: {
              vendor: 'nvidia',
              resource: 'nvidia.com/gpu',
              sharing: 'Whole',
              gpuCount: 1,
              tensorParallelSize: 1,
              quantization: 'none',
              contextLength: 8192,
              queue: 'gpus',
              verdict: 'Tight',
              reasons: [],
            },
          }),
        ),
      ),
    );
    await renderInTestApp(
      <GenaiPlanPreview {...fieldProps<null>(null, jest.fn(), context)} />,
    );
    const heading = await screen.findByRole('heading', {
      name: 'Quota and queues',
    });
    const section = within(heading.parentElement!);
    expect(
      section.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual(['Careful: 2 more can be borrowed.', 'Nothing limits it.']);
    expect(screen.getByText('By the way.')).toBeInTheDocument();
    expect(
      screen.getByText('Kueue admits the pods through LocalQueue gpus.'),
    ).toBeInTheDocument();
  });

  it('says that the plan cannot be made', async () => {
    server.use(
      http.post(`${BASE}/inference-plans`, () =>
        HttpResponse.json(
          { error: { name: 'NotAllowedError', message: 'not yours' } },
          { status: 403 },
        ),
      ),
    );
    await renderInTestApp(
      <GenaiPlanPreview {...fieldProps<null>(null, jest.fn(), context)} />,
    );
    await waitFor(() =>
      expect(screen.getByText(/The plan cannot be made/)).toBeInTheDocument(),
    );
  });
});
