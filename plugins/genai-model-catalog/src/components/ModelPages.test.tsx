import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import {
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { ModelsPage as LegacyModelsPage } from '../legacy';
import plugin from '../plugin';
import { templateRouteRef } from '../routes';
import {
  demoCluster,
  embedder,
  embedderFit,
  failed,
  gemma,
  gemmaFit,
  ready,
} from '../__fixtures__/modelAnswers';

const BASE_URL = 'http://localhost:7007';
const API = `${BASE_URL}/api/genai/v1`;
const server = setupServer();

jest.setTimeout(30_000);
const TEMPLATE_PATH = '/create/templates/:namespace/:templateName';

function serveServers(
  items: object[] = [ready, failed],
  clusters: object[] = [demoCluster],
) {
  server.use(
    http.get(`${API}/model-servers`, () =>
      HttpResponse.json({ items, totalCount: items.length, clusters }),
    ),
  );
}

function refusal(status: number, name: string) {
  return HttpResponse.json(
    { error: { name, message: 'no' }, response: { statusCode: status } },
    { status },
  );
}

function refuse(path: string, status: number, name?: string) {
  server.use(
    http.get(`${API}${path}`, () =>
      name ? refusal(status, name) : new HttpResponse(null, { status }),
    ),
  );
}

function open(url: string, signals?: SignalApi) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [url],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      [TEMPLATE_PATH]: templateRouteRef,
    },
    apis: [
      mockApis.discovery({ baseUrl: BASE_URL }),
      ...(signals ? [[signalApiRef, signals] as const] : []),
    ],
  });
}

async function seriousFaults(container: Element) {
  const { violations } = await axe.run(container, {
    runOnly: ['wcag2a', 'wcag2aa'],
    // jsdom does not lay out, so that there is nothing to measure.
    rules: { 'color-contrast': { enabled: false } },
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes[0].html]);
}

