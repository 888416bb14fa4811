import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import CircleX from 'lucide-react/icons/circle-x';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import './status-badge.css';

/** How good a state is; each has its own shape, so that colour never says it alone. */
export type Tone = 'good' | 'attention' | 'bad' | 'off' | 'busy';

const icons = {
  good: CircleCheck,
  attention: TriangleAlert,
  bad: CircleX,
  off: CircleDashed,
  busy: LoaderCircle,
} as const;

/** The shape of a state, without words; put words beside it. */
export function StatusIcon(props: { readonly tone: Tone; readonly size?: number }) {
  const Icon = icons[props.tone];
  return (
    <Icon className={`status-icon tone-${props.tone}`} size={props.size ?? 14} aria-hidden="true" />
  );
}

/** A state as a shape and a word. */
export function StatusBadge(props: { readonly tone: Tone; readonly word: string }) {
  return (
    <span className="status-badge">
      <StatusIcon tone={props.tone} />
      <span>{props.word}</span>
    </span>
  );
}
