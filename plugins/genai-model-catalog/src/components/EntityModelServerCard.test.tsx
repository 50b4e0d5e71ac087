import type { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
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
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { modelServerFilter } from '../entityFilters';
import { isModelServer } from '../legacy';
import plugin from '../plugin';
import { demoCluster, failed, ready } from '../__fixtures__/modelAnswers';

const BASE_URL = 'http://localhost:7007';
const server = setupServer();

jest.setTimeout(30_000);

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ranker',
    annotations: { 'backstage.io/kubernetes-id': 'ranker-id' },
  },
  spec: { type: 'model-server' },
};

function renderCard(items: object[], clusters: object[] = [demoCluster]) {
  let query = new URLSearchParams();
  server.use(
    http.get(`${BASE_URL}/api/genai/v1/model-servers`, ({ request }) => {
      query = new URL(request.url).searchParams;
      return HttpResponse.json({ items, totalCount: items.length, clusters });
    }),
  );
  const card = createExtensionTester(
    plugin.getExtension('entity-card:genai-model-catalog/model-server'),
  ).reactElement();
  renderInTestApp(<EntityProvider entity={entity}>{card}</EntityProvider>, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [mockApis.discovery({ baseUrl: BASE_URL })],
  });
  return { query: () => query };
}

describe('card "Model server"', () => {
  registerMswTestHooks(server);

  it('asks for the entity by ref and Kubernetes id and shows state, endpoint, model and GPUs', async () => {
    const { query } = renderCard([ready]);
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    expect(query().get('entityRef')).toBe('component:default/ranker');
    expect(query().get('kubernetesId')).toBe('ranker-id');
    expect(
      screen.getByText('http://ranker.search.svc:8000/v1'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy the endpoint' }),
    ).toBeInTheDocument();
    expect(screen.getByText('2 of 2 ready')).toBeInTheDocument();
    expect(
      screen.getByText('4 × nvidia.com/gpu (2 a replica)'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Demo cluster, namespace search'),
    ).toBeInTheDocument();
  });

  it('says in one sentence why it does not serve, with the evidence', async () => {
    renderCard([failed]);
    expect(await screen.findByText(failed.message!)).toBeInTheDocument();
    expect(screen.getByText('Failed')).toBeInTheDocument();
    expect(screen.getByText(/back-off 5m0s/)).toBeInTheDocument();
    expect(screen.getByText('Pod chat-0 · 12 times')).toBeInTheDocument();
  });

  it('tells the step of a starting server', async () => {
    renderCard([{ ...ready, state: 'Starting', stage: 'DownloadingWeights' }]);
    expect(
      await screen.findByText('Step 4 of 6: Downloading the weights'),
    ).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '67',
    );
  });

  it('says that nothing runs only when the workloads could be read', async () => {
    renderCard([]);
    expect(await screen.findByText('Not on any cluster')).toBeInTheDocument();
  });

  it('does not say so when they could not', async () => {
    renderCard(
      [],
      [
        {
          ...demoCluster,
          state: 'Degraded',
          resources: [{ resource: 'deployments.apps', state: 'Forbidden' }],
        },
      ],
    );
    expect(
      await screen.findByText('The portal may not read the clusters'),
    ).toBeInTheDocument();
  });

  it.each([
    ['type model-server', entity, true],
    [
      'our annotation',
      {
        ...entity,
        spec: { type: 'service' },
        metadata: {
          name: 'x',
          annotations: { 'promptside.io/model-server': 'x' },
        },
      },
      true,
    ],
    ['another service', { ...entity, spec: { type: 'service' } }, false],
    ['another kind', { ...entity, kind: 'API' }, false],
  ])('is on an entity of %s: %#', (_case, candidate, expected) => {
    expect(isModelServer(candidate)).toBe(expected);
    expect(evaluateFilterPredicate(modelServerFilter, candidate)).toBe(
      expected,
    );
  });
});
