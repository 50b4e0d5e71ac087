import { Answer, Client, KubeJson } from './client';

/** The cluster under test, as every part of the suite sees it. */
export interface Suite {
  /** Which server answers: tests of what only one of them has ask here. */
  readonly kind: 'demo' | 'real';
  readonly url: string;
  readonly caData: string;
  readonly tokens: { admin: string; portal: string; devSearch: string };
  readonly admin: Client;
  readonly portal: Client;
  readonly devSearch: Client;
  /** A new namespace of its own, usable at once; it is deleted when the suite ends. */
  namespace(labels?: Record<string, string>): Promise<string>;
}

/** Reads a suite that is only there once the tests run. */
export type SuiteRef = () => Suite;

/** Path of namespaced core objects. */
export function core(ns: string, plural: string, ...rest: string[]): string {
  return ['/api/v1/namespaces', ns, plural, ...rest].join('/');
}

/** Path of namespaced objects of a group. */
export function inGroup(
  groupVersion: string,
  ns: string,
  plural: string,
  ...rest: string[]
): string {
  return ['/apis', groupVersion, 'namespaces', ns, plural, ...rest].join('/');
}

/** Path of namespaced apps/v1 objects. */
export function apps(ns: string, plural: string, ...rest: string[]): string {
  return inGroup('apps/v1', ns, plural, ...rest);
}

/** The items of a list answer. */
export function items(answer: Answer): KubeJson[] {
  return answer.body.items as unknown as KubeJson[];
}

/** An array field. */
export function array(value: KubeJson): KubeJson[] {
  return value as unknown as KubeJson[];
}

/** A text field. */
export function text(value: KubeJson): string {
  return String(value);
}

/** The names of the items of a list answer, in the server's order. */
export function names(answer: Answer): string[] {
  return items(answer).map(item => text(item.metadata.name));
}

/** Asserts the status of an answer and shows the body when it is another. */
export function expectCode(answer: Answer, code: number): Answer {
  if (answer.status !== code) {
    throw new Error(
      `expected ${code}, got ${answer.status}: ${answer.text.slice(0, 1500)}`,
    );
  }
  return answer;
}

/** Asserts a `Status` failure: code, reason, and the message or its details where given. */
export function expectStatus(
  answer: Answer,
  expected: {
    code: number;
    reason?: string;
    message?: string | RegExp;
    details?: unknown;
  },
): void {
  expectCode(answer, expected.code);
  expect(answer.body).toMatchObject({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code: expected.code,
  });
  expect(answer.body.reason).toBe(expected.reason);
  if (expected.message instanceof RegExp) {
    expect(answer.body.message).toMatch(expected.message);
  } else if (expected.message !== undefined) {
    expect(answer.body.message).toBe(expected.message);
  }
  if (expected.details !== undefined) {
    expect(answer.body.details).toMatchObject(expected.details as object);
  }
}

/** Asserts a 422 with exactly these causes. */
export function expectInvalid(
  answer: Answer,
  ...causes: { field: string; reason: string; message: string | RegExp }[]
) {
  expectStatus(answer, {
    code: 422,
    reason: 'Invalid',
    details: {
      causes: causes.map(cause => ({
        ...cause,
        message:
          cause.message instanceof RegExp
            ? expect.stringMatching(cause.message)
            : cause.message,
      })),
    },
  });
}

/** Repeats `read` until `accept` holds; fails with the last value after 60 s. */
export async function eventually<T>(
  read: () => Promise<T>,
  accept: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(`not within 60 s; last: ${JSON.stringify(value)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
