import type { Entity } from '@backstage/catalog-model';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import {
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { vectorStoreFilter } from '../entityFilters';
import {
  EntityVectorStoreCard,
  isVectorStore,
  VectorStoresPage,
} from '../legacy';
import plugin from '../plugin';
import { demoCluster, documents, scratch } from '../__fixtures__/storeAnswers';

const BASE_URL = 'http://localhost:7007';
const API = `${BASE_URL}/api/genai/v1/vector-stores`;
const server = setupServer();

jest.setTimeout(30_000);

function serve(
  items: object[] = [documents, scratch],
  clusters: object[] = [demoCluster],
) {
  const queries: URLSearchParams[] = [];
  server.use(
    http.get(API, ({ request }) => {
      queries.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items, totalCount: items.length, clusters });
    }),
  );
  return queries;
}

function open(url = '/vector-stores', signals?: SignalApi) {
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

function renderLegacy(element: ReactElement) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
        [fetchApiRef, { fetch }],
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      routeEntries: ['/vector-stores'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('page of the vector stores', () => {
  registerMswTestHooks(server);

  it('lists stores, warns of ephemeral ones and says where the states come from', async () => {
    serve();
    const { container } = open();
    const kept = (
      await screen.findAllByRole('link', { name: 'documents' })
    )[0].closest('tr')!;
    expect(kept).toHaveTextContent('Healthy');
    expect(kept).toHaveTextContent('Chroma 1.0.15');
    expect(kept).toHaveTextContent('20 GiB');
    const lost = screen.getByText('Qdrant').closest('tr')!;
    expect(lost).toHaveTextContent('Ephemeral: lost with the pod');
    expect(lost).toHaveTextContent('1 of 3');
    expect(screen.getByText(/from the Kubernetes API/)).toBeInTheDocument();
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

  it('takes its filters from the URL', async () => {
    serve();
    open('/vector-stores?engine=qdrant');
    expect(await screen.findByText('Degraded')).toBeInTheDocument();
    expect(screen.queryByText('documents')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('documents')).toBeInTheDocument();
  });

  it('tells a cluster without stores from one that could not be read', async () => {
    serve([]);
    const { unmount } = open();
    expect(await screen.findByText('No vector store runs')).toBeInTheDocument();
    unmount();
    serve([], [{ ...demoCluster, state: 'Unavailable' }]);
    open();
    expect(
      await screen.findByText('No cluster could be read'),
    ).toBeInTheDocument();
  });

  it('keeps the last known state of a stale cluster on screen', async () => {
    serve([documents], [{ ...demoCluster, state: 'Stale' }]);
    open();
    expect(await screen.findByText(/last known state/)).toBeInTheDocument();
    expect(screen.getByText('documents')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    server.use(http.get(API, () => new HttpResponse(null, { status: 403 })));
    open();
    expect(
      await screen.findByText('genai.vector-store.read'),
    ).toBeInTheDocument();
  });

  it('tells when the backend plugin is missing', async () => {
    server.use(http.get(API, () => new HttpResponse(null, { status: 404 })));
    open();
    expect(
      await screen.findByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });

  it('follows a signal without a reload', async () => {
    serve([documents]);
    let publish: Parameters<SignalApi['subscribe']>[1] = () => {};
    open('/vector-stores', {
      subscribe: (_channel, onMessage) => {
        publish = onMessage as typeof publish;
        return { unsubscribe: () => {} };
      },
    });
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    serve([{ ...documents, state: 'Down' }]);
    publish({ cluster: 'demo', version: 8, topics: ['vector-stores'] });
    expect(await screen.findByText('Down')).toBeInTheDocument();
  });

  it('has its own header in the old frontend system', async () => {
    serve();
    await renderLegacy(
      <Routes>
        <Route path="/vector-stores" element={<VectorStoresPage />} />
      </Routes>,
    );
    expect(
      await screen.findByRole('heading', { name: 'Vector stores', level: 1 }),
    ).toBeInTheDocument();
    expect(await screen.findByText('documents')).toBeInTheDocument();
  });
});

describe('card "Vector store"', () => {
  registerMswTestHooks(server);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'documents' },
    spec: { type: 'vector-store' },
  };

  it('asks for the entity and shows state, reason, evidence and storage', async () => {
    const queries = serve([scratch]);
    await renderLegacy(
      <EntityProvider entity={entity}>
        <EntityVectorStoreCard />
      </EntityProvider>,
    );
    expect(await screen.findByText('Degraded')).toBeInTheDocument();
    expect(queries[0].get('entityRef')).toBe('resource:default/documents');
    expect(screen.getByText('1 of 3 replicas is ready.')).toBeInTheDocument();
    expect(screen.getByText('Back-off pulling image')).toBeInTheDocument();
    expect(
      screen.getByText('Ephemeral: lost with the pod'),
    ).toBeInTheDocument();
    expect(screen.getByText(/from the Kubernetes API/)).toBeInTheDocument();
  });

  it.each([
    ['a vector store', entity, true],
    ['another resource', { ...entity, spec: { type: 'database' } }, false],
    ['another kind', { ...entity, kind: 'Component' }, false],
  ])('is on %s: %#', (_case, candidate, expected) => {
    expect(isVectorStore(candidate)).toBe(expected);
    expect(evaluateFilterPredicate(vectorStoreFilter, candidate)).toBe(
      expected,
    );
  });
});
