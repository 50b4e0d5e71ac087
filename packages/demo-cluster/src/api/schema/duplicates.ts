/**
 * Paths of the fields that a JSON text gives more than once, such as `spec.replicas`, which JSON.parse swallows.
 * The text must be valid JSON.
 */
export function duplicateFields(text: string): string[] {
  const found: string[] = [];
  let position = 0;

  const skipSpace = () => {
    while (/\s/.test(text[position] ?? '')) {
      position += 1;
    }
  };

  const readString = (): string => {
    const start = position;
    position += 1;
    while (text[position] !== '"') {
      position += text[position] === '\\' ? 2 : 1;
    }
    position += 1;
    return JSON.parse(text.slice(start, position));
  };

  const readValue = (path: string) => {
    skipSpace();
    const first = text[position];
    if (first === '{') {
      readObject(path);
    } else if (first === '[') {
      readArray(path);
    } else if (first === '"') {
      readString();
    } else {
      while (position < text.length && !/[\s,\]}]/.test(text[position])) {
        position += 1;
      }
    }
    skipSpace();
  };

  const readObject = (path: string) => {
    const seen = new Set<string>();
    position += 1;
    skipSpace();
    while (text[position] !== '}') {
      const key = readString();
      const inner = path ? `${path}.${key}` : key;
      if (seen.has(key)) {
        found.push(inner);
      }
      seen.add(key);
      skipSpace();
      position += 1;
      readValue(inner);
      if (text[position] === ',') {
        position += 1;
        skipSpace();
      }
    }
    position += 1;
  };

  const readArray = (path: string) => {
    position += 1;
    skipSpace();
    for (let index = 0; text[position] !== ']'; index++) {
      readValue(`${path}[${index}]`);
      if (text[position] === ',') {
        position += 1;
        skipSpace();
      }
    }
    position += 1;
  };

  readValue('');
  return found;
}
