import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The page; one ref for both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'genai-vector-stores' });

/** Page of one vector store. */
export const storeRouteRef = createSubRouteRef({
  id: 'genai-vector-stores-store',
  parent: rootRouteRef,
  path: '/:cluster/:namespace/:name',
});
