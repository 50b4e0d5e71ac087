import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { fieldProps } from '../__testUtils__/fieldProps';
import { Steps } from '../__testUtils__/Steps';
import { GenaiModelPicker } from './GenaiModelPicker';
import { GenaiTargetPicker, type GenaiTarget } from './GenaiTargetPicker';

const server = setupServer();
registerMswTestHooks(server);
const BASE = '*/api/genai/v1';

const GIB = 2 ** 30;
const gemma = {
  id: 'google/gemma-2-9b-it',
  title: 'Gemma 2 9B',
  provider: 'Google',
  task: 'text-generation',
  license: 'gemma',
  gated: true,
  parameterCount: 9.24e9,
  layers: 42,
  hiddenSize: 3584,
  attentionHeads: 16,
  kvHeads: 8,
  headDim: 256,
  attention: { type: 'full' },
  contextLength: 8192,
  dtype: 'bfloat16',
  variants: [{ quantization: 'none', weightsBytes: 17.2 * GIB }],
  source: 'test',
};

const namespaces = {
  items: [
    { cluster: 'demo', name: 'default', quota: [] },
    {
      cluster: 'demo',
      name: 'team-search',
      owner: 'group:default/team-search',
      quota: [
        {
          namespace: 'team-search',
          name: 'gpu',
          resource: 'requests.nvidia.com/gpu',
          hard: 8,
          used: 3,
          left: 5,
        },
        {
          namespace: 'team-search',
          name: 'gpu',
          resource: 'requests.amd.com/gpu',
          hard: 0,
          used: 0,
          left: 0,
        },
      ],
    },
  ],
  clusters: [
    { name: 'demo', title: 'Demo cluster', state: 'Live', version: 1 },
  ],
};

describe('GenaiModelPicker', () => {
  it('offers the models with what tells them apart', async () => {
    server.use(
      http.get(`${BASE}/models`, () => HttpResponse.json({ items: [gemma] })),
    );
    const onChange = jest.fn();
    await renderInTestApp(
      <GenaiModelPicker {...fieldProps<string>(undefined, onChange)} />,
    );
    await userEvent.click(await screen.findByRole('textbox'));
    const option = await screen.findByText('google/gemma-2-9b-it');
    expect(
      screen.getByText(/9.24B parameters.*8,192 tokens.*gated/),
    ).toBeInTheDocument();
    await userEvent.click(option);
    expect(onChange).toHaveBeenCalledWith('google/gemma-2-9b-it');
  });

  it('offers models for embeddings and of GGUF files after those for text, by what they do', async () => {
    const bge = {
      ...gemma,
      id: 'BAAI/bge-m3',
      task: 'embedding',
      embeddingDimension: 1024,
    };
    const [weights] = gemma.variants;
    const gguf = {
      ...gemma,
      id: 'acme/chat-gguf',
      variants: [{ ...weights, quantization: 'gguf' }],
    };
    server.use(
      http.get(`${BASE}/models`, () =>
        HttpResponse.json({ items: [bge, gemma, gguf] }),
      ),
    );
    await renderInTestApp(
      <GenaiModelPicker {...fieldProps<string>(undefined, jest.fn())} />,
    );
    await userEvent.click(await screen.findByRole('textbox'));
    expect(await screen.findByText('Embedding')).toBeInTheDocument();
    const options = screen
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(options[0]).toMatch(/^google\/gemma-2-9b-it/);
    expect(options[1]).toMatch(/^acme\/chat-gguf.*GGUF/);
    expect(options[2]).toMatch(/^BAAI\/bge-m3.*1024 dimensions/);
  });

  describe('with a target', () => {
    const target = { cluster: 'demo', namespace: 'team-search' };
    let asked: unknown[];

    beforeEach(() => {
      asked = [];
      server.use(
        http.get(`${BASE}/models`, () => HttpResponse.json({ items: [gemma] })),
        http.post(`${BASE}/model-fits`, async ({ request }) => {
          asked.push(await request.json());
          return HttpResponse.json({
            items: [
              { model: gemma.id, verdict: 'Tight', summary: 'The last L4.' },
            ],
            clusters: [],
          });
        }),
      );
    });

    it('says of each model whether it fits that cluster, and why of the chosen one', async () => {
      await renderInTestApp(
        <GenaiModelPicker
          {...fieldProps<string>(gemma.id, jest.fn(), { target })}
        />,
      );
      expect(await screen.findByText('The last L4.')).toBeInTheDocument();
      expect(screen.getAllByText('Tight')).toHaveLength(1);
      await userEvent.click(screen.getByRole('textbox'));
      expect(await screen.findAllByText('Tight')).toHaveLength(2);
      expect(asked).toEqual([{ models: [gemma.id], cluster: 'demo' }]);
    });

    it('follows the engine of the form', async () => {
      const withEngine = (engine: string) => (
        <GenaiModelPicker
          {...fieldProps<string>(gemma.id, jest.fn(), { target, engine })}
        />
      );
      await renderInTestApp(
        <Steps steps={[withEngine('tgi'), withEngine('tei')]} />,
      );
      expect(await screen.findByText('The last L4.')).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'next step' }));
      const question = { models: [gemma.id], cluster: 'demo' };
      await waitFor(() =>
        expect(asked).toEqual([
          { ...question, engine: 'tgi' },
          { ...question, engine: 'tei' },
        ]),
      );
    });

    it('says nothing while no cluster is chosen', async () => {
      await renderInTestApp(
        <GenaiModelPicker
          {...fieldProps<string>(gemma.id, jest.fn(), { target: {} })}
        />,
      );
      await screen.findByText(/9.24B parameters/);
      expect(asked).toEqual([]);
    });

    it('leaves the models to choose from where fits cannot be told', async () => {
      server.use(http.post(`${BASE}/model-fits`, () => HttpResponse.error()));
      await renderInTestApp(
        <GenaiModelPicker
          {...fieldProps<string>(undefined, jest.fn(), { target })}
        />,
      );
      await userEvent.click(await screen.findByRole('textbox'));
      expect(await screen.findByText(gemma.id)).toBeInTheDocument();
    });
  });

  it('says why there are no models', async () => {
    server.use(
      http.get(`${BASE}/models`, () => new HttpResponse(null, { status: 503 })),
    );
    await renderInTestApp(
      <GenaiModelPicker {...fieldProps<string>(undefined, jest.fn())} />,
    );
    expect(
      await screen.findByText(/The models cannot be read: .*503/),
    ).toBeInTheDocument();
  });
});

