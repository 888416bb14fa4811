/** As many tags or manifests as one deletion takes. It stands alone, for the window does without the schemas. */
export const mostAtOnce = 10_000;
