import { labelValueFault, qualifiedNameFault } from '../api/validate/names';
import { badRequest } from './ApiStatusError';

type Labels = Record<string, string> | undefined;
type Requirement = (labels: Labels) => boolean;
type Token = { kind: string; text: string };

const SYMBOLS = new Set(['==', '!=', '=', '!', '(', ')', ',', '>', '<']);
const OPERATORS: Record<string, string> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
  in: 'in',
  notin: 'notin',
};
const OPERATORS_TOLD = 'in, notin, =, ==, !=, gt, lt';
const END: Token = { kind: 'end', text: '' };

function tokensOf(selector: string): Token[] {
  const found = selector.match(/==|!=|[=!(),<>]|[^\s=!(),<>]+/g) ?? [];
  return found.map(text => ({
    kind: SYMBOLS.has(text) ? text : 'word',
    text,
  }));
}

class Unreadable extends Error {}

function unexpected(token: Token, expected: string): Unreadable {
  return new Unreadable(`found '${token.text}', expected: ${expected}`);
}

function wordsInParentheses(take: () => Token): string[] {
  const open = take();
  if (open.kind !== '(') {
    throw new Unreadable(`found '${open.text}' expected: '('`);
  }
  // An empty place counts as the empty text: `(a,)` and `()` have one.
  const values: string[] = [];
  let empty = true;
  for (;;) {
    const token = take();
    if (token.kind === 'word' && empty) {
      values.push(token.text);
      empty = false;
    } else if (token.kind === ',' || token.kind === ')') {
      if (empty) {
        values.push('');
      }
      if (token.kind === ')') {
        return values;
      }
      empty = true;
    } else {
      throw unexpected(token, empty ? "',', or identifier" : "',' or ')'");
    }
  }
}

function checked(key: string, values: string[], numeric: boolean) {
  values.forEach((value, index) => {
    const fault = labelValueFault(value);
    if (fault || (numeric && !/^[-+]?\d+$/.test(value))) {
      throw new Unreadable(
        fault
          ? `values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${fault}`
          : `values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
  });
}

function requirementOf(
  key: string,
  operator: string,
  values: string[],
): Requirement {
  checked(key, values, operator === 'gt' || operator === 'lt');
  const has = (labels: Labels) =>
    labels?.[key] !== undefined && values.includes(labels[key]);
  const number = (labels: Labels) =>
    /^[-+]?\d+$/.test(labels?.[key] ?? '') ? Number(labels?.[key]) : NaN;
  switch (operator) {
    case '=':
    case 'in':
      return has;
    case 'gt':
      return labels => number(labels) > Number(values[0]);
    case 'lt':
      return labels => number(labels) < Number(values[0]);
    default:
      return labels => !has(labels);
  }
}

function parseRequirement(peek: () => Token, take: () => Token): Requirement {
  const negated = peek().kind === '!';
  if (negated) {
    take();
  }
  const word = take();
  if (word.kind !== 'word') {
    throw unexpected(word, 'identifier');
  }
  const key = word.text;
  const fault = qualifiedNameFault(key);
  if (fault) {
    throw new Unreadable(
      `<nil>: Invalid value: ${JSON.stringify(key)}: ${fault}`,
    );
  }
  if (negated) {
    return labels => labels?.[key] === undefined;
  }
  if (peek() === END || peek().kind === ',') {
    return labels => labels?.[key] !== undefined;
  }
  const token = take();
  const operator = OPERATORS[token.text];
  if (!operator) {
    throw unexpected(token, OPERATORS_TOLD);
  }
  if (operator === 'in' || operator === 'notin') {
    return requirementOf(key, operator, wordsInParentheses(take));
  }
  if (peek() === END || peek().kind === ',') {
    return requirementOf(key, operator, ['']);
  }
  const value = take();
  if (value.kind !== 'word') {
    throw unexpected(value, 'identifier');
  }
  return requirementOf(key, operator, [value.text]);
}

/**
 * Reads a label selector (equality and set form) as Kubernetes does.
 * Throws 400 that says, in the API server's words, what cannot be read.
 */
export function labelPredicate(selector: string): (labels: Labels) => boolean {
  const tokens = tokensOf(selector);
  let next = 0;
  const peek = () => tokens[next] ?? END;
  const take = () => tokens[next++] ?? END;
  const requirements: Requirement[] = [];
  while (peek() !== END) {
    if (peek().kind !== 'word' && peek().kind !== '!') {
      throw badRequest(
        unexpected(peek(), "!, identifier, or 'end of string'").message,
      );
    }
    try {
      requirements.push(parseRequirement(peek, take));
    } catch (error) {
      throw error instanceof Unreadable
        ? badRequest(`unable to parse requirement: ${error.message}`)
        : error;
    }
    const separator = take();
    if (separator === END) {
      break;
    }
    if (separator.kind !== ',') {
      throw badRequest(unexpected(separator, "',' or 'end of string'").message);
    }
    if (peek().kind !== 'word' && peek().kind !== '!') {
      throw badRequest(unexpected(peek(), "identifier after ','").message);
    }
  }
  return labels => requirements.every(matches => matches(labels));
}
