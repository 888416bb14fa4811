/** A step of the way to what a screen shows, in its title. `mark` stands between this step and the next. */
export function Crumb(props: {
  readonly href: string;
  readonly text: string;
  readonly mark: string;
}) {
  return (
    <>
      <a className="crumb" href={props.href} dir="ltr">
        {props.text}
      </a>
      <span className="crumb-mark" aria-hidden="true">
        {props.mark}
      </span>
    </>
  );
}
