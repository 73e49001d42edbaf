/** Why the server cannot listen, and what to do about it. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const message = reason(error, host, port);
  return new Error(message, { cause: error });
}

function reason(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code ?? "") {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken by another process. Stop that process, or choose another port.`;
    case "EACCES":
      return `Port ${port} on ${host} is not allowed to this user. Choose a port above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Choose another host, such as 127.0.0.1.`;
    default:
      return `The server cannot listen on ${host}:${port}: ${error.message}`;
  }
}