describe('page of the model servers', () => {
  registerMswTestHooks(server);

  it('is the first view and lists everything that runs', async () => {
    serveServers();
    const { container } = open('/models');
    const row = (await screen.findByRole('link', { name: 'ranker' })).closest(
      'tr',
    )!;
    expect(row).toHaveTextContent('Ready');
    expect(row).toHaveTextContent(/vLLM\s*v0\.11\.0/);
    expect(row).toHaveTextContent('4 × nvidia.com/gpu (2 a replica)');
    expect(row).toHaveTextContent('http://ranker.search.svc:8000/v1');
    expect(
      within(row).getByRole('link', { name: /^google\/gemma-2-9b-it/ }),
    ).toHaveAttribute('href', 'https://huggingface.co/google/gemma-2-9b-it');
    // What is written on a workload becomes a link only if it is an id of the hub.
    expect(screen.getByText('//evil.example/model').closest('a')).toBeNull();
    expect(await seriousFaults(container)).toEqual([]);
  });

  it('takes its filters from the URL', async () => {
    serveServers();
    open('/models?state=Failed');
    expect(
      await screen.findAllByText('chat', { selector: 'td *' }),
    ).not.toEqual([]);
    expect(screen.queryByText('ranker')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('ranker')).toBeInTheDocument();
  });

  it('offers the catalog when nothing runs', async () => {
    serveServers([]);
    open('/models');
    expect(await screen.findByText('No model server runs')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Choose a model' }),
    ).toHaveAttribute('href', '/models?view=catalog');
  });

  it('keeps the last known state of a stale cluster on screen', async () => {
    serveServers([ready], [{ ...demoCluster, state: 'Stale' }]);
    open('/models');
    expect(await screen.findByText(/last known state/)).toBeInTheDocument();
    expect(screen.getByText('ranker')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    refuse('/model-servers', 403, 'NotAllowedError');
    open('/models');
    expect(
      await screen.findByText('genai.model-server.read'),
    ).toBeInTheDocument();
  });

  it('tells when the backend plugin is missing', async () => {
    refuse('/model-servers', 404);
    open('/models');
    expect(
      await screen.findByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });

  it('follows a signal without a reload', async () => {
    serveServers([{ ...ready, state: 'Starting' }]);
    let publish: Parameters<SignalApi['subscribe']>[1] = () => {};
    open('/models', {
      subscribe: (_channel, onMessage) => {
        publish = onMessage as typeof publish;
        return { unsubscribe: () => {} };
      },
    });
    expect(await screen.findByText('Starting')).toBeInTheDocument();
    const link = screen.getByRole('link', { name: 'ranker' });
    serveServers([ready]);
    publish({ cluster: 'demo', version: 8, topics: ['model-servers'] });
    expect(
      await screen.findByText('Ready', { selector: 'td *' }),
    ).toBeInTheDocument();
    // The same element: whoever had the focus on it still has.
    expect(link).toBeInTheDocument();
  });
});

describe('page of the model catalog', () => {
  registerMswTestHooks(server);

  function serveModels() {
    server.use(
      http.get(`${API}/models`, () =>
        HttpResponse.json({ items: [gemma, embedder] }),
      ),
      http.post(`${API}/model-fits`, async ({ request }) => {
        asked = (await request.json()) as object;
        return HttpResponse.json({
          items: [gemmaFit, embedderFit],
          clusters: [demoCluster],
        });
      }),
    );
    serveServers();
  }

  let asked: object;

  it('shows the facts of each model and opens the golden path with the model filled in', async () => {
    serveModels();
    const { container } = open('/models?view=catalog');
    const row = (await screen.findByText('Gemma 2 9B')).closest('tr')!;
    expect(row).toHaveTextContent('9.2B');
    expect(row).toHaveTextContent('17.2 GiB');
    expect(row).toHaveTextContent('FP8 9.3 GiB');
    expect(row).toHaveTextContent('8,192');
    expect(row).toHaveTextContent('Gated: needs a token');
    const deploy = within(row).getByRole('button', {
      name: 'Deploy Gemma 2 9B',
    });
    const url = new URL(deploy.getAttribute('href')!, BASE_URL);
    expect(url.pathname).toBe(
      '/create/templates/default/gpu-inference-service',
    );
    expect(JSON.parse(url.searchParams.get('formData')!)).toEqual({
      model: 'google/gemma-2-9b-it',
    });
    // The engine that the form would begin with does not serve embedding models.
    const embedding = new URL(
      screen
        .getByRole('button', { name: 'Deploy BGE M3' })
        .getAttribute('href')!,
      BASE_URL,
    );
    expect(JSON.parse(embedding.searchParams.get('formData')!)).toEqual({
      model: 'BAAI/bge-m3',
      engine: 'tei',
    });
    expect(await seriousFaults(container)).toEqual([]);
  });

  it('tells of each model whether it fits now, on what, and how many servers run it', async () => {
    serveModels();
    open('/models?view=catalog');
    const row = (await screen.findByText('Gemma 2 9B')).closest('tr')!;
    expect(await within(row).findByText('Fits')).toBeInTheDocument();
    expect(row).toHaveTextContent('1 × H100 80GB HBM3');
    expect(
      await within(row).findByRole('link', {
        name: '1 running servers of Gemma 2 9B',
      }),
    ).toHaveAttribute('href', '/models?q=google%2Fgemma-2-9b-it');
    const other = screen.getByText('BGE M3').closest('tr')!;
    expect(other).toHaveTextContent('Does not fit');
    expect(other).toHaveTextContent('None');
    expect(other).not.toHaveTextContent('1 × H100');
    // One request, not one a model.
    expect(asked).toEqual({ models: [gemma.id, embedder.id] });
  });

  it('shows the same models on cards, and keeps that in the URL with the filters', async () => {
    serveModels();
    const { container } = open('/models?view=catalog&access=gated');
    await screen.findByText('Gemma 2 9B');
    const [table, cards] = ['Table', 'Cards'].map(name =>
      screen.getByRole('button', { name }),
    );
    expect(table).toHaveAttribute('aria-pressed', 'true');
    fireEvent.click(cards);
    const heading = await screen.findByRole('heading', {
      name: 'Gemma 2 9B',
      level: 3,
    });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(cards).toHaveAttribute('aria-pressed', 'true');
    const card = heading.closest('li')!;
    expect(await within(card).findByText('Fits')).toBeInTheDocument();
    expect(card).toHaveTextContent('1 × H100 80GB HBM3');
    expect(card).toHaveTextContent('Context8,192 tokens');
    expect(card).toHaveTextContent('gated: needs a token');
    expect(
      within(card).getByRole('button', { name: 'Deploy Gemma 2 9B' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('BGE M3')).not.toBeInTheDocument();
    expect(await seriousFaults(container)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(
      await screen.findByRole('heading', { name: 'BGE M3', level: 3 }),
    ).toBeInTheDocument();
  });

  it('opens with cards when the URL says so, and says when none matches', async () => {
    serveModels();
    open('/models?view=catalog&layout=cards&q=nobody');
    expect(
      await screen.findByText('Nothing matches the filters.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('heading', { level: 3 })).not.toBeInTheDocument();
  });

  it('merges columns in a narrow window', async () => {
    serveModels();
    const matchMedia = window.matchMedia;
    window.matchMedia = query =>
      ({
        matches: query.includes('max-width:959'),
        addListener: () => {},
        removeListener: () => {},
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as unknown as MediaQueryList;
    try {
      open('/models?view=catalog');
      const row = (await screen.findByText('Gemma 2 9B')).closest('tr')!;
      expect(row).toHaveTextContent('8,192 tokens');
      expect(row).toHaveTextContent('gemma · gated');
      const titles = screen
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent);
      expect(titles).toEqual(['Model', 'Fit', 'Parameters', '']);
      expect(row).toHaveTextContent('17.2 GiB');
    } finally {
      window.matchMedia = matchMedia;
    }
  });

  it('shows those that fit now, on the GPUs of the chosen vendor', async () => {
    serveModels();
    open('/models?view=catalog&fits=now&vendor=amd');
    expect(await screen.findByText('Gemma 2 9B')).toBeInTheDocument();
    expect(screen.queryByText('BGE M3')).not.toBeInTheDocument();
    expect(asked).toMatchObject({ vendor: 'amd' });
  });

  it('shows the facts of the models without the right to plan, and says so', async () => {
    serveModels();
    server.use(
      http.post(`${API}/model-fits`, () => refusal(403, 'NotAllowedError')),
    );
    open('/models?view=catalog');
    expect(await screen.findByText('genai.inference.plan')).toBeInTheDocument();
    const row = screen.getByText('Gemma 2 9B').closest('tr')!;
    expect(row).toHaveTextContent('9.2B');
    expect(row).not.toHaveTextContent('Fits');
  });

  it('is empty with a word where the catalog is', async () => {
    server.use(
      http.get(`${API}/models`, () => HttpResponse.json({ items: [] })),
    );
    open('/models?view=catalog');
    expect(
      await screen.findByText('The catalog has no models'),
    ).toBeInTheDocument();
  });

  it('takes its filters from the URL', async () => {
    serveModels();
    open('/models?view=catalog&task=embedding&access=open');
    expect(await screen.findByText('BGE M3')).toBeInTheDocument();
    expect(screen.queryByText('Gemma 2 9B')).not.toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    refuse('/models', 403, 'NotAllowedError');
    open('/models?view=catalog');
    expect(await screen.findByText('genai.model.read')).toBeInTheDocument();
  });
});

describe('page in the old frontend system', () => {
  registerMswTestHooks(server);

  it('has its own header and tabs', async () => {
    serveServers();
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
          [fetchApiRef, { fetch }],
        ]}
      >
        <Routes>
          <Route path="/models" element={<LegacyModelsPage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/models'],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
    expect(
      await screen.findByRole('heading', { name: 'Models', level: 1 }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('tab', { name: 'Model catalog' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('ranker')).toBeInTheDocument();
  });
});
