/** A line longer than this is no watch event: etcd holds objects of at most about 1.5 MB, JSON can double that. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/** The stream held a line longer than any object of Kubernetes. */
export class LineTooLongError extends Error {
  constructor() {
    super(`A line of the watch has more than ${MAX_LINE_LENGTH} characters`);
    this.name = 'LineTooLongError';
  }
}

/**
 * Splits a byte stream into lines, in the batches in which they arrive: a chunk may end within a line or within a
 * UTF-8 character. Empty lines are dropped, and so is a last line without its newline: the API server ends every event
 * with one, so what has none was cut off.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  // parts of one unfinished line: joining once avoids copying a long line for each of its chunks
  let parts: string[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done
        ? decoder.decode()
        : decoder.decode(value, { stream: true });
      const pieces = text.split('\n');
      const last = pieces.pop() ?? '';
      const lines: string[] = [];
      for (const piece of pieces) {
        parts.push(piece);
        const line = parts.join('').trim();
        parts = [];
        length = 0;
        if (line) lines.push(line);
      }
      parts.push(last);
      length += last.length;
      if (length > MAX_LINE_LENGTH) throw new LineTooLongError();
      if (lines.length > 0) yield lines;
      if (done) return;
    }
  } finally {
    // the consumer left early: let the connection go instead of buffering what nobody reads
    await reader.cancel().catch(() => undefined);
  }
}
