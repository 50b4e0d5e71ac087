import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/** The page; one ref for both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'genai-model-catalog' });

/** Page of one model; its id is `organisation/name`. */
export const modelRouteRef = createSubRouteRef({
  id: 'genai-model-catalog-model',
  parent: rootRouteRef,
  path: '/:organisation/:name',
});

/** Form of a template. Bound by itself where the scaffolder is installed; without it no model offers "Deploy". */
export const templateRouteRef = createExternalRouteRef({
  id: 'template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});
