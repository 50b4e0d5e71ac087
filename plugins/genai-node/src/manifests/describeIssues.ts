/** The part of a schema issue that is needed here. */
interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

/**
 * All issues in one sentence each, led by the field they are about: `inference.yaml: spec.replicas: …`.
 */
export function describeIssues(
  subject: string,
  issues: readonly Issue[],
): string {
  const sentences = issues.map(issue => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys' && issue.keys) {
      const fields = issue.keys.map(key => [...path, key].join('.'));
      return `${fields.join(', ')}: is not a field of the spec; remove it or check its spelling`;
    }
    return path.length > 0
      ? `${path.join('.')}: ${issue.message}`
      : issue.message;
  });
  return `${subject}: ${sentences.join('; ')}`;
}
