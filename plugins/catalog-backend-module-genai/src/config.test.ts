import { ConfigReader } from '@backstage/config';
import { readCatalogGenaiConfig } from './config';

const read = (catalog?: object) =>
  readCatalogGenaiConfig(new ConfigReader(catalog && { genai: { catalog } }));

describe('readCatalogGenaiConfig', () => {
  it('needs no configuration', () => {
    expect(read()).toEqual({
      defaultOwner: 'group:default/unknown',
      lifecycle: 'production',
      schedule: {
        frequency: { minutes: 1 },
        timeout: { minutes: 1 },
        initialDelay: { seconds: 5 },
      },
    });
  });

  it('reads every key', () => {
    expect(
      read({
        defaultOwner: 'group:default/platform',
        lifecycle: 'experimental',
        schedule: { frequency: 'PT5M', timeout: { seconds: 30 } },
      }),
    ).toEqual({
      defaultOwner: 'group:default/platform',
      lifecycle: 'experimental',
      schedule: expect.objectContaining({
        frequency: { minutes: 5 },
        timeout: { seconds: 30 },
      }),
    });
  });

  it.each<[string, object]>([
    ['genai.catalog.defaultOwner', { defaultOwner: 'platform' }],
    ['genai.catalog.defaultOwner', { defaultOwner: 'group:platform' }],
    ['genai.catalog.defaultOwner', { defaultOwner: 5 }],
    ['genai.catalog.lifecycle', { lifecycle: '' }],
    ['genai.catalog.lifecycle', { lifecycle: ['production'] }],
    ['genai.catalog.schedule', { schedule: 'often' }],
    ['genai.catalog.schedule', { schedule: {} }],
    [
      'genai.catalog.schedule',
      { schedule: { frequency: { minutes: 'x' }, timeout: { minutes: 1 } } },
    ],
  ])('stops the start and names %s for %j', (key, catalog) => {
    expect(() => read(catalog)).toThrow(key);
  });

  it('stops the start when the section is no object', () => {
    expect(() =>
      readCatalogGenaiConfig(new ConfigReader({ genai: { catalog: 'on' } })),
    ).toThrow('genai.catalog');
  });
});
