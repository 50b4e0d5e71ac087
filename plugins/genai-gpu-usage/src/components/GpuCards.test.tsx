import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import type { Entity } from '@backstage/catalog-model';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { gpuComponentFilter } from '../entityFilters';
import { EntityGpuCard, GroupGpuCard, isGpuComponent } from '../legacy';
import { rootRouteRef } from '../routes';
import {
  allocation,
  demoCluster,
  overview,
  waiting,
} from '../__fixtures__/gpuAnswers';

const BASE_URL = 'http://localhost:7007';
const API = `${BASE_URL}/api/genai/v1`;
const server = setupServer();

jest.setTimeout(30_000);

const component = (part: {
  kind?: string;
  type?: string;
  annotations?: Record<string, string>;
}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: part.kind ?? 'Component',
  metadata: { name: 'Ranker', annotations: part.annotations },
  spec: { type: part.type ?? 'service' },
});

const renderCard = (card: JSX.Element, entity: Entity) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
        [fetchApiRef, { fetch }],
      ]}
    >
      <EntityProvider entity={entity}>{card}</EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/gpu-usage': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );

describe('card "GPUs" of a Component', () => {
  registerMswTestHooks(server);
  const entity = component({
    annotations: { 'backstage.io/kubernetes-id': 'ranker-id' },
  });

  it('asks for the entity by ref and Kubernetes id and tells who holds what where', async () => {
    let query = new URLSearchParams();
    server.use(
      http.get(`${API}/gpu-allocations`, ({ request }) => {
        query = new URL(request.url).searchParams;
        return HttpResponse.json({
          items: [allocation, waiting],
          totalCount: 40,
          totals: [
            {
              vendor: 'nvidia',
              resource: 'nvidia.com/gpu',
              product: 'NVIDIA-H100-80GB-HBM3',
              sharing: 'Whole',
              heldCount: 2,
              waitingCount: 8,
              podCount: 40,
              readyPodCount: 37,
              nodeCount: 6,
            },
          ],
          clusters: [demoCluster],
        });
      }),
    );
    await renderCard(<EntityGpuCard />, entity);
    expect(await screen.findByText('2 held, 8 waited for')).toBeInTheDocument();
    expect(query.get('limit')).toBe('5');
    expect(
      screen.getByText('and 38 more pods, on 6 nodes in all; 3 not ready'),
    ).toBeInTheDocument();
    expect(query.get('entityRef')).toBe('component:default/ranker');
    expect(query.get('kubernetesId')).toBe('ranker-id');
    expect(
      screen.getByText('NVIDIA H100 80GB HBM3 · Whole GPU'),
    ).toBeInTheDocument();
    expect(screen.getByText('2 on h100-0')).toBeInTheDocument();
    expect(screen.getByText('8 on no node yet')).toBeInTheDocument();
    expect(screen.getByText(/Insufficient nvidia.com/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Open GPU usage' }),
    ).toHaveAttribute('href', '/gpu-usage?view=allocations&q=Ranker');
  });

  it('says that nothing is held only when the pods could be read', async () => {
    const answer = { items: [], totalCount: 0 };
    server.use(
      http.get(`${API}/gpu-allocations`, () =>
        HttpResponse.json({ ...answer, clusters: [demoCluster] }),
      ),
    );
    const { unmount } = await renderCard(<EntityGpuCard />, entity);
    expect(await screen.findByText('No GPUs in use')).toBeInTheDocument();
    unmount();

    server.use(
      http.get(`${API}/gpu-allocations`, () =>
        HttpResponse.json({
          ...answer,
          clusters: [{ ...demoCluster, state: 'Unavailable' }],
        }),
      ),
    );
    await renderCard(<EntityGpuCard />, entity);
    expect(
      await screen.findByText('No cluster could be read'),
    ).toBeInTheDocument();
  });

  it.each([
    ['a model server', component({ type: 'model-server' }), true],
    ['a Kubernetes id', entity, true],
    [
      'our annotation',
      component({ annotations: { 'promptside.io/model-server': 'x' } }),
      true,
    ],
    ['neither', component({}), false],
    [
      'another kind',
      component({ kind: 'Resource', type: 'model-server' }),
      false,
    ],
  ])('is on %s: %#', (_case, candidate, expected) => {
    expect(isGpuComponent(candidate)).toBe(expected);
    expect(evaluateFilterPredicate(gpuComponentFilter, candidate)).toBe(
      expected,
    );
  });
});

describe('card "GPUs" of a Group', () => {
  registerMswTestHooks(server);

  it('tells what the team holds, and nothing of others', async () => {
    let query = new URLSearchParams();
    server.use(
      http.get(`${API}/gpu-overview`, ({ request }) => {
        query = new URL(request.url).searchParams;
        return HttpResponse.json(overview);
      }),
    );
    await renderCard(<GroupGpuCard />, {
      ...component({ kind: 'Group' }),
      metadata: { name: 'team-search' },
    });
    const row = await screen.findByRole('row', { name: /H100/ });
    expect(row).toHaveTextContent('53');
    expect(query.get('owner')).toBe('group:default/team-search');
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });
});
