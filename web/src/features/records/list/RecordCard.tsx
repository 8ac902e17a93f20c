// A row on a narrow screen: what stands for the record, and its first columns.

import type { ObjectForm, RecordView } from "@/api/types";
import type { Column } from "@/shared/table/DataTable";
import { TitleLink } from "./columns";

/** Fields that a card has room for below its title. */
export const cardFields = (object: ObjectForm): number =>
  object.card.length > 0 ? Math.min(object.card.length + 1, 6) : 4;

export function RecordCard({
  object,
  row,
  columns,
}: {
  object: ObjectForm;
  row: RecordView;
  columns: Column<RecordView>[];
}) {
  const others = columns.filter((c) => c.key !== object.title_field);
  return (
    <div className="card">
      <div className="card-title">
        <TitleLink object={object} row={row} />
      </div>
      <dl>
        {others.slice(0, cardFields(object)).map((column) => (
          <div key={column.key}>
            <dt>{column.title}</dt>
            <dd>{column.render(row)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
