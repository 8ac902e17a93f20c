// Sends one file as it is, with its progress: fetch tells none, so this is the older way. It ends like every other request: an
// error is a `ProblemError`.

import { ProblemError, problemOf } from "@/api/problem";

export type Sending = { done: Promise<void>; cancel: () => void };

/** `path` is the record's; the name goes in a header, for addresses are logged. */
export function sendFile(
  path: string,
  file: File,
  onProgress: (percent: number) => void,
  more: Record<string, string> = {},
): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.open("POST", path);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(more)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(Math.floor((event.loaded * 100) / Math.max(1, event.total)));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve();
        return;
      }
      const headers = new Headers();
      for (const name of ["x-request-id", "retry-after"]) {
        const value = request.getResponseHeader(name);
        if (value !== null) headers.set(name, value);
      }
      void problemOf(new Response(request.responseText, { status: request.status, headers })).then(reject);
    };
    request.onerror = () => reject(ProblemError.offline());
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
