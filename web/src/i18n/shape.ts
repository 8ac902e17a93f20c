/** The same keys as `T`, with any text: what the English words of a feature must be. */
export type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
