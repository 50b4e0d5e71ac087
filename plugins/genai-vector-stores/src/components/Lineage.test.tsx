import type { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  registerMswTestHooks,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import type { RagLineage } from '@promptside/backstage-plugin-genai-common';
import { screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ragServiceFilter } from '../entityFilters';
import { EntityLineageContent, isRagService } from '../legacy';
import { demoCluster } from '../__fixtures__/storeAnswers';

const BASE_URL = 'http://localhost:7007';
const LINEAGE = `${BASE_URL}/api/genai/v1/lineage/demo/team-search/handbook`;
const server = setupServer();

jest.setTimeout(30_000);

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'handbook',
    annotations: {
      'promptside.io/cluster': 'demo',
      'promptside.io/namespace': 'team-search',
      'promptside.io/rag-service': 'handbook',
    },
  },
  spec: { type: 'rag-service' },
};

const BROKEN: RagLineage = {
  cluster: 'demo',
  namespace: 'team-search',
  name: 'handbook',
  state: 'Broken',
  service: { state: 'Ready', replicas: { desired: 2, ready: 2 } },
  nodes: [
    { id: 'service', kind: 'RagService', title: 'handbook' },
    {
      id: 'EmbeddingModel',
      kind: 'EmbeddingModel',
      title: 'BAAI/bge-small-en-v1.5-of-a-very-long-name',
      detail: '384 dimensions',
    },
    {
      id: 'Collection',
      kind: 'Collection',
      title: 'handbook_docs',
      detail: '768 dimensions',
    },
  ],
  edges: [
    { from: 'service', to: 'EmbeddingModel', state: 'Whole' },
    {
      from: 'EmbeddingModel',
      to: 'Collection',
      state: 'Broken',
      reason: 'DimensionMismatch',
      message:
        'The collection has 768 dimensions, and the embedding model makes 384',
    },
  ],
};

const open = (entity = service) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [discoveryApiRef, mockApis.discovery({ baseUrl: BASE_URL })],
        [fetchApiRef, { fetch }],
      ]}
    >
      <EntityProvider entity={entity}>
        <EntityLineageContent />
      </EntityProvider>
    </TestApiProvider>,
  );

describe('the lineage of a RAG service', () => {
  registerMswTestHooks(server);

  beforeAll(() => {
    // jsdom draws nothing, and the graph measures what it has drawn
    Object.defineProperty(SVGElement.prototype, 'getBBox', {
      value: () => ({ width: 100, height: 40, x: 0, y: 0 }),
      configurable: true,
    });
  });

  afterAll(() => {
    Reflect.deleteProperty(SVGElement.prototype, 'getBBox');
  });

  it('tells the broken connection with its reason, in words beside the picture', async () => {
    server.use(
      http.get(LINEAGE, () =>
        HttpResponse.json({ item: BROKEN, clusters: [demoCluster] }),
      ),
    );
    const { container } = await open();
    expect(
      await screen.findByRole('img', {
        name: /handbook stands on: 3 parts, 1 broken/,
      }),
    ).toBeInTheDocument();
    const row = (
      await screen.findByText(
        'The collection has 768 dimensions, and the embedding model makes 384',
      )
    ).closest('tr')!;
    expect(within(row).getByText('Broken')).toBeInTheDocument();
    expect(await screen.findAllByTestId('lineage-Broken')).toHaveLength(1);
    expect(
      within(row).getByText('Collection handbook_docs, 768 dimensions'),
    ).toBeInTheDocument();
    const { violations } = await axe.run(container, {
      // jsdom computes no colours
      rules: {
        'color-contrast': { enabled: false },
        region: { enabled: false },
      },
    });
    expect(
      violations.filter(({ impact }) =>
        ['serious', 'critical'].includes(impact ?? ''),
      ),
    ).toEqual([]);
  });

  it('says that there is no such service on the cluster', async () => {
    server.use(
      http.get(LINEAGE, () =>
        HttpResponse.json(
          {
            error: { name: 'NotFoundError', message: 'No RAG service' },
            response: { statusCode: 404 },
          },
          { status: 404 },
        ),
      ),
    );
    await open();
    expect(await screen.findByText(/No RAG service/)).toBeInTheDocument();
  });

  it('asks for the annotations without which nobody knows where it runs', async () => {
    await open({ ...service, metadata: { name: 'handbook' } });
    expect(
      await screen.findByText('Nobody says where it runs'),
    ).toBeInTheDocument();
  });

  it('is a tab of RAG services alone', () => {
    const other = { ...service, spec: { type: 'service' } };
    for (const entity of [service, other]) {
      expect(evaluateFilterPredicate(ragServiceFilter, entity)).toBe(
        isRagService(entity),
      );
    }
    expect([isRagService(service), isRagService(other)]).toEqual([true, false]);
  });
});
