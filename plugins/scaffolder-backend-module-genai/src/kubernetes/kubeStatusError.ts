import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

interface KubeStatus {
  message?: string;
  reason?: string;
  causes: { field?: string; message?: string }[];
}

/** Reads the parts of a `v1.Status` that matter, tolerantly: a proxy in between may answer with anything. */
function parseStatus(body: string): KubeStatus {
  try {
    const parsed = JSON.parse(body) as {
      message?: unknown;
      reason?: unknown;
      details?: { causes?: { field?: string; message?: string }[] };
      error?: { message?: unknown };
    };
    const message = parsed.message ?? parsed.error?.message;
    return {
      message: typeof message === 'string' ? message : undefined,
      reason: typeof parsed.reason === 'string' ? parsed.reason : undefined,
      causes: Array.isArray(parsed.details?.causes)
        ? parsed.details.causes
        : [],
    };
  } catch {
    return { causes: [] };
  }
}

/**
 * Turns a refusal of a Kubernetes API into the right Backstage error, with the object, the field and the way out.
 *
 * @param what - the object, e.g. `Deployment team-a/chat`
 */
export async function kubeStatusError(
  response: Response,
  what: string,
  cluster: string,
): Promise<Error> {
  const body = (await response.text().catch(() => '')).slice(0, 20_000);
  const status = parseStatus(body);
  const detail =
    status.message ?? `HTTP ${response.status} ${response.statusText}`.trim();
  const on = `${what} on cluster "${cluster}"`;
  switch (response.status) {
    case 400:
    case 422: {
      const fields = status.causes
        .filter(cause => cause.field)
        .map(cause => `${cause.field}: ${cause.message ?? 'invalid'}`);
      return new InputError(
        `${on} is not accepted: ${
          fields.length > 0 ? fields.join('; ') : detail
        }`,
      );
    }
    case 401:
      return new AuthenticationError(
        `cluster: "${cluster}" does not accept the portal's credentials (${detail}); ask the platform team to renew the token in the kubernetes configuration`,
      );
    case 403:
      // A quota and an admission rule also answer 403; their message says so and is the useful part.
      return new NotAllowedError(
        /exceeded quota|violates PodSecurity|admission webhook/.test(detail)
          ? `${on} is refused: ${detail}`
          : `${on} is refused: ${detail}; ask the platform team to onboard the namespace (bind the ClusterRole promptside-deployer in it)`,
      );
    case 404:
      return new NotFoundError(`${on}: ${detail}`);
    case 409:
      return new ConflictError(`${on}: ${detail}`);
    default:
      return new ServiceUnavailableError(`${on}: ${detail}`);
  }
}
