import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';

/** The drawing of a box to tick; what it stands on says the same in words. */
export function CheckBox({ state }: { readonly state: 'all' | 'some' | 'none' }) {
  return (
    <span className={state === 'none' ? 'check-box' : 'check-box check-box-on'} aria-hidden="true">
      {state === 'all' ? <Check size={11} strokeWidth={3} /> : null}
      {state === 'some' ? <Minus size={11} strokeWidth={3} /> : null}
    </span>
  );
}
