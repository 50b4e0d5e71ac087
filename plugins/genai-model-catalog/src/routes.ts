import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** The page; one ref for both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'genai-model-catalog' });

/** Form of a template. Bound by itself where the scaffolder is installed; without it no model offers "Deploy". */
export const templateRouteRef = createExternalRouteRef({
  id: 'template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});
