import type { Entity } from '@backstage/catalog-model';
import {
  createExtensionTester,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { registerMswTestHooks } from '@backstage/test-utils';
import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import plugin from '../plugin';
import { demoCluster, failed, ready } from '../__fixtures__/modelAnswers';

const API = 'http://localhost:7007/api/genai/v1';
const server = setupServer();

jest.setTimeout(30_000);

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ranker' },
  spec: { type: 'model-server' },
};

const measured = (value: number) => ({ value, grade: 'measured' });

const metrics = {
  checkedAt: '2026-05-01T12:00:00Z',
  windowMs: 10_000,
  values: {
    runningRequestCount: measured(3),
    waitingRequestCount: measured(0),
    kvCacheUsageRatio: measured(0.425),
    timeToFirstToken: { p50Ms: measured(84), p95Ms: measured(310) },
    generatedTokensPerSecond: measured(512.4),
  },
  pods: [
    { pod: 'ranker-0', values: {} },
    {
      pod: 'ranker-1',
      values: {},
      fault: {
        reason: 'Forbidden',
        message: 'The portal may not get pods/proxy.',
        at: '2026-05-01T12:00:00Z',
      },
    },
  ],
};

const refusal = (status: number, name: string) =>
  HttpResponse.json(
    {
      error: { name, message: 'No right to ask.' },
      response: { statusCode: status },
    },
    { status },
  );

function serve(
  items: ModelServer[],
  detail: object = {},
  clusters: object[] = [demoCluster],
) {
  server.use(
    http.get(`${API}/model-servers`, () =>
      HttpResponse.json({ items, totalCount: items.length, clusters }),
    ),
    http.get(`${API}/model-servers/:cluster/:namespace/:name`, ({ params }) =>
      HttpResponse.json({
        item: items.find(({ name }) => name === params.name),
        allocations: [],
        events: [],
        clusters,
        ...detail,
      }),
    ),
  );
}

function open() {
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:genai-model-catalog/inference'),
  ).reactElement();
  return renderInTestApp(
    <EntityProvider entity={entity}>{tab}</EntityProvider>,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [mockApis.discovery({ baseUrl: 'http://localhost:7007' })],
    },
  );
}

describe('tab "Inference"', () => {
  registerMswTestHooks(server);

  it('shows state, endpoint with calls in three languages, and engine metrics', async () => {
    serve([ready], { metrics });
    const { container } = open();
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    expect(screen.getByLabelText('curl call')).toHaveTextContent(
      'http://ranker.search.svc:8000/v1/chat/completions',
    );
    fireEvent.click(screen.getByRole('tab', { name: 'Python' }));
    expect(screen.getByLabelText('Python call')).toHaveTextContent(
      'from openai import OpenAI',
    );
    fireEvent.click(screen.getByRole('tab', { name: 'TypeScript' }));
    expect(
      screen.getByRole('button', { name: 'Copy the TypeScript call' }),
    ).toBeInTheDocument();
    expect(screen.getByText('42.5 %')).toBeInTheDocument();
    expect(
      screen.getByText('84 ms median, 310 ms 95th percentile'),
    ).toBeInTheDocument();
    expect(screen.getByText('512.4 tokens/s')).toBeInTheDocument();
    expect(
      screen.getByText(
        'ranker-1 told nothing: The portal may not get pods/proxy.',
      ),
    ).toBeInTheDocument();
    // It was not measured, and is not zero.
    expect(screen.queryByText('Read')).not.toBeInTheDocument();
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

  it('tells why it does not serve, and what led to it', async () => {
    serve([failed], {
      events: [
        {
          kind: 'Event',
          name: 'chat-0',
          reason: 'Pulled',
          message: 'Container image already present',
          at: '2026-05-01T11:00:00Z',
        },
      ],
    });
    open();
    expect(await screen.findByText(failed.message!)).toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Timeline, newest first' });
    expect(list.children[0]).toHaveTextContent(/^Now · Pod chat-0 · 12 times/);
    expect(list.children[0]).toHaveTextContent('back-off 5m0s');
    expect(list.children[1]).toHaveTextContent(
      'Pulled: Container image already present',
    );
    expect(screen.getByText('No endpoint is known')).toBeInTheDocument();
    expect(screen.getByText('No metrics')).toBeInTheDocument();
    expect(screen.getByText('Cannot be asked now')).toBeInTheDocument();
  });

  it('lets one choose among the servers of the component', async () => {
    serve([ready, { ...failed, uid: 'other' }]);
    open();
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    fireEvent.mouseDown(screen.getByRole('button', { name: /Server/ }));
    fireEvent.click(
      screen.getByRole('option', { name: 'chat, Demo cluster, chat' }),
    );
    expect(await screen.findByText(failed.message!)).toBeInTheDocument();
  });

  it('asks the server and shows the answer', async () => {
    serve([ready]);
    let asked: unknown;
    server.use(
      http.post(
        `${API}/model-servers/demo/search/ranker/chat`,
        async ({ request }) => {
          asked = await request.json();
          const chunk = (content: string) =>
            `data: ${JSON.stringify({
              object: 'chat.completion.chunk',
              choices: [{ index: 0, delta: { content }, finish_reason: null }],
            })}\n\n`;
          return new HttpResponse(
            `${chunk('Good ')}${chunk('day')}data: [DONE]\n\n`,
            { headers: { 'Content-Type': 'text/event-stream' } },
          );
        },
      ),
    );
    open();
    fireEvent.change(await screen.findByLabelText('Question'), {
      target: { value: 'Hello?' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }));
    expect(await screen.findByText('Good day')).toBeInTheDocument();
    expect(asked).toEqual({ messages: [{ role: 'user', content: 'Hello?' }] });
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Ask' })).toBeEnabled(),
    );
  });

  it('says why a question was refused', async () => {
    serve([ready]);
    server.use(
      http.post(`${API}/model-servers/demo/search/ranker/chat`, () =>
        refusal(403, 'NotAllowedError'),
      ),
    );
    open();
    fireEvent.change(await screen.findByLabelText('Question'), {
      target: { value: 'Hello?' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }));
    expect(await screen.findByText('No right to ask.')).toBeInTheDocument();
  });

  it('says that nothing runs', async () => {
    serve([]);
    open();
    expect(await screen.findByText('Not on any cluster')).toBeInTheDocument();
  });

  it('keeps the last known state of a stale cluster', async () => {
    serve([ready], {}, [{ ...demoCluster, state: 'Stale' }]);
    open();
    expect(await screen.findByText('Endpoint')).toBeInTheDocument();
    expect(screen.getAllByText(/last known state/)).toHaveLength(1);
  });

  it('names the permission that is missing', async () => {
    server.use(
      http.get(`${API}/model-servers`, () => refusal(403, 'NotAllowedError')),
    );
    open();
    expect(
      await screen.findByText('genai.model-server.read'),
    ).toBeInTheDocument();
  });

  it('tells when the backend plugin is missing', async () => {
    server.use(
      http.get(
        `${API}/model-servers`,
        () => new HttpResponse(null, { status: 404 }),
      ),
    );
    open();
    expect(
      await screen.findByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });
});
