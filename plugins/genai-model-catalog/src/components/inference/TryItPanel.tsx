import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import {
  describeError,
  StatePanel,
  useGenaiApi,
} from '@promptside/backstage-plugin-genai-react';
import { useEffect, useRef, useState } from 'react';

/** Far below what the backend takes, which counts bytes. */
const LONGEST_QUESTION = 4000;

const useStyles = makeStyles(theme => ({
  // The card cuts off what stands above its first line, and the label does.
  question: { marginTop: theme.spacing(1) },
  actions: { display: 'flex', gap: theme.spacing(1), marginTop: 8 },
  answer: {
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    marginTop: theme.spacing(2),
  },
}));

/** Why the server cannot be asked; absent when it can. */
function hindrance(server: ModelServer): string | undefined {
  if (server.endpoint?.protocol !== 'openai') {
    return 'Its endpoint does not speak the OpenAI protocol.';
  }
  if (server.runtime === 'tei') return 'It embeds texts and does not answer.';
  return server.replicas.ready === 0 ? 'No replica of it is ready.' : undefined;
}

/** Asks the server one question through the backend and shows the answer as it is written. */
export function TryItPanel({ server }: { server: ModelServer }) {
  const why = hindrance(server);
  return (
    <EntityInfoCard title="Try it">
      {why ? (
        <StatePanel dense title="Cannot be asked now">
          {why}
        </StatePanel>
      ) : (
        <Question server={server} />
      )}
    </EntityInfoCard>
  );
}

function Question({ server }: { server: ModelServer }) {
  const { cluster, namespace, name } = server;
  const classes = useStyles();
  const api = useGenaiApi();
  const [question, setQuestion] = useState('');
  const [answer, setAnswer] = useState('');
  const [error, setError] = useState<Error>();
  const [asking, setAsking] = useState<AbortController>();
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const ask = async () => {
    const abort = new AbortController();
    running.current = abort;
    setAsking(abort);
    setAnswer('');
    setError(undefined);
    try {
      const parts = api.streamChat(
        { cluster, namespace, name },
        { messages: [{ role: 'user', content: question }] },
        { signal: abort.signal },
      );
      for await (const part of parts) setAnswer(old => old + part);
    } catch (cause) {
      if (!abort.signal.aborted) setError(cause as Error);
    }
    setAsking(undefined);
  };

  return (
    <>
      <TextField
        id="try-question"
        className={classes.question}
        label="Question"
        multiline
        fullWidth
        minRows={2}
        maxRows={8}
        variant="outlined"
        value={question}
        inputProps={{ maxLength: LONGEST_QUESTION }}
        InputLabelProps={{ shrink: true }}
        helperText="It goes to the model as it stands, through the portal."
        onChange={event => setQuestion(event.target.value)}
      />
      <div className={classes.actions}>
        <Button
          variant="contained"
          color="primary"
          disabled={Boolean(asking) || question.trim() === ''}
          onClick={ask}
        >
          Ask
        </Button>
        {asking && <Button onClick={() => asking.abort()}>Stop</Button>}
      </div>
      <div aria-live="polite" aria-busy={Boolean(asking)}>
        {(answer || asking) && (
          <Typography className={classes.answer}>
            {answer || 'Waiting for the first word'}
          </Typography>
        )}
        {error && (
          <Typography color="error" className={classes.answer}>
            {answer && 'The answer broke off. '}
            {describeError(error)}
          </Typography>
        )}
      </div>
    </>
  );
}
