import { ready } from './__fixtures__/modelAnswers';
import { portForwardOf, snippetsOf } from './snippets';

describe('snippetsOf', () => {
  it('calls the endpoint with the served name', () => {
    const { curl, python, typescript } = snippetsOf(ready)!;
    expect(curl).toContain(
      "curl 'http://ranker.search.svc:8000/v1/chat/completions'",
    );
    expect(curl).toContain('"model":"gemma"');
    expect(python).toContain('base_url="http://ranker.search.svc:8000/v1"');
    expect(python).toContain('model="gemma"');
    expect(typescript).toContain('baseURL: "http://ranker.search.svc:8000/v1"');
    expect(typescript).toContain('model: "gemma"');
  });

  it('reads the key from the environment', () => {
    for (const text of Object.values(snippetsOf(ready)!)) {
      expect(text).toContain('OPENAI_API_KEY');
    }
  });

  it('lets nothing out of its quotes that stands on a workload', () => {
    const servedName = `x'"; $(touch /tmp/x) \\ \n`;
    const hostile = { ...ready, model: { servedName } };
    const { curl, python, typescript } = snippetsOf(hostile)!;
    // In a shell a quoted word ends at the next ', and '\'' stands for one.
    const words = curl.match(/-d ('(?:[^']|'\\'')*')\n/)!;
    const body = JSON.parse(words[1].slice(1, -1).replace(/'\\''/g, "'"));
    expect(body.model).toBe(servedName);
    for (const text of [python, typescript]) {
      expect(text).toContain(JSON.stringify(servedName));
      expect(text).not.toContain(servedName);
    }
  });

  it('asks a server of embeddings for one', () => {
    const { curl, python } = snippetsOf({ ...ready, runtime: 'tei' })!;
    expect(curl).toContain('/v1/embeddings');
    expect(python).toContain('client.embeddings.create');
  });

  it('says so when nobody told the name of the model', () =>
    expect(snippetsOf({ ...ready, model: undefined })!.curl).toContain(
      '"model":"MODEL_NAME"',
    ));

  it.each([
    undefined,
    { url: 'http://x.y.svc:8001', protocol: 'other' as const },
  ])('has none for the endpoint %j', endpoint =>
    expect(snippetsOf({ ...ready, endpoint })).toBeUndefined(),
  );
});

describe('portForwardOf', () => {
  it.each([
    [
      'http://ranker.search.svc:8000/v1',
      'kubectl --namespace search port-forward service/ranker 8000:8000',
    ],
    [
      'http://chat.team-a.svc.cluster.local/v1',
      'kubectl --namespace team-a port-forward service/chat 8000:80',
    ],
    ['https://chat.example.com/v1', undefined],
    ['http://a;reboot.b.svc:80', undefined],
  ])('%s: %s', (url, command) => expect(portForwardOf(url)).toBe(command));
});
