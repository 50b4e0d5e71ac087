import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import {
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  fireEvent,
  screen,
  waitFor,
  waitForElementToBeRemoved,
  within,
} from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { GpuUsagePage as LegacyGpuUsagePage } from '../legacy';
import plugin from '../plugin';
import {
  allocation,
  demoCluster,
  node,
  overview,
  waiting,
} from '../__fixtures__/gpuAnswers';

const BASE_URL = 'http://localhost:7007';
const API = `${BASE_URL}/api/genai/v1`;
const server = setupServer();

jest.setTimeout(30_000);

function serveOverview(answer: object = overview) {
  server.use(http.get(`${API}/gpu-overview`, () => HttpResponse.json(answer)));
}

function open(url = '/gpu-usage', signals?: SignalApi) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [url],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
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

describe('GPU usage page', () => {
  registerMswTestHooks(server);

  it('shows each kind of device by itself, the holders and who waits', async () => {
    serveOverview();
    const { container } = open();

    const totals = await screen.findByRole('region', { name: 'Totals' });
    expect(within(totals).getByText('at least 18')).toBeInTheDocument();
    expect(
      within(totals).getByRole('img', {
        name: '9 allocated, 6 free, 1 unhealthy of 16 whole GPUs',
      }),
    ).toBeInTheDocument();
    expect(within(totals).getByText('Slices')).toBeInTheDocument();
    expect(within(totals).getByText('Shared slots')).toBeInTheDocument();
    expect(
      screen.getByText(/1 pod waits for/, { selector: 'li' }),
    ).toHaveTextContent('1 pod waits for 8 × nvidia.com/gpu on Demo cluster');
    expect(
      await screen.findByText('A100 SXM4 80GB · 1g.10gb'),
    ).toBeInTheDocument();
    // Memory of the slice is not known, and not 0.
    expect(
      screen.getByText('NVIDIA · MIG slice · memory unknown · 1 node'),
    ).toBeInTheDocument();
    expect(screen.getByText('4 usable')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'team-search' })).toHaveAttribute(
      'href',
      '/catalog/default/group/team-search',
    );
    expect(screen.getByText('No owner named')).toBeInTheDocument();
    expect(screen.getByText('Simulated hardware')).toBeInTheDocument();
    expect(await seriousFaults(container)).toEqual([]);
  });

  it('takes its filters from the URL', async () => {
    serveOverview();
    open('/gpu-usage?vendor=intel&team=group:default/team-search');
    expect(await screen.findByText('Held by team-search')).toBeInTheDocument();
    expect(screen.getAllByText('Flex 170').length).toBeGreaterThan(0);
    expect(screen.queryByText('H100 80GB HBM3')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(
      (await screen.findAllByText('H100 80GB HBM3')).length,
    ).toBeGreaterThan(0);
  });

  it('opens cluster, node and kind of device down to pod and entity by keyboard', async () => {
    serveOverview();
    const queries: string[] = [];
    server.use(
      http.get(`${API}/gpu-nodes`, ({ request }) => {
        queries.push(new URL(request.url).search);
        return HttpResponse.json({
          items: [node],
          totalCount: 1,
          clusters: [demoCluster],
        });
      }),
    );
    const { container } = open(
      '/gpu-usage?view=nodes&product=NVIDIA-H100-80GB-HBM3',
    );
    const toggle = await screen.findByRole('button', { name: 'h100-0' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    expect(new URLSearchParams(queries[0]).get('cluster')).toBe('demo');
    expect(new URLSearchParams(queries[0]).get('include')).toBe('allocations');
    expect(new URLSearchParams(queries[0]).get('product')).toBe(
      'NVIDIA-H100-80GB-HBM3',
    );

    toggle.focus();
    fireEvent.click(toggle);
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('ranker-7d9f-abcde')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ranker' })).toHaveAttribute(
      'href',
      '/catalog/default/component/ranker',
    );
    expect(screen.getByText(/Driver 570/)).toHaveTextContent(
      'Taints nvidia.com/gpu:NoSchedule',
    );
    expect(await seriousFaults(container)).toEqual([]);
  });

  it('loads more nodes on request', async () => {
    serveOverview();
    server.use(
      http.get(`${API}/gpu-nodes`, ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        return HttpResponse.json({
          items: [{ ...node, name: cursor ? 'h100-1' : 'h100-0' }],
          totalCount: 2,
          nextCursor: cursor ? undefined : 'after-0',
          clusters: [demoCluster],
        });
      }),
    );
    open('/gpu-usage?view=nodes');
    fireEvent.click(
      await screen.findByRole('button', { name: /Show more nodes \(1 of 2/ }),
    );
    expect(
      await screen.findByRole('button', { name: 'h100-1' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'h100-0' })).toBeInTheDocument();
  });

  it('lists allocations, asks for the team and says when there are more', async () => {
    serveOverview();
    let query = new URLSearchParams();
    server.use(
      http.get(`${API}/gpu-allocations`, ({ request }) => {
        query = new URL(request.url).searchParams;
        return HttpResponse.json({
          items: [allocation, waiting],
          totalCount: 900,
          clusters: [demoCluster],
        });
      }),
    );
    open(
      '/gpu-usage?view=allocations&team=group:default/team-search&q=trainer',
    );
    expect(await screen.findByText('trainer-0')).toBeInTheDocument();
    expect(query.get('owner')).toBe('group:default/team-search');
    expect(screen.getByText('Waits for a node')).toBeInTheDocument();
    expect(screen.getByText('Pending')).toBeInTheDocument();
    expect(screen.queryByText('ranker-7d9f-abcde')).not.toBeInTheDocument();
    expect(screen.getByText(/of 900/)).toBeInTheDocument();
  });

  it('keeps the last good data on screen when a cluster goes stale', async () => {
    serveOverview({
      ...overview,
      clusters: [
        {
          ...demoCluster,
          state: 'Stale',
          fault: {
            reason: 'Unreachable',
            message: 'connect ECONNREFUSED',
            at: '2026-05-05T12:00:00Z',
          },
        },
      ],
    });
    open();
    expect(await screen.findByText(/last known state/)).toBeInTheDocument();
    expect(screen.getByText(/connect ECONNREFUSED/)).toBeInTheDocument();
    expect(screen.getByText('at least 18')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    server.use(
      http.get(`${API}/gpu-overview`, () =>
        HttpResponse.json(
          {
            error: { name: 'NotAllowedError', message: 'no' },
            response: { statusCode: 403 },
          },
          { status: 403 },
        ),
      ),
    );
    open();
    expect(
      await screen.findByText('You may not see GPU usage'),
    ).toBeInTheDocument();
    expect(screen.getByText('genai.gpu.read')).toBeInTheDocument();
  });

  it('tells when the backend plugin is missing', async () => {
    server.use(
      http.get(
        `${API}/gpu-overview`,
        () => new HttpResponse(null, { status: 404 }),
      ),
    );
    open();
    expect(
      await screen.findByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });

  it('tells a fleet without GPUs from one that could not be read', async () => {
    const nothing = { groups: [], owners: [], pending: [] };
    serveOverview({ ...nothing, clusters: [demoCluster] });
    const { unmount } = open();
    expect(await screen.findByText('No node offers a GPU')).toBeInTheDocument();
    unmount();

    serveOverview({
      ...nothing,
      clusters: [
        {
          ...demoCluster,
          state: 'Degraded',
          resources: [{ resource: 'nodes', state: 'Forbidden' }],
        },
      ],
    });
    open();
    expect(
      await screen.findByText('The portal may not read the clusters'),
    ).toBeInTheDocument();
  });

  it('follows a signal without a reload', async () => {
    serveOverview();
    let publish: Parameters<SignalApi['subscribe']>[1] = () => {};
    open('/gpu-usage', {
      subscribe: (_channel, onMessage) => {
        publish = onMessage as typeof publish;
        return { unsubscribe: () => {} };
      },
    });
    expect(await screen.findByText('4 usable')).toBeInTheDocument();

    const [first, ...rest] = overview.groups;
    serveOverview({
      ...overview,
      groups: [
        {
          ...first,
          counts: { ...first.counts, allocated: 12, free: 3 },
          schedulableFree: 3,
        },
        ...rest,
      ],
    });
    publish({ cluster: 'demo', version: 8, topics: ['gpus'] });
    await waitForElementToBeRemoved(() => screen.queryByText('4 usable'));
    expect(
      within(screen.getByRole('region', { name: 'Totals' })).getByRole('img', {
        name: /12 allocated, 3 free/,
      }),
    ).toBeInTheDocument();
  });

  it('has its own header in the old frontend system', async () => {
    serveOverview();
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
          [fetchApiRef, { fetch }],
        ]}
      >
        <Routes>
          <Route path="/gpu-usage" element={<LegacyGpuUsagePage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/gpu-usage'],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
    expect(
      await screen.findByRole('heading', { name: 'GPU usage', level: 1 }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByText('at least 18')).toBeInTheDocument(),
    );
  });
});
