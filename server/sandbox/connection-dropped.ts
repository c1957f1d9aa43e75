/**
 * Thrown instead of an answer where a scenario closes the connection. In process it stands for the TypeError that fetch
 * rejects with; behind a socket, whoever serves the sandbox destroys the socket on it.
 */
export class ConnectionDropped extends TypeError {
  constructor() {
    super("The sandbox's scenario closed the connection.");
    this.name = "ConnectionDropped";
  }
}
