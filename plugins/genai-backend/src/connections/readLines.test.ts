import { readLines } from './readLines';

function bodyOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function linesOf(chunks: Uint8Array[]): Promise<string[][]> {
  const batches: string[][] = [];
  for await (const lines of readLines(bodyOf(chunks))) batches.push(lines);
  return batches;
}

describe('readLines', () => {
  const text = '{"a":"ä"}\n{"b":"日本"}\r\n\n{"c":3}\n';
  const bytes = new TextEncoder().encode(text);
  const lines = ['{"a":"ä"}', '{"b":"日本"}', '{"c":3}'];

  it.each([1, 2, 3, 5, 7, 1000])(
    'gives the same lines when the bytes come in chunks of %i',
    async size => {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        chunks.push(bytes.slice(at, at + size));
      }
      expect((await linesOf(chunks)).flat()).toEqual(lines);
    },
  );

  it('hands over together what arrived together', async () => {
    expect(await linesOf([bytes])).toEqual([lines]);
  });

  it('drops a last line that was cut off', async () => {
    const cut = new TextEncoder().encode('{"a":1}\n{"b":');
    expect(await linesOf([cut])).toEqual([['{"a":1}']]);
  });

  it('refuses a line longer than any object', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(97);
    await expect(linesOf(Array(9).fill(chunk))).rejects.toThrow(
      'A line of the watch has more than',
    );
  });

  it('lets the connection go when the reader leaves early', async () => {
    const cancel = jest.fn();
    const body = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(bytes),
      cancel,
    });
    for await (const batch of readLines(body)) {
      expect(batch).toEqual(lines);
      break;
    }
    expect(cancel).toHaveBeenCalled();
  });
});
