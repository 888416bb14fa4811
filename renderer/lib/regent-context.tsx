import { createContext, type ReactNode, useContext } from 'react';
import type { Regent } from './rpc.ts';

const RegentContext = createContext<Regent | null>(null);

/** Gives the connection to the main process to everything below. */
export function RegentProvider(props: { readonly regent: Regent; readonly children: ReactNode }) {
  return <RegentContext value={props.regent}>{props.children}</RegentContext>;
}

/** The connection to the main process. */
export function useRegent(): Regent {
  const regent = useContext(RegentContext);
  if (!regent) throw new Error('useRegent is used outside of RegentProvider');
  return regent;
}
