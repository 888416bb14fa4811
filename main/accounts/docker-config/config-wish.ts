import { assertNever } from '../../../shared/model/assert-never.ts';
import {
  addRoute,
  changeDefault,
  changeRoute,
  dropDefault,
  dropRoute,
  HELPER_VALUE,
  isRegent,
} from './config-edit.ts';
import type { ConfigText } from './config-text.ts';

/** One change that a configuration file shall have. A wish that no longer fits the file changes nothing. */
export type ConfigWish =
  /** Routes a registry to Regent, unless it has a route. */
  | { readonly kind: 'add-route'; readonly key: string }
  /** Gives a route that leads to `from` to Regent, or takes it out. */
  | {
      readonly kind: 'change-route';
      readonly key: string;
      readonly from: string;
      readonly to: 'regent' | 'none';
    }
  /** Names a helper in `credsStore` where none is named, as docker itself would with its next change of the file. */
  | { readonly kind: 'keep-default'; readonly helper: string }
  /** Names Regent in `credsStore`. */
  | { readonly kind: 'set-default' }
  /** Takes `credsStore` out while it names `from`. */
  | { readonly kind: 'drop-default'; readonly from: string };

/**
 * One step towards the wish, in one place of the file: what stands there more than once takes as many steps. For a wish
 * that is not granted yet; answers the same text when there is nothing to do.
 */
export function grantWish(config: ConfigText, wish: ConfigWish): string {
  switch (wish.kind) {
    case 'add-route':
      return addRoute(config, wish.key);
    case 'change-route':
      return wish.to === 'none'
        ? dropRoute(config, wish.key)
        : changeRoute(config.text, wish.key, HELPER_VALUE);
    case 'keep-default':
      return changeDefault(config, wish.helper);
    case 'set-default':
      return changeDefault(config, HELPER_VALUE);
    case 'drop-default':
      return dropDefault(config);
    default:
      return assertNever(wish);
  }
}

/** Whether the file is so already. */
export function isGranted(config: ConfigText, wish: ConfigWish): boolean {
  switch (wish.kind) {
    case 'add-route':
      return config.routes.has(wish.key);
    case 'change-route':
      return config.routes.get(wish.key) !== wish.from;
    case 'keep-default':
      return config.credsStore !== undefined;
    case 'set-default':
      return isRegent(config.credsStore);
    case 'drop-default':
      return config.credsStore !== wish.from;
    default:
      return assertNever(wish);
  }
}
