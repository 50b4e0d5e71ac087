type ProtoField = [number: number, value: string | number];

function ascii(value: number): string {
  // Larger ones would need more than one byte, which is no text any more.
  if (value > 127) throw new Error(`${value} does not fit into seven bits`);
  return String.fromCharCode(value);
}

/** A protobuf message of texts, nested messages and small numbers, each in a single byte. */
export function proto(...fields: ProtoField[]): string {
  return fields
    .map(([number, value]) =>
      typeof value === 'number'
        ? ascii(number * 8) + ascii(value)
        : ascii(number * 8 + 2) + ascii(value.length) + value,
    )
    .join('');
}

/** An object in the envelope which tells its kind. */
export function enveloped(apiVersion: string, kind: string, object: string) {
  const type = proto([1, apiVersion], [2, kind]);
  return `k8s\0${proto([1, type], [2, object])}`;
}
