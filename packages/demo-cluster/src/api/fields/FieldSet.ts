import { FieldsV1 } from '../../store/ObjectStore';

/** One step of a path in the notation of managed fields: `f:name`, `k:{"name":"x"}` or `v:"value"`. */
export type PathElement = string;

/**
 * A set of field paths, as server-side apply counts ownership: a path is a member by itself, whatever is above or below.
 */
export class FieldSet {
  private readonly members = new Set<PathElement>();
  private readonly children = new Map<PathElement, FieldSet>();

  static from(fields: FieldsV1): FieldSet {
    const set = new FieldSet();
    for (const [element, below] of Object.entries(fields)) {
      if (element === '.') {
        continue;
      }
      const keys = Object.keys(below);
      if (keys.length === 0 || '.' in below) {
        set.members.add(element);
      }
      if (keys.some(key => key !== '.')) {
        set.children.set(element, FieldSet.from(below));
      }
    }
    return set;
  }

  toFields(): FieldsV1 {
    const fields: FieldsV1 = {};
    const elements = new Set([...this.members, ...this.children.keys()]);
    for (const element of [...elements].sort()) {
      const below = this.children.get(element);
      fields[element] = below
        ? {
            ...(this.members.has(element) && { '.': {} }),
            ...below.toFields(),
          }
        : {};
    }
    return fields;
  }

  insert(path: PathElement[]) {
    // The root itself is no field.
    if (path.length === 0) {
      return;
    }
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    let set: FieldSet = this;
    for (const element of path.slice(0, -1)) {
      set = set.childFor(element);
    }
    set.members.add(path[path.length - 1]);
  }

  private childFor(element: PathElement): FieldSet {
    let child = this.children.get(element);
    if (!child) {
      child = new FieldSet();
      this.children.set(element, child);
    }
    return child;
  }

  has(element: PathElement): boolean {
    return this.members.has(element);
  }

  below(element: PathElement): FieldSet | undefined {
    return this.children.get(element);
  }

  get isEmpty(): boolean {
    return (
      this.members.size === 0 &&
      [...this.children.values()].every(child => child.isEmpty)
    );
  }

  private combine(
    other: FieldSet,
    keeps: (mine: boolean, theirs: boolean) => boolean,
  ): FieldSet {
    const result = new FieldSet();
    for (const element of new Set([...this.members, ...other.members])) {
      if (keeps(this.members.has(element), other.members.has(element))) {
        result.members.add(element);
      }
    }
    const empty = new FieldSet();
    for (const element of new Set([
      ...this.children.keys(),
      ...other.children.keys(),
    ])) {
      const child = (this.children.get(element) ?? empty).combine(
        other.children.get(element) ?? empty,
        keeps,
      );
      if (!child.isEmpty) {
        result.children.set(element, child);
      }
    }
    return result;
  }

  union(other: FieldSet): FieldSet {
    return this.combine(other, (mine, theirs) => mine || theirs);
  }

  intersection(other: FieldSet): FieldSet {
    return this.combine(other, (mine, theirs) => mine && theirs);
  }

  difference(other: FieldSet): FieldSet {
    return this.combine(other, (mine, theirs) => mine && !theirs);
  }

  /** Only what is at or below the top fields that are wanted. */
  filterTop(wanted: (element: PathElement) => boolean): FieldSet {
    const result = new FieldSet();
    for (const element of this.members) {
      if (wanted(element)) {
        result.members.add(element);
      }
    }
    for (const [element, child] of this.children) {
      if (wanted(element)) {
        result.children.set(element, child);
      }
    }
    return result;
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty && other.difference(this).isEmpty;
  }

  /** All members as paths such as `.spec.containers[name="a"].image`, in the order of the elements. */
  paths(prefix = ''): string[] {
    const elements = new Set([...this.members, ...this.children.keys()]);
    return [...elements].sort().flatMap(element => {
      const path = prefix + printElement(element);
      return [
        ...(this.members.has(element) ? [path] : []),
        ...(this.children.get(element)?.paths(path) ?? []),
      ];
    });
  }
}

function printElement(element: PathElement): string {
  const text = element.slice(2);
  switch (element[0]) {
    case 'k': {
      const keys = JSON.parse(text) as Record<string, unknown>;
      return `[${Object.entries(keys)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${text}]`;
    default:
      return `.${text}`;
  }
}
