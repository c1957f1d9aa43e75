/**
 * Thrown instead of an answer if a scenario closes the connection. Within the process it stands for the TypeError that
 * fetch rejects with. Behind a socket, the server destroys the socket when it catches this.
 */
export class ConnectionDropped extends TypeError {
  constructor() {
    super("The sandbox's scenario closed the connection.");
    this.name = "ConnectionDropped";
  }
}
