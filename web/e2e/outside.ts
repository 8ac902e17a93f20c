// Systems outside the house that a story looks into: a mail server, and one that is told by HTTP.

import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** Takes mail for everybody but `nobody@…`. */
export function smtp(mails: string[]): Server {
  return createServer((socket: Socket) => {
    let inMail = false;
    let text = "";
    let rest = "";
    socket.on("error", () => undefined);
    socket.write("220 mail.test ESMTP\r\n");
    socket.on("data", (part) => {
      rest += part.toString("utf8");
      const lines = rest.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (inMail) {
          if (line === ".") {
            inMail = false;
            mails.push(text);
            text = "";
            socket.write("250 2.0.0 queued as 4711\r\n");
          } else text += `${line}\n`;
          continue;
        }
        const verb = line.split(" ")[0];
        if (verb === "DATA") {
          inMail = true;
          socket.write("354 go on\r\n");
        } else if (verb === "EHLO") socket.write("250-mail.test\r\n250 8BITMIME\r\n");
        else if (line.includes("nobody@")) socket.write("550 5.1.1 no such mailbox here\r\n");
        else if (verb === "QUIT") socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
}

export type Told = { headers: Record<string, string | string[] | undefined>; body: string };

/** Keeps what it is told, and answers with the status of the moment. */
export function hooked(told: Told[], status: () => number = () => 204): HttpServer {
  return createHttpServer((request, reply) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      told.push({ headers: request.headers, body });
      reply.writeHead(status()).end();
    });
  });
}

/** Begins to listen; gives the port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return (server.address() as AddressInfo).port;
}
