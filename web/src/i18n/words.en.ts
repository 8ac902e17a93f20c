// The words in English, as one file that is loaded when they are read.
import { byNamespace } from "./namespaces";

export const words = byNamespace(
  import.meta.glob(["../features/**/words.ts", "../shared/address/words.ts", "./common.ts", "./terms.ts"], {
    eager: true,
    import: "en",
    query: "?en",
  }),
);
