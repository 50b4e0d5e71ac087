import { ConfigReader } from '@backstage/config';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '../__testUtils__/FakeClock';
import { createModelLookup } from './createModelLookup';
import { readHuggingFaceConfig } from './huggingFaceConfig';

const NEWEST = '0123456789abcdef0123456789abcdef01234567';
const OLDER = 'f'.repeat(40);
const SHA256 = 'ab'.repeat(32);

const siblings = [
  { rfilename: 'config.json', size: 855 },
  { rfilename: 'model.safetensors', size: 9, lfs: { sha256: SHA256 } },
  { rfilename: 'q4/model.gguf', size: 9, lfs: { sha256: SHA256, size: 9 } },
  { rfilename: '../escape.bin', size: 9, lfs: { sha256: SHA256 } },
  { rfilename: 'with blank.bin', size: 9, lfs: { sha256: SHA256 } },
  { rfilename: 'short.bin', size: 9, lfs: { sha256: 'ab' } },
  { rfilename: 'odd.bin', size: 9, lfs: 'none' },
];

describe('checksums on a server that answers like the hub', () => {
  let server: Server;
  let asked: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      const commit = [NEWEST, OLDER].find(sha =>
        request.url!.startsWith(`/api/models/acme/chat/revision/${sha}?`),
      );
      const newest = request.url!.startsWith('/api/models/acme/chat?');
      if (!commit && !newest) {
        response.writeHead(404).end('{}');
        return;
      }
      response.end(
        JSON.stringify({ id: 'acme/chat', sha: commit ?? NEWEST, siblings }),
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    server.close();
  });

  const lookup = () => {
    const { port } = server.address() as AddressInfo;
    return createModelLookup({
      config: readHuggingFaceConfig(
        new ConfigReader({
          genai: { huggingFace: { baseUrl: `http://127.0.0.1:${port}` } },
        }),
      ),
      fetch,
      clock: new FakeClock(),
      signal: new AbortController().signal,
    });
  };

  it('tells those of large files whose paths are safe', async () => {
    expect(await lookup()('acme/chat')).toMatchObject({
      revision: NEWEST,
      checksums: { 'model.safetensors': SHA256, 'q4/model.gguf': SHA256 },
    });
    const { checksums } = await lookup()('acme/chat');
    expect(Object.keys(checksums!)).toHaveLength(2);
  });

  it('asks for the commit that is pinned, and keeps the answers apart', async () => {
    const ask = lookup();
    expect(await ask('acme/chat', OLDER)).toMatchObject({ revision: OLDER });
    expect(await ask('acme/chat')).toMatchObject({ revision: NEWEST });
    expect(await ask('acme/chat', OLDER)).toMatchObject({ revision: OLDER });
    expect(asked.filter(path => path.startsWith('/api/'))).toEqual([
      `/api/models/acme/chat/revision/${OLDER}?blobs=true`,
      '/api/models/acme/chat?blobs=true',
    ]);
  });

  it('says that there is no such commit', async () => {
    await expect(lookup()('acme/chat', 'e'.repeat(40))).rejects.toThrow(
      /no model "acme\/chat" with the commit e{40}/,
    );
  });
});
