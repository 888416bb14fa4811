export { createTranslator } from './create-translator.ts';
export * from './words.ts';
