import type { Entity } from '@backstage/catalog-model';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { configure, fireEvent, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  demoCluster,
  handbookDetail,
  handbookHistory,
} from '../__fixtures__/storeAnswers';
import { EntityVectorStoreContent } from '../legacy';
import plugin from '../plugin';

const BASE_URL = 'http://localhost:7007';
const LIST = `${BASE_URL}/api/genai/v1/vector-stores`;
const DETAIL = `${LIST}/demo/search/handbook`;
const PAGE = '/vector-stores/demo/search/handbook';
const server = setupServer();

jest.setTimeout(300_000);
// a busy machine renders a whole app in more than the second that is the default
configure({ asyncUtilTimeout: 30_000 });

function answer(status: number, body: object | null = null) {
  server.use(
    http.get(DETAIL, () => HttpResponse.json(body, { status })),
    http.get(`${DETAIL}/history`, () => HttpResponse.json(handbookHistory)),
  );
}

function open(url = PAGE) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [url],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [mockApis.discovery({ baseUrl: BASE_URL })],
  });
}

describe('page of one vector store', () => {
  registerMswTestHooks(server);

  it('tells state, every check with evidence, volumes, backup and collections', async () => {
    answer(200, handbookDetail);
    const { container } = open();
    const checks = await screen.findByRole('list', { name: 'Checks' });
    const items = within(checks).getAllByText(/: (Degraded|Unknown|Passed)/);
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'Backup: Degraded (BackupTooOld)',
      'WAL archiving: Unknown (NotConfigured)',
      'Reachable: Passed',
    ]);
    expect(checks).toHaveTextContent('Backup handbook-1: bucket is gone');
    expect(checks).toHaveTextContent('12 ms');
    expect(
      screen.getByText('handbook-1, handing over to handbook-2'),
    ).toBeInTheDocument();
    expect(screen.getByText('85 % of 20 GiB')).toBeInTheDocument();
    expect(screen.getByText('about 5 days (estimated)')).toBeInTheDocument();
    expect(screen.getByText('0 0 2 * * *')).toBeInTheDocument();
    const wal = screen.getByText('handbook-1-wal').closest('tr')!;
    expect(wal).toHaveTextContent('WALUnknownNot measured');
    expect(screen.getByText('Collections (2 of 3)')).toBeInTheDocument();
    const chunks = screen.getByText('chunks').closest('tr')!;
    expect(chunks).toHaveTextContent('1,024');
    expect(chunks).toHaveTextContent('≈ 5,100');
    const drafts = screen.getByText('drafts').closest('tr')!;
    expect(drafts).toHaveTextContent('None, not loaded');
    expect(drafts).not.toHaveTextContent('0');
    await screen.findByRole('img', { name: /^State in the last hour/ });
    const { violations } = await axe.run(container, {
      runOnly: ['wcag2a', 'wcag2aa'],
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(
      violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      ),
    ).toEqual([]);
  });

  it('shows a trend in words and lines, and says how long it is kept', async () => {
    answer(200, handbookDetail);
    open();
    const hour = await screen.findAllByRole('img', {
      name: / in the last hour/,
    });
    expect(hour.map(image => image.getAttribute('aria-label'))).toEqual([
      'State in the last hour: Healthy in 2 of 3 samples, Down in 1',
      'Storage fill in the last hour: from 6 % to 85 %, last 85 %',
      'Vectors in the last hour: always 5,100',
      'Slowest probe in the last hour: from 12 ms to 240 ms, last 240 ms',
    ]);
    // what was not known while the store was down breaks the line
    expect(hour.map(({ children }) => children.length)).toEqual([3, 1, 2, 2]);
    expect(screen.getByText(/a restart begins anew/)).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText('Time of the trend'), {
      target: { value: 'lastDay' },
    });
    expect(screen.getByText(/^No sample yet/)).toBeInTheDocument();
  });

  it('is reached from the list', async () => {
    const { item } = handbookDetail;
    server.use(
      http.get(LIST, () =>
        HttpResponse.json({
          items: [item],
          totalCount: 1,
          clusters: [demoCluster],
        }),
      ),
    );
    open('/vector-stores');
    const link = await screen.findByRole('link', { name: 'handbook' });
    expect(link).toHaveAttribute('href', PAGE);
  });

  it('keeps the last state of a stale cluster on screen', async () => {
    answer(200, {
      ...handbookDetail,
      clusters: [{ ...demoCluster, state: 'Stale' }],
    });
    open();
    expect(await screen.findByText(/last known state/)).toBeInTheDocument();
    expect(screen.getByText('chunks')).toBeInTheDocument();
  });

  it('says that the store is gone, and where the others are', async () => {
    answer(404, {
      error: { name: 'NotFoundError', message: 'No vector store "handbook"' },
      response: { statusCode: 404 },
    });
    open();
    expect(
      await screen.findByText('No vector store handbook in search'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'All vector stores' }),
    ).toHaveAttribute('href', '/vector-stores');
  });

  it('names the permission that is missing', async () => {
    answer(403);
    open();
    expect(
      await screen.findByText('genai.vector-store.read'),
    ).toBeInTheDocument();
  });
});

describe('tab "Vector store"', () => {
  registerMswTestHooks(server);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'handbook' },
    spec: { type: 'vector-store' },
  };

  function renderTab(items: object[]) {
    server.use(
      http.get(LIST, () =>
        HttpResponse.json({
          items,
          totalCount: items.length,
          clusters: [demoCluster],
        }),
      ),
    );
    return renderInTestApp(
      <TestApiProvider
        apis={[
          [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
          [fetchApiRef, { fetch }],
        ]}
      >
        <EntityProvider entity={entity}>
          <EntityVectorStoreContent />
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
  }

  it('shows the checks of the store that names the entity', async () => {
    answer(200, handbookDetail);
    await renderTab([handbookDetail.item]);
    expect(
      await screen.findByRole('list', { name: 'Checks' }),
    ).toBeInTheDocument();
  });

  it('says how a store would name the entity where none does', async () => {
    await renderTab([]);
    expect(await screen.findByText('Not on any cluster')).toBeInTheDocument();
  });
});
