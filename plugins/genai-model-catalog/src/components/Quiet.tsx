import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';

/** Second line of a cell or card: what matters less. */
export function Quiet({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="textSecondary">
      {children}
    </Typography>
  );
}
