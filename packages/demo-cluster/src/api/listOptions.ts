import { badRequest, invalid } from '../store/ApiStatusError';
import { FieldErrors } from './validate/errors';

const MATCH = 'resourceVersionMatch';
const NOT_OLDER = 'NotOlderThan';

function listFaults(query: URLSearchParams, errors: FieldErrors) {
  const match = query.get(MATCH);
  const version = query.get('resourceVersion');
  if (match) {
    if (!version) {
      errors.forbidden(
        MATCH,
        `${MATCH} is forbidden unless resourceVersion is provided`,
      );
    }
    if (query.get('continue')) {
      errors.forbidden(
        MATCH,
        `${MATCH} is forbidden when continue is provided`,
      );
    }
    if (match !== 'Exact' && match !== NOT_OLDER) {
      errors.unsupported(MATCH, match, ['Exact', NOT_OLDER, '']);
    }
    if (match === 'Exact' && version === '0') {
      errors.forbidden(
        MATCH,
        `${MATCH} "exact" is forbidden for resourceVersion "0"`,
      );
    }
  }
  if (query.has('sendInitialEvents')) {
    errors.forbidden(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for list',
    );
  }
}

function watchFaults(query: URLSearchParams, errors: FieldErrors) {
  const match = query.get(MATCH);
  if (query.has('sendInitialEvents')) {
    if (match !== NOT_OLDER) {
      errors.forbidden(
        MATCH,
        `sendInitialEvents requires setting ${MATCH} to ${NOT_OLDER}`,
      );
    }
  } else if (match) {
    errors.forbidden(
      MATCH,
      `${MATCH} is forbidden for watch unless sendInitialEvents is provided`,
    );
  }
  if (match && match !== NOT_OLDER) {
    errors.unsupported(MATCH, match, [NOT_OLDER]);
  }
  if (match && query.get('continue')) {
    errors.forbidden(MATCH, `${MATCH} is forbidden when continue is provided`);
  }
}

/** Holds the query of a list or watch to Kubernetes' rules. Throws 422 that names the parameter. */
export function checkListOptions(query: URLSearchParams, verb: string) {
  const errors = new FieldErrors();
  (verb === 'watch' ? watchFaults : listFaults)(query, errors);
  if (errors.errors.length) {
    throw invalid(
      { group: 'meta.k8s.io', kind: 'ListOptions' },
      '',
      errors.errors,
    );
  }
}

/** The version which the query asks for; absent when it asks for none. Throws 400 for what is no version. */
export function requestedVersion(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}
