// Fields under the headings of their layout. Tabs stand below one another in a form, so that nothing that is wrong is out of sight.

import { Fragment, type ReactNode } from "react";
import { useLabel } from "@/i18n";
import type { Tab } from "./layout";

type Props<F> = { tabs: readonly Tab<F>[]; render: (field: F) => ReactNode };

export function LaidOut<F extends { name: string }>({ tabs, render }: Props<F>) {
  const label = useLabel();
  return tabs.map((tab, n) => (
    <Fragment key={tab.label?.zh ?? String(n)}>
      {tabs.length > 1 && tab.label && <h2 className="form-tab">{label(tab.label)}</h2>}
      {tab.sections.map((section) => (
        <Fragment key={section.fields[0]?.name}>
          {section.label && <h3 className="form-section">{label(section.label)}</h3>}
          <div className="form-grid" data-columns={section.label ? section.columns : undefined}>
            {section.fields.map(render)}
          </div>
        </Fragment>
      ))}
    </Fragment>
  ));
}
