import { ResponseError } from '@backstage/errors';

/**
 * What a failed request to genai-backend means for a person. `NotInstalled`: nothing answers under the plugin's path.
 */
export type RequestFault = 'Forbidden' | 'NotInstalled' | 'Failed';

/** Recognises an error by name and status, never by message. */
export function requestFaultOf(error: Error): RequestFault {
  if (ResponseError.is(error)) {
    if (error.statusCode === 403) return 'Forbidden';
    // Our own router names its 404 `NotFoundError`; anything else is a backend that does not know the plugin.
    if (error.statusCode === 404 && error.cause.name !== 'NotFoundError') {
      return 'NotInstalled';
    }
  }
  // A portal whose single-page fallback answers for an unknown path gives HTML, which is no JSON.
  return error.name === 'SyntaxError' ? 'NotInstalled' : 'Failed';
}

/** What the server said, where it said something: the message of a `ResponseError` itself has only the status. @public */
export function describeError(error: Error): string {
  return ResponseError.is(error) ? error.cause.message : error.message;
}
