/** Reads an answer to its end and gives it to the browser to keep. An answer that breaks off is an error and no file.
 *  `known` is its name where the answer's header need not be read for it. */
export async function saveFile(
  response: Response,
  fallback: string,
  onProgress: (bytes: number) => void,
  known?: string,
): Promise<void> {
  const name = known ?? /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? fallback;
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    onProgress(bytes);
  }
  const url = URL.createObjectURL(new Blob(parts, { type: response.headers.get("content-type") ?? "" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
