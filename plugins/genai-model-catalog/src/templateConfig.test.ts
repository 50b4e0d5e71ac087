import { mockApis } from '@backstage/frontend-test-utils';
import { readTemplate } from './templateConfig';

const configOf = (template?: string) =>
  mockApis.config({ data: { genai: { modelCatalog: { template } } } });

describe('readTemplate', () => {
  it.each([
    [undefined, 'default', 'gpu-inference-service'],
    ['ours', 'default', 'ours'],
    ['template:platform/ours', 'platform', 'ours'],
  ])('%s is %s/%s', (ref, namespace, templateName) =>
    expect(readTemplate(configOf(ref))).toEqual({ namespace, templateName }),
  );

  it.each(['component:default/ours', 'a:b:c/'])('names the key for %s', ref =>
    expect(() => readTemplate(configOf(ref))).toThrow(
      'genai.modelCatalog.template',
    ),
  );
});
