import { networkError } from '../__testUtils__/FakeTransport';
import { faultOfAnswer, faultOfError, faultOfStatus } from './faults';

const at = '2026-01-01T00:00:00.000Z';

function status(code: number, reason: string, message: string): string {
  return JSON.stringify({
    kind: 'Status',
    status: 'Failure',
    code,
    reason,
    message,
  });
}

function pluginError(name: string, message: string, cause?: unknown): string {
  return JSON.stringify({ error: { name, message, cause } });
}

describe('faultOfAnswer', () => {
  it.each([
    [401, status(401, 'Unauthorized', 'Unauthorized'), 'Unauthorized'],
    [
      403,
      status(403, 'Forbidden', 'nodes is forbidden: User "x"'),
      'Forbidden',
    ],
    [404, '404 page not found\n', 'NotInstalled'],
    [404, status(404, 'NotFound', 'the server could not find'), 'NotInstalled'],
    [429, status(429, 'TooManyRequests', 'too many'), 'Unreachable'],
    [500, status(500, 'InternalError', 'etcd'), 'Unknown'],
    [503, 'upstream connect error', 'Unreachable'],
    [504, status(504, 'Timeout', 'request did not complete'), 'Timeout'],
    // the plugin in front of the cluster speaks
    [404, pluginError('NotFoundError', "Cluster 'x' not found"), 'Unreachable'],
    [403, pluginError('NotAllowedError', 'Unauthorized'), 'Forbidden'],
    [
      500,
      pluginError('ForwardedError', 'failed', { code: 'ECONNREFUSED' }),
      'Unreachable',
    ],
    [
      500,
      pluginError('ForwardedError', 'failed', { code: 'ETIMEDOUT' }),
      'Timeout',
    ],
  ])('reads %i %s as %s', (code, body, reason) => {
    expect(faultOfAnswer(code, body, at)).toMatchObject({
      reason,
      statusCode: code,
      at,
    });
  });

  it('keeps the words of the server, but not a whole page of HTML', () => {
    expect(
      faultOfAnswer(403, status(403, 'Forbidden', 'nodes is forbidden'), at)
        .message,
    ).toBe('nodes is forbidden');
    expect(faultOfAnswer(502, 'x'.repeat(10_000), at).message).toHaveLength(
      501,
    );
    expect(faultOfAnswer(502, '', at).message).toBe(
      'The API server answered 502',
    );
  });
});

describe('faultOfError', () => {
  it.each([
    [networkError('ECONNREFUSED'), 'Unreachable'],
    [networkError('ENOTFOUND'), 'Unreachable'],
    [networkError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'Unreachable'],
    [networkError('UND_ERR_HEADERS_TIMEOUT'), 'Timeout'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'Timeout'],
    [new SyntaxError('Unexpected token <'), 'InvalidResponse'],
    [
      Object.assign(new Error('denied'), {
        name: 'ResponseError',
        statusCode: 403,
      }),
      'Forbidden',
    ],
    [new Error('no idea'), 'Unknown'],
    ['text', 'Unknown'],
  ])('reads %s as %s', (error, reason) => {
    expect(faultOfError(error, at)).toMatchObject({ reason, at });
  });

  it('names the code of the network', () => {
    expect(faultOfError(networkError('ECONNREFUSED'), at).message).toBe(
      'fetch failed (ECONNREFUSED)',
    );
  });
});

describe('faultOfStatus', () => {
  it('reads the code of an ERROR event', () => {
    expect(faultOfStatus({ code: 403, message: 'no' }, at)).toEqual({
      reason: 'Forbidden',
      message: 'no',
      statusCode: 403,
      at,
    });
  });

  it('does not make a code up', () => {
    expect(faultOfStatus(undefined, at)).toEqual({
      reason: 'Unknown',
      message: 'The watch ended with an error that tells nothing',
      at,
    });
  });
});
