/** A length of time as `kubectl` prints ages: two units while that tells something. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < -1) {
    return '<invalid>';
  }
  if (seconds < 0) {
    return '0s';
  }
  if (seconds < 120) {
    return `${seconds}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) {
    const rest = seconds % 60;
    return rest ? `${minutes}m${rest}s` : `${minutes}m`;
  }
  if (minutes < 180) {
    return `${minutes}m`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 8) {
    const rest = minutes % 60;
    return rest ? `${hours}h${rest}m` : `${hours}h`;
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  const days = Math.floor(hours / 24);
  if (hours < 24 * 8) {
    const rest = hours % 24;
    return rest ? `${days}d${rest}h` : `${days}d`;
  }
  if (days < 365 * 2) {
    return `${days}d`;
  }
  const years = Math.floor(days / 365);
  if (years < 8) {
    const rest = days % 365;
    return rest ? `${years}y${rest}d` : `${years}y`;
  }
  return `${years}y`;
}

/** Time since an RFC 3339 time. */
export function age(timestamp: string | undefined, now: number): string {
  const then = timestamp ? Date.parse(timestamp) : NaN;
  return Number.isNaN(then) ? '<unknown>' : duration(now - then);
}
