const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

const full = (pattern: string) => new RegExp(`^${pattern}$`);

const SUBDOMAIN_RULE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const LABEL_RULE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;
const DNS_1035_RULE = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${DNS_1035}')`;
const LABEL_VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${QUALIFIED})?')`;

function tooLong(max: number): string {
  return `must be no more than ${max} bytes`;
}

function check(
  value: string,
  pattern: string,
  rule: string,
  max: number,
): string | undefined {
  if (value.length > max) {
    return tooLong(max);
  }
  return full(pattern).test(value) ? undefined : rule;
}

/** Says why a text is no DNS subdomain; `undefined` when it is one. */
export function subdomainFault(value: string): string | undefined {
  return check(value, SUBDOMAIN, SUBDOMAIN_RULE, 253);
}

/** Says why a text is no DNS label. */
export function labelFault(value: string): string | undefined {
  return check(value, LABEL, LABEL_RULE, 63);
}

/** Says why a text is no DNS label that starts with a letter. */
export function dns1035Fault(value: string): string | undefined {
  return check(value, DNS_1035, DNS_1035_RULE, 63);
}

/** Says why a text may not be part of a path. */
export function pathSegmentFault(value: string): string | undefined {
  if (value === '.' || value === '..') {
    return `may not be '${value}'`;
  }
  const bad = ['/', '%'].find(each => value.includes(each));
  return bad && `may not contain '${bad}'`;
}

/** Says why a text is no label value. */
export function labelValueFault(value: string): string | undefined {
  return check(value, LABEL_VALUE, LABEL_VALUE_RULE, 63);
}

/** Says why a text is no label or annotation key; `what` is `a valid label key` or the like. */
export function qualifiedNameFault(
  key: string,
  what = 'a valid label key',
): string | undefined {
  const rule = `${what} must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`;
  const parts = key.split('/');
  if (parts.length > 2) {
    return `${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  const [name, prefix] = [
    parts[parts.length - 1],
    parts.length > 1 ? parts[0] : undefined,
  ];
  if (prefix !== undefined) {
    const fault = prefix === '' ? 'must be non-empty' : subdomainFault(prefix);
    if (fault) {
      return `prefix part ${fault}`;
    }
  }
  if (name.length === 0) {
    return 'name part must be non-empty';
  }
  return name.length > 63
    ? `name part ${tooLong(63)}`
    : full(QUALIFIED).test(name)
      ? undefined
      : `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`;
}
