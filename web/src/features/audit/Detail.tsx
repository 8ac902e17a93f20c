// What an operation tells of itself: a small tree of settings and ids, never a value of a customer.

import { useObjectWords, useUserName } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { isId } from "./search";

export function Detail({ value, object }: { value: unknown; object: string | null }) {
  const user = useUserName();
  const department = useDepartmentName();
  const words = useObjectWords();
  if (value === null || value === undefined) return <span className="muted">—</span>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="muted">—</span>;
    return (
      <ul className="detail">
        {value.map((item, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was recorded does not change
          <li key={n}>
            <Detail value={item} object={object} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === "object") {
    return (
      <dl className="detail">
        {Object.entries(value).map(([name, part]) => (
          <div key={name}>
            <dt className="mono">{name}</dt>
            <dd>
              <Detail value={part} object={object} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  const text = String(value);
  if (isId(text)) {
    const name = user(text) ?? department(text);
    return (
      <span className="wrap">
        {name ? `${name} · ` : ""}
        <span className="mono">{text}</span>
      </span>
    );
  }
  const field = object ? words.field(object, text) : text;
  return <span className="wrap">{field === text ? text : `${field} (${text})`}</span>;
}
