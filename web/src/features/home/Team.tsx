// The funnel, and for whose rights reach further than their own what the team did. Each says over what it was counted.

import { useTranslation } from "react-i18next";
import type { ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { type Card, canAsk, conditionOf } from "@/features/dashboards/board";
import { CardView } from "@/features/dashboards/CardView";
import { useAggregate } from "@/features/dashboards/useAggregate";

export function Funnel({ object }: { object: ObjectForm }) {
  const { t } = useTranslation("dashboards");
  const { pipeline } = object.process;
  if (!pipeline) return null;
  const open = pipeline.stages.filter((s) => !s.outcome).map((s) => s.value);
  const card: Card = {
    title: t("activity.funnel"),
    chart: "funnel",
    object: object.name,
    by: [{ field: pipeline.stage }],
    value: { field: pipeline.amount, work: "sum" },
    filter: { test: { field: pipeline.stage, op: "in", value: open } },
    wide: false,
  };
  return (
    <div className="home-slot">
      <CardView card={card} heading={`funnel-${object.name}`} />
    </div>
  );
}

const ACTIVITY = { object: "follow_up", on: "happened_at" };

export function Activity() {
  const { t } = useTranslation("dashboards");
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === ACTIVITY.object);
  const card: Card = {
    title: t("activity.title"),
    chart: "bar",
    object: ACTIVITY.object,
    by: [{ field: "owner" }],
    period: { field: ACTIVITY.on, span: "last30_days" },
    wide: false,
  };
  const may = canAsk(card, object);
  const found = useAggregate(ACTIVITY.object, { by: card.by, values: [], filter: conditionOf(card, object) }, may);
  // Who sees their own alone has it in their lists; the card below asks the same question, which is answered already.
  if (!may || !found.isSuccess || found.data.items.length < 2) return null;
  return (
    <div className="home-slot">
      <CardView card={card} heading="activity" />
    </div>
  );
}
