import { FieldError, invalid } from '../../store/ApiStatusError';
import { FieldErrors } from '../validate/errors';

/** What every writing request can say about itself. */
export interface WriteOptions {
  dryRun: boolean;
  fieldManager?: string;
  fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  force?: boolean;
}

type OptionsKind =
  'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions';

/** 422 for options, in the wording of Kubernetes. */
export function invalidOptions(kind: string, errors: FieldError[]) {
  return invalid({ group: 'meta.k8s.io', kind }, '', errors);
}

/** Reads the options of a write from its query. Throws 422 for a value that is none. */
export function writeOptions(
  query: URLSearchParams,
  kind: OptionsKind,
  isApply = false,
): WriteOptions {
  const errors = new FieldErrors();
  const dryRun = query.getAll('dryRun').filter(Boolean);
  if (dryRun.some(value => value !== 'All')) {
    errors.unsupported('dryRun', dryRun, ['All']);
  }
  const fieldValidation = query.get('fieldValidation') ?? '';
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(fieldValidation)) {
    errors.unsupported('fieldValidation', fieldValidation, [
      '',
      'Ignore',
      'Strict',
      'Warn',
    ]);
  }
  const fieldManager = query.get('fieldManager') || undefined;
  if (isApply && !fieldManager) {
    errors.required('fieldManager', 'is required for apply patch');
  }
  if (fieldManager && fieldManager.length > 128) {
    errors.tooLong('fieldManager', 128);
  }
  const force = query.get('force');
  if (force !== null && kind === 'PatchOptions' && !isApply) {
    errors.forbidden('force', 'may not be specified for non-apply patch');
  }
  if (errors.errors.length) {
    throw invalidOptions(kind, errors.errors);
  }
  return {
    dryRun: dryRun.length > 0,
    fieldManager,
    fieldValidation: (fieldValidation ||
      'Warn') as WriteOptions['fieldValidation'],
    force: force === 'true' || force === '1',
  };
}
