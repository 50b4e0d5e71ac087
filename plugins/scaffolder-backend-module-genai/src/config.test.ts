import { ConfigReader } from '@backstage/config';
import { readScaffolderGenaiConfig } from './config';

const read = (genai: object) =>
  readScaffolderGenaiConfig(new ConfigReader({ genai } as never));

describe('readScaffolderGenaiConfig', () => {
  it('enforces owners and takes the pinned images when nothing is said', () => {
    expect(read({})).toEqual({ namespaceOwnership: 'enforce', images: {} });
  });

  it('reads images of exact devices, whose names are no paths of keys', () => {
    const images = { tei: { 'nvidia/8.9': 'acme.test/tei:89-1.9.3' } };
    expect(read({ images }).images).toEqual(images);
  });

  it.each([
    [
      { scaffolder: { namespaceOwnership: 'no' } },
      'genai.scaffolder.namespaceOwnership must be',
    ],
    [
      { images: { vllm: { nvidia: 'acme.test/vllm:latest' } } },
      'genai.images.vllm.nvidia: must not use the tag "latest"',
    ],
  ])('stops the start for %j and names the key', (genai, message) => {
    expect(() => read(genai)).toThrow(message);
  });
});
