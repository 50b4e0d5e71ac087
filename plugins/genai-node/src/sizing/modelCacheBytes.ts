/**
 * Room for one model in a cache volume: the weights and a fifth more, for tokenizer, the partial files of a download under
 * way and the file system's own needs. Rounded up to whole GiB, at least 2 GiB.
 *
 * @param weightsBytes - bytes of the weights the engine loads
 * @returns bytes
 * @public
 */
export function modelCacheBytes(weightsBytes: number): number {
  const gib = 2 ** 30;
  return Math.max(2, Math.ceil((weightsBytes * 1.2) / gib)) * gib;
}