describe('GenaiTargetPicker', () => {
  it('puts namespaces of teams first and shows what is left of the quota', async () => {
    server.use(
      http.get(`${BASE}/namespaces`, () => HttpResponse.json(namespaces)),
    );
    const onChange = jest.fn();
    await renderInTestApp(
      <GenaiTargetPicker
        {...fieldProps<Partial<GenaiTarget>>(
          { cluster: 'demo', namespace: 'team-search' },
          onChange,
        )}
      />,
    );
    expect(
      await screen.findByText('The quota allows none of amd.com/gpu'),
    ).toBeInTheDocument();
    // A bar with its numbers where something is allowed, words alone where nothing is.
    const bars = within(screen.getByRole('list', { name: 'GPU quota' }));
    expect(bars.getByText('nvidia.com/gpu: 5 of 8 left')).toBeInTheDocument();
    expect(
      bars.getByRole('img', {
        name: '3 allocated, 5 free of 8 nvidia.com/gpu in quota gpu',
      }),
    ).toBeInTheDocument();
    expect(bars.getAllByRole('img')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: /Namespace/ }));
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'team-search',
      'default',
    ]);
    await userEvent.click(options[1]);
    expect(onChange).toHaveBeenCalledWith({
      cluster: 'demo',
      namespace: 'default',
    });
  });
});

describe('GenaiTargetPicker of a namespace without quota', () => {
  it('says so, and draws nothing', async () => {
    server.use(
      http.get(`${BASE}/namespaces`, () => HttpResponse.json(namespaces)),
    );
    await renderInTestApp(
      <GenaiTargetPicker
        {...fieldProps<Partial<GenaiTarget>>(
          { cluster: 'demo', namespace: 'default' },
          jest.fn(),
        )}
      />,
    );
    expect(
      await screen.findByText('No GPU quota is set for this namespace'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});
