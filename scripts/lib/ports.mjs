import { createServer } from 'node:net';
import { UserError } from './UserError.mjs';

/** The port to listen on, from an environment variable. */
export function portFrom(name, fallback) {
  const given = process.env[name];
  if (given === undefined || given === '') return fallback;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new UserError(
      `${name} must be a port from 1 to 65535, not "${given}".`,
    );
  }
  return port;
}

const tryPort = port =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });

/** Makes sure that nobody listens on the port. */
export async function assertFree(port, name) {
  await tryPort(port).catch(error => {
    throw new UserError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken. End the program that uses it, or choose another: ${name}=${port + 1} npm start`
        : `Port ${port} cannot be used: ${error.message}. Choose another: ${name}=${port + 1000} npm start`,
    );
  });
}

/** The preferred port if it is free, else any free one. */
export const freePort = preferred => tryPort(preferred).catch(() => tryPort(0));
