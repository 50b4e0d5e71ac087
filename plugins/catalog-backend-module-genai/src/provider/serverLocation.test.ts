import {
  isOwnLocation,
  modelLocation,
  readServerLocation,
  serverLocation,
  storeLocation,
} from './serverLocation';

const place = {
  cluster: 'west',
  namespace: 'team-a',
  kind: 'Deployment',
  name: 'chat',
};

describe('the location of an entity', () => {
  it.each(['west', 'arn:aws:eks:eu-west-1:1:cluster/west', 'https://k8s/'])(
    'gives back where the server of cluster %s is',
    cluster => {
      const location = serverLocation({ ...place, cluster });
      expect(readServerLocation(location)).toEqual({
        ...place,
        cluster,
        kind: 'deployment',
      });
      expect(isOwnLocation(location)).toBe(true);
    },
  );

  it('tells a vector store from a server of the same name', () => {
    const location = storeLocation(place);
    expect(location).not.toBe(serverLocation(place));
    expect(isOwnLocation(location)).toBe(true);
    expect(readServerLocation(location)).toEqual({
      ...place,
      kind: 'deployment',
    });
  });

  it('is no place of a server for a model', () => {
    const location = modelLocation('a/b/c/d');
    expect(readServerLocation(location)).toBeUndefined();
    expect(isOwnLocation(location)).toBe(true);
  });

  it.each([undefined, '', 'url:https://host/a/b/c', 'genai:', 'genai:a/b/c'])(
    'is no place of a server when it is %j',
    location => {
      expect(readServerLocation(location)).toBeUndefined();
    },
  );

  it.each([undefined, 'url:https://host/x', 'file:genai:x'])(
    '%j is not of this provider',
    location => {
      expect(isOwnLocation(location)).toBe(false);
    },
  );
});
