import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A loopback port in front of an API server, whose connections can be cut. */
export interface Relay {
  /** `https://127.0.0.1:<port>`; the certificate is the API server's own. */
  url: string;
  /** Breaks every open connection, watches too; new ones are taken. */
  cut(): void;
  stop(): Promise<void>;
}

/** Passes bytes on without reading them. */
export async function startRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer(near => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      // told by the close that follows
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => sockets.forEach(socket => socket.destroy());
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    async stop() {
      const closed = new Promise(resolve => server.close(resolve));
      cut();
      await closed;
    },
  };
}
