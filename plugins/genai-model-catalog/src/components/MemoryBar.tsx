import { makeStyles } from '@material-ui/core/styles';
import type { PlanCandidate } from '@promptside/backstage-plugin-genai-common';
import { formatBytes } from '@promptside/backstage-plugin-genai-react';
import { memoryParts, type MemoryPart } from '../memoryParts';

const NAMES: Record<MemoryPart['key'], string> = {
  weights: 'Weights',
  engine: 'Engine',
  kv: 'KV cache, one sequence',
  kvLeft: 'KV cache, left',
  outside: 'Free',
};

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const strong = (color: 'info' | 'warning' | 'success') =>
    dark ? theme.palette[color].light : theme.palette[color].dark;
  return {
    frame: { position: 'relative', margin: theme.spacing(1, 0) },
    bar: {
      display: 'flex',
      height: theme.spacing(3),
      borderRadius: theme.spacing(0.5),
      overflow: 'hidden',
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.secondary}`,
    },
    limit: {
      position: 'absolute',
      top: -4,
      bottom: -4,
      width: 2,
      marginLeft: -1,
      background: theme.palette.text.primary,
    },
    legend: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      ...theme.typography.body2,
    },
    item: { display: 'inline-flex', alignItems: 'center', gap: 6 },
    swatch: {
      width: 14,
      height: 14,
      borderRadius: 2,
      flexShrink: 0,
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.secondary}`,
    },
    weights: { background: strong('info') },
    // Patterns besides colours, so that the parts can be told apart without them.
    engine: {
      background: `repeating-linear-gradient(45deg, ${theme.palette.text.secondary} 0 3px, transparent 3px 6px)`,
    },
    kv: { background: strong('warning') },
    kvLeft: {
      background: `repeating-linear-gradient(90deg, ${strong('success')} 0 2px, transparent 2px 5px)`,
    },
    outside: {},
  };
});

interface MemoryBarProps {
  candidate: Pick<PlanCandidate, 'memory' | 'gpuCount'>;
}

/** Memory of each GPU of a replica as one stacked bar with its numbers; nothing where the device is not known. */
export function MemoryBar({ candidate }: MemoryBarProps) {
  const classes = useStyles();
  const split = memoryParts(candidate);
  if (!split) return null;
  const { parts, deviceBytes, budgetBytes, missingBytes } = split;
  const used = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const whole = Math.max(deviceBytes, used);
  const percent = (bytes: number) => `${(100 * bytes) / whole}%`;
  const texts = parts.map(({ key, bytes }) => ({
    key,
    text: `${NAMES[key]} ${formatBytes(bytes)}`,
  }));
  const size = `${formatBytes(deviceBytes)}, of which the engine may take ${formatBytes(budgetBytes)}`;
  return (
    <>
      <div>
        {candidate.gpuCount === 1
          ? `The GPU has ${size}`
          : `Each of the ${candidate.gpuCount} GPUs has ${size}`}
        {missingBytes > 0 && `; ${formatBytes(missingBytes)} are missing`}
      </div>
      <div className={classes.frame}>
        <div
          role="img"
          aria-label={`Memory of one GPU: ${texts.map(({ text }) => text).join(', ')}`}
          className={classes.bar}
        >
          {parts.map(({ key, bytes }) => (
            <span
              key={key}
              className={classes[key]}
              style={{ width: percent(bytes) }}
            />
          ))}
        </div>
        <span
          className={classes.limit}
          style={{ left: percent(budgetBytes) }}
        />
      </div>
      <ul className={classes.legend} aria-label="Parts of the memory">
        {texts.map(({ key, text }) => (
          <li key={key} className={classes.item}>
            <span className={`${classes.swatch} ${classes[key]}`} aria-hidden />
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}
