const GIB = 2 ** 30;

/** `14.9 GiB`: one decimal, as all messages of the plan have it. */
export function formatGib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

/** `131,072`. By hand: plans are made by the thousand, and Intl takes most of their time. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 GPU`, `2 GPUs` */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
