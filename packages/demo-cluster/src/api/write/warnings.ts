import { ServerResponse } from 'node:http';
import { badRequest } from '../../store/ApiStatusError';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { WriteOptions } from './options';

/** Tells the caller something that `kubectl` prints as a warning. */
export function warn(response: ServerResponse, messages: string[]) {
  if (messages.length) {
    const header = response.getHeader('Warning');
    const before = typeof header === 'string' ? [header] : [];
    response.setHeader(
      'Warning',
      [
        ...before,
        ...messages.map(
          text => `299 - ${JSON.stringify(text.replace(/[^\x20-\x7e]/g, '?'))}`,
        ),
      ].join(', '),
    );
  }
}

/** Unknown and duplicate fields in words. */
export function strictErrors(
  unknown: string[],
  duplicates: string[],
): string[] {
  return [
    ...duplicates.map(path => `duplicate field ${JSON.stringify(path)}`),
    ...unknown.map(path => `unknown field ${JSON.stringify(path)}`),
  ];
}

/** Refuses, warns of or ignores unknown and duplicate fields, as the request asks. */
export function reportFields(
  response: ServerResponse,
  resource: ResourceInfo,
  options: WriteOptions,
  errors: string[],
) {
  if (!errors.length || options.fieldValidation === 'Ignore') {
    return;
  }
  if (options.fieldValidation === 'Strict') {
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${errors.join(', ')}`,
    );
  }
  warn(response, errors);
}
