import { createRouteRef } from '@backstage/core-plugin-api';

/** The page; one ref for both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'genai-vector-stores' });
