const ID = /^(?:[0-9a-f]{64}|[0-9a-f]{16})$/;

/** Whether it is the id of an image of the first generation: random digits, which prove nothing of what they name. */
export function isImageId(text: string): boolean {
  return ID.test(text);
}
