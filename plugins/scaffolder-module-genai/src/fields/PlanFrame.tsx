import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { useEffect, useState, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  panel: { padding: theme.spacing(2), marginTop: theme.spacing(2) },
}));

// Typing must not send a request per key.
const PAUSE_MS = 400;

/** What a reason weighs, in words before it. */
export const SEVERITIES: Record<PlanReason['severity'], string> = {
  Blocking: 'Refused: ',
  Warning: 'Careful: ',
  Info: '',
};

interface PlanFrameProps<Plan> {
  /** What is asked, as JSON; absent while there is nothing to ask. The plan of the last question stays until the next one is there. */
  question?: string;
  /** Asks for the plan; the same function while the API is the same. */
  ask(question: string, signal: AbortSignal): Promise<Plan>;
  /** Shown where nothing is asked. */
  hint?: ReactNode;
  children(plan: Plan): ReactNode;
}

/** Frame of a plan in a form: asks a moment after the last change, and says that it asks or why there is no plan. */
export function PlanFrame<Plan>(props: PlanFrameProps<Plan>) {
  const { question, ask, hint, children } = props;
  const classes = useStyles();
  const [state, setState] = useState<{
    loading: boolean;
    plan?: Plan;
    error?: Error;
  }>({ loading: false });

  useEffect(() => {
    if (!question) {
      setState({ loading: false });
      return undefined;
    }
    const abort = new AbortController();
    setState(({ plan }) => ({ loading: true, plan }));
    const timer = setTimeout(() => {
      ask(question, abort.signal).then(
        plan => setState({ loading: false, plan }),
        error => {
          if (!abort.signal.aborted) setState({ loading: false, error });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [ask, question]);

  return (
    <Paper
      variant="outlined"
      className={classes.panel}
      component="section"
      aria-label="Plan"
      aria-live="polite"
      aria-busy={state.loading}
    >
      {state.loading && <LinearProgress aria-label="Checking the clusters" />}
      {!question && hint}
      {state.error && (
        <Typography variant="body2" color="error">
          {`The plan cannot be made: ${state.error.message}`}
        </Typography>
      )}
      {state.plan !== undefined && children(state.plan)}
    </Paper>
  );
}
