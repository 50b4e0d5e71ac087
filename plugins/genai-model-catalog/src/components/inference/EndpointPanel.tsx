import Typography from '@material-ui/core/Typography';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import {
  CopyableText,
  StatePanel,
  ViewTabs,
} from '@promptside/backstage-plugin-genai-react';
import { useState } from 'react';
import {
  portForwardOf,
  snippetsOf,
  type SnippetLanguage,
} from '../../snippets';
import { CodeBlock } from './CodeBlock';

const LANGUAGES: readonly { view: SnippetLanguage; title: string }[] = [
  { view: 'curl', title: 'curl' },
  { view: 'python', title: 'Python' },
  { view: 'typescript', title: 'TypeScript' },
];

/** Where the server is reached, and how to call it. */
export function EndpointPanel({ server }: { server: ModelServer }) {
  const { endpoint } = server;
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const snippets = snippetsOf(server);
  const forward = endpoint && portForwardOf(endpoint.url);
  return (
    <EntityInfoCard title="Endpoint">
      {endpoint ? (
        <>
          <CopyableText text={endpoint.url} label="Copy the endpoint" />
          <Typography variant="body2" paragraph>
            An address inside the cluster.
            {snippets
              ? ' A key is needed only where a gateway asks for one; it is read from OPENAI_API_KEY.'
              : ' It does not speak the OpenAI protocol; its own documentation tells how to call it.'}
          </Typography>
        </>
      ) : (
        <StatePanel dense title="No endpoint is known">
          No Service leads to the pods of this server.
        </StatePanel>
      )}
      {snippets && (
        <ViewTabs<SnippetLanguage>
          views={LANGUAGES}
          current={language}
          onChange={value => setLanguage(value)}
        >
          <CodeBlock
            text={snippets[language]}
            label={`${LANGUAGES.find(({ view }) => view === language)!.title} call`}
          />
        </ViewTabs>
      )}
      {forward && (
        <>
          <Typography variant="body2" style={{ marginTop: 16 }} gutterBottom>
            From your own machine, then with <code>localhost:8000</code>:
          </Typography>
          <CodeBlock text={forward} label="port-forward command" />
        </>
      )}
    </EntityInfoCard>
  );
}
